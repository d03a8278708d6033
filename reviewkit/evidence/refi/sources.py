"""Sources of a project: their texts, the passages marked in them, and the codes these were given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from xml.etree.ElementTree import Element

from . import elements
from .guids import guid_of, plain
from .offsets import reading
from .package import Package
from .project import Coding, Note, Selection, Source

_UNREAD = {
    "PictureSource": ("pictures", "PictureSelection"),
    "AudioSource": ("sound recordings", "AudioSelection"),
    "VideoSource": ("films", "VideoSelection"),
}
"""Sources that hold no text of their own: what they are called, and a passage in them."""


class SourceReader:
    """Reads sources one by one and keeps what they hold.

    Parameters
    ----------
    package : the file they are in.
    user : guid of whoever coded where a coding does not say.
    """

    def __init__(self, package: Package, user: str = "") -> None:
        self._package, self._user = package, user
        self.notes: dict[str, Note] = {}
        self.sources: list[Source] = []
        self.selections: dict[str, Selection] = {}
        self.codings: dict[tuple[str, str, str], Coding] = {}
        self.left_out: Counter[str] = Counter()
        self.allowances: Counter[str] = Counter()
        self._absent: set[str] = set()

    def note(self, element: Element) -> None:
        """Read one memo; what refers to it is read later."""
        described = elements.words(element, "Description").strip()
        text = "\n".join(filter(None, [described, (self.text_of(element) or "").strip()]))
        guid = elements.guid(element)
        self.notes[guid] = Note(guid, element.get("name", ""), text)

    def read(self, element: Element) -> None:
        """Read one child of ``Sources``."""
        kind, guid, name = elements.kind(element), elements.guid(element), element.get("name", "")
        if kind == "TextSource":
            self._text(element, guid, name, "text")
        elif kind == "PDFSource":
            self._pdf(element, guid, name)
        elif kind in _UNREAD:
            self._unread(element, kind, name)

    def _text(self, element: Element, guid: str, name: str, kind: str) -> Source:
        guid = guid or guid_of("source without guid", str(len(self.sources)))
        source = Source(guid, name, kind, self.text_of(element))
        self.sources.append(source)
        marked = list(elements.children(element, "PlainTextSelection"))
        places = [_place(each) for each in marked]
        self._passages(source, zip(marked, places, strict=True))
        self._coded_whole(element, source)
        return source

    def text_of(self, element: Element) -> str | None:
        """Return a text source's text: what it holds itself, or the part of the archive it names."""
        held = elements.child(element, "PlainTextContent")
        if held is not None:
            return held.text or ""
        path = element.get("plainTextPath", "")
        text = self._package.text(path) if path else None
        where = path or element.get("richTextPath") or elements.guid(element)
        if text is None and where not in self._absent:
            self._absent.add(where)
            self.left_out["texts that are not in the file"] += 1
        return text

    def _passages(self, source: Source, marked: Iterable[tuple[Element, _Place]]) -> None:
        """Read passages marked by where they begin and end."""
        marked = list(marked)
        sound = [
            (start, end, name) for _, (start, end, name) in marked if start is not None and end is not None
        ]
        read = self._reading(source, sound)
        for element, (start, end, name) in marked:
            if start is None or end is None:
                self.left_out["passages whose place is not in the text"] += 1
                continue
            first, last = read(start), read(end)
            if not 0 <= first < last or (source.text is not None and last > len(source.text)):
                self.left_out["passages whose place is not in the text"] += 1
                continue
            # Of a missing text, a name as long as the passage is the passage.
            fallback = name if len(name) == last - first else ""
            words = source.text[first:last] if source.text is not None else fallback
            self._select(element, source.guid, first, last, words)

    def _reading(self, source: Source, places: list[tuple[int, int, str]]) -> Callable[[int], int]:
        if source.text is None:
            return int
        read, name = reading(source.text, places)
        if name != "code points":
            self.allowances[f"sources whose places are counted in {name}"] += 1
        return read

    def _select(
        self, element: Element, source: str, start: int | None, end: int | None, words: str
    ) -> Selection:
        guid = elements.guid(element) or guid_of("selection without guid", source, f"{start}-{end}")
        earlier = self.selections.get(guid)
        if earlier is not None and earlier.source != source:
            guid = guid_of("selection again", source, guid)
            earlier = self.selections.get(guid)
        memo = self._memo(element, elements.words(element, "Description").strip())
        selection = Selection(guid, source, start, end, words, element.get("name", ""), memo)
        if earlier is not None:
            # Programs give a passage of a PDF twice: on the page, and in the text of the page.
            selection = _both(earlier, selection)
        self.selections[guid] = selection
        self._coded(element, guid, element.get("creatingUser"))
        return selection

    def _coded(self, element: Element, selection: str, marked_by: str | None) -> None:
        for each in elements.children(element, "Coding"):
            user = plain(each.get("creatingUser") or marked_by) or self._user
            for code in elements.targets(each, "CodeRef"):
                guid = elements.guid(each) or guid_of("coding without guid", selection, code, user)
                at = elements.moment(each, "creationDateTime")
                coding = Coding(guid, selection, code, user, at, self._memo(each))
                self.codings.setdefault((selection, code, user), coding)

    def _coded_whole(self, element: Element, source: Source) -> None:
        if elements.child(element, "Coding") is None:
            return
        if not source.text:
            self.left_out["codings of a whole source whose text is missing"] += 1
            return
        self.allowances["sources coded as a whole, each read as one passage"] += 1
        guid = guid_of("whole source", source.guid)
        self.selections[guid] = Selection(guid, source.guid, 0, len(source.text), source.text)
        self._coded(element, guid, element.get("creatingUser"))

    def _pdf(self, element: Element, guid: str, name: str) -> None:
        shown = elements.child(element, "Representation")
        source = self._text(shown if shown is not None else Element("none"), guid, name, "pdf")
        for each in elements.children(element, "PDFSelection"):
            held = elements.child(each, "Representation")
            words = (self.text_of(held) or "").strip() if held is not None else ""
            if words or elements.guid(each) in self.selections:
                self._select(each, source.guid, None, None, words)
            else:
                self.left_out["passages marked on a page without their words"] += 1
        self._coded_whole(element, source)

    def _unread(self, element: Element, kind: str, name: str) -> None:
        called, passage = _UNREAD[kind]
        self.left_out[called] += 1
        self.left_out[f"passages marked in {called}"] += len(list(elements.children(element, passage)))
        for described in elements.children(element, "TextDescription"):
            self._text(described, elements.guid(described), name, "description")
        for transcript in elements.children(element, "Transcript"):
            self._transcript(transcript, name)

    def _transcript(self, element: Element, name: str) -> None:
        guid = elements.guid(element)
        source = Source(guid, element.get("name") or name, "transcript", self.text_of(element))
        self.sources.append(source)
        at = {
            elements.guid(each): elements.whole(each, "position")
            for each in elements.children(element, "SyncPoint")
        }
        marked = list(elements.children(element, "TranscriptSelection"))
        ends = [(at.get(plain(m.get("fromSyncPoint"))), at.get(plain(m.get("toSyncPoint")))) for m in marked]
        places = [(start, end, m.get("name", "")) for m, (start, end) in zip(marked, ends, strict=True)]
        self._passages(source, zip(marked, places, strict=True))

    def _memo(self, element: Element, first: str = "") -> str:
        texts = []
        for guid in elements.targets(element, "NoteRef"):
            if guid in self.notes:
                self.notes[guid] = replace(self.notes[guid], attached=True)
                texts.append(self.notes[guid].text)
        return "\n".join(filter(None, [first, *texts]))


_Place = tuple[int | None, int | None, str]


def _place(element: Element) -> _Place:
    return (
        elements.whole(element, "startPosition"),
        elements.whole(element, "endPosition"),
        element.get("name", ""),
    )


def _both(earlier: Selection, later: Selection) -> Selection:
    placed = earlier if earlier.start is not None else later
    return Selection(
        placed.guid,
        placed.source,
        placed.start,
        placed.end,
        earlier.words or later.words,
        placed.name,
        earlier.memo if later.memo in earlier.memo else later.memo,
    )

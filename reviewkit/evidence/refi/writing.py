"""A codebook, and remarks with their codings, written as REFI-QDA."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from reviewkit.content import Codebook

from .codebook import add_codes
from .documents import Document, documents
from .guids import guid_of
from .heads import NOTED, as_text, headed
from .markup import clean, write_archive, write_bytes, xml_bytes

ORIGIN = "reviewkit"
_VARIABLES = ("source", "department", "level", "site", "contract")
"""Columns of remarks that become variables of a case, where all remarks of an interview agree."""

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Written:
    """How much a project holds."""

    sources: int
    remarks: int
    codings: int
    lost: int
    """Codings of a remark or by a code that is not there."""


def write_codebook(codebook: Codebook, path: Path) -> None:
    """Write a codebook as ``.qdc``: headings with their codes beneath.

    Cue phrases, measures, causes and action areas have no place in the format.
    """
    root = Element("CodeBook", {"xmlns": "urn:QDA-XML:codebook:1.0", "origin": ORIGIN})
    add_codes(root, codebook)
    write_bytes(path, xml_bytes(root))


def write_project(
    path: Path,
    *,
    name: str,
    codebook: Codebook,
    remarks: Iterable[Row],
    codings: Iterable[Row] = (),
    feedback: Iterable[Row] = (),
    at: dt.date = dt.date(2000, 1, 1),
) -> Written:
    """Write remarks, their codings and the codebook as a project (``.qdpx``).

    Each interview is a plain-text source, what was said outside of interviews a source a kind; every remark
    is a marked passage named by its id. The remarks are there in full: the file is for the team alone.

    Parameters
    ----------
    path : the file to write; what it holds depends on the arguments alone.
    name : the project's name.
    remarks, codings, feedback : rows of the tables ``remarks``, ``codings`` and ``customer_feedback``.
    at : the day on which everything counts as made.
    """
    texts = documents(remarks, feedback)
    given: dict[str, list[Row]] = {}
    for row in codings:
        given.setdefault(as_text(row["remark_id"]), []).append(row)
    writer = _Writer(codebook, given, f"{at.isoformat()}T00:00:00Z")
    root = writer.project(name, texts)
    parts = {"project.qde": xml_bytes(root)}
    parts |= {f"Sources/{text.guid}.txt": _encoded(text.text) for text in texts}
    write_archive(path, parts)
    total = sum(len(rows) for rows in given.values())
    remark_count = sum(len(text.passages) for text in texts)
    return Written(len(texts), remark_count, writer.codings, total - writer.codings)


def _encoded(text: str) -> bytes:
    # A text that begins with a byte order mark gets a second one, which readers take off.
    return text.encode("utf-8-sig" if text.startswith("\ufeff") else "utf-8", errors="replace")


class _Writer:
    """Builds the XML of one project."""

    def __init__(self, codebook: Codebook, given: Mapping[str, Sequence[Row]], at: str) -> None:
        self.codebook, self.given, self.at = codebook, given, at
        self.codings = 0
        self.notes: list[tuple[str, str, str]] = []
        self.us = guid_of("user")

    def project(self, name: str, texts: Sequence[Document]) -> Element:
        root = Element("Project", {"xmlns": "urn:QDA-XML:project:1.0", "name": clean(name), "origin": ORIGIN})
        root.attrib |= {"creatingUserGUID": self.us, "creationDateTime": self.at}
        users = SubElement(root, "Users")
        SubElement(users, "User", {"guid": self.us, "name": ORIGIN})
        coders = sorted({clean(as_text(row["coder"])) for rows in self.given.values() for row in rows})
        for coder in coders:
            SubElement(users, "User", {"guid": guid_of("coder", coder), "name": coder})
        add_codes(SubElement(root, "CodeBook"), self.codebook)
        if texts:
            self._cases(root, texts)
            sources = SubElement(root, "Sources")
            for text in texts:
                self._source(sources, text)
        if self.notes:
            notes = SubElement(root, "Notes")
            for guid, memo, user in self.notes:
                note = SubElement(notes, "Note", {"guid": guid, "name": "Coding", **self._made(user)})
                SubElement(note, "PlainTextContent").text = clean(memo)
        return root

    def _cases(self, root: Element, texts: Sequence[Document]) -> None:
        values = [text.shared(_VARIABLES) for text in texts]
        used = [name for name in _VARIABLES if any(name in each for each in values)]
        if used:
            variables = SubElement(root, "Variables")
            for name in used:
                attributes = {"guid": guid_of("variable", name), "name": name, "typeOfVariable": "Text"}
                SubElement(variables, "Variable", attributes)
        cases = SubElement(root, "Cases")
        for text, each in zip(texts, values, strict=True):
            case = SubElement(cases, "Case", {"guid": guid_of("case", text.guid), "name": clean(text.name)})
            for name, value in each.items():
                element = SubElement(case, "VariableValue")
                SubElement(element, "VariableRef", {"targetGUID": guid_of("variable", name)})
                SubElement(element, "TextValue").text = clean(value)
            SubElement(case, "SourceRef", {"targetGUID": text.guid})

    def _source(self, sources: Element, text: Document) -> None:
        attributes = {
            "guid": text.guid,
            "name": clean(text.name),
            "plainTextPath": f"internal://{text.guid}.txt",
        }
        source = SubElement(sources, "TextSource", attributes | self._made(self.us))
        for passage in text.passages:
            attributes = {
                "guid": guid_of(passage.kind, clean(passage.id)),
                "name": clean(passage.id),
                "startPosition": str(passage.start),
                "endPosition": str(passage.end),
            }
            element = SubElement(source, "PlainTextSelection", attributes | self._made(self.us))
            if passage.description:
                SubElement(element, "Description").text = clean(passage.description)
            for row in self.given.get(passage.id, ()):
                self._coding(element, passage.id, {name: as_text(value) for name, value in row.items()})

    def _coding(self, passage: Element, remark: str, row: Mapping[str, str]) -> None:
        if row["code"] not in self.codebook.codes:
            return
        self.codings += 1
        key, user = (remark, row["code"], row["coder"]), guid_of("coder", clean(row["coder"]))
        coding = SubElement(passage, "Coding", {"guid": guid_of("coding", *key), **self._made(user)})
        SubElement(coding, "CodeRef", {"targetGUID": guid_of("code", row["code"])})
        if note := headed({name: row.get(name, "") for name in NOTED}, row.get("memo", "")):
            self.notes.append((guid_of("note", *key), note, user))
            SubElement(coding, "NoteRef", {"targetGUID": guid_of("note", *key)})

    def _made(self, user: str) -> dict[str, str]:
        return {"creatingUser": user, "creationDateTime": self.at}

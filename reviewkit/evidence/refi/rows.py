"""A project as rows of our tables: remarks and codings."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reviewkit.content import Codebook

from .facts import Facts
from .guids import guid_of
from .heads import DESCRIBED, NOTED, as_text, unheaded
from .matching import CUTOFF, Matches, match_codes
from .places import Row, Span, ours, passage_id, remarks_at, spans, stem
from .project import Coding, Project, Selection, Source


@dataclass(frozen=True)
class Rows:
    """Rows for the evidence store, and what became of the rest.

    ``tables`` holds ``remarks`` and ``codings``; ``matches`` says which codes are ours; ``coders``
    gives the role that stands for each user, by guid; ``interviews`` are those the engagement does not
    have; ``unmatched`` counts codings by a code of the project, by guid.
    """

    tables: dict[str, list[dict[str, Any]]]
    matches: Matches
    coders: dict[str, str]
    interviews: tuple[str, ...] = ()
    left_out: Counter[str] = field(default_factory=Counter)
    allowances: Counter[str] = field(default_factory=Counter)
    unmatched: Counter[str] = field(default_factory=Counter)


def as_rows(
    project: Project,
    codebook: Codebook,
    *,
    known: Iterable[Row] = (),
    interviews: Mapping[str, str] | None = None,
    coders: Mapping[str, str] | None = None,
    source: str = "one_to_one",
    cutoff: float = CUTOFF,
) -> Rows:
    """Turn a project's coded passages into remarks and codings.

    A passage of a remark that is known codes that remark; any other coded passage becomes a remark of its
    own, its id made from source and place, so that reading the project again gives the same rows.

    Parameters
    ----------
    known : rows of ``remarks`` that the engagement has; no row is returned for these. Customers' comments
        may be among them, with the columns of remarks.
    interviews : the engagement's interviews, id to kind. A source named as one of them is that interview.
    coders : the role of a user, by name, by guid or by the label made here.
    source : kind of source of new remarks, where nothing says otherwise.
    cutoff : see :func:`reviewkit.evidence.refi.match_codes`.
    """
    return _Maker(project, codebook, list(known), interviews or {}, coders or {}, source, cutoff).rows()


class _Maker:
    """Makes the rows of one project."""

    def __init__(
        self,
        project: Project,
        codebook: Codebook,
        known: Sequence[Row],
        interviews: Mapping[str, str],
        coders: Mapping[str, str],
        source: str,
        cutoff: float,
    ) -> None:
        self.project = project
        self.known = {str(row["remark_id"]): as_text(row.get("text")) for row in known}
        self.matches = match_codes(project.codes, codebook, cutoff=cutoff)
        self.facts = Facts(project)
        self.interviews, self.kind = interviews, source
        self.coders = {user.guid: role_of(user.guid, user.name, coders) for user in project.users}
        self.given = coders
        self.sources = {each.guid: each for each in project.sources}
        self.there: dict[str, list[Span]] = spans(project, known)
        self.remarks: dict[str, dict[str, Any]] = {}
        self.codings: dict[tuple[str, str, str], dict[str, Any]] = {}
        self.left_out: Counter[str] = Counter()
        self.allowances: Counter[str] = Counter()
        self.unmatched: Counter[str] = Counter()
        self.strangers: dict[str, None] = {}

    def rows(self) -> Rows:
        given: dict[str, list[Coding]] = {}
        for coding in self.project.codings:
            given.setdefault(coding.selection, []).append(coding)
        for selection in self.project.selections:
            self._passage(selection, given.get(selection.guid, []))
        tables = {"remarks": list(self.remarks.values()), "codings": list(self.codings.values())}
        self.left_out.update(self.facts.refused)
        self.left_out["memos that belong to no passage"] = sum(not n.attached for n in self.project.notes)
        return Rows(
            tables,
            self.matches,
            self.coders,
            tuple(self.strangers),
            +self.left_out,
            self.allowances,
            self.unmatched,
        )

    def _passage(self, selection: Selection, codings: Sequence[Coding]) -> None:
        kind, memo = ours(selection), selection.memo
        if kind:
            values, memo = unheaded(selection.memo, "remarks", DESCRIBED)
            self._written_here(selection, kind, values)
            about = [selection.name]
        elif not codings:
            self.left_out["passages without a code"] += 1
            return
        else:
            about = remarks_at(selection, self.there.get(selection.source, []))
            about = about or self._new(selection)
        for coding in codings:
            for remark in about:
                self._code(remark, coding, memo)

    def _written_here(self, selection: Selection, kind: str, values: Mapping[str, str]) -> None:
        if selection.name in self.known:
            if self.known[selection.name] != selection.words:
                self.allowances["remarks worded otherwise there, for which our words stay"] += 1
        elif kind == "remark" and selection.words:
            name = self.sources[selection.source].name
            # What was said outside of interviews is gathered by kind, in a source of that name.
            interview = name if selection.source == guid_of("source", "interview", name) else ""
            self.remarks[selection.name] = {
                "remark_id": selection.name,
                "source": self.kind,
                "interview_id": interview,
                **values,
                "text": selection.words,
            }

    def _new(self, selection: Selection) -> list[str]:
        if not selection.words.strip():
            self.left_out["coded passages without words"] += 1
            return []
        source = self.sources[selection.source]
        facts = self.facts.of(source.guid, selection.guid)
        interview = facts.pop("interview_id", "") or self._interview(source)
        kind = "group_work" if self.interviews.get(interview) == "group" else self.kind
        place = selection.guid if selection.start is None else f"{selection.start}-{selection.end}"
        remark = passage_id(source.guid, place)
        row = {"remark_id": remark, "source": kind, "interview_id": interview, **facts}
        self.remarks.setdefault(remark, {**row, "text": selection.words})
        return [remark]

    def _interview(self, source: Source) -> str:
        found = next((name for name in (source.name, stem(source)) if name in self.interviews), None)
        if found is None:
            # A file's name is often a person's: it is never taken over.
            found = f"REFI-{_short(source.guid, 8)}"
            self.strangers[found] = None
        return found

    def _code(self, remark: str, coding: Coding, memo: str) -> None:
        code = self.matches.ids.get(coding.code)
        if code is None:
            self.unmatched[coding.code] += 1
            return
        if coding.user not in self.coders:
            self.coders[coding.user] = role_of(coding.user, "", self.given)
        coder = self.coders[coding.user]
        values, note = unheaded(coding.memo, "codings", NOTED)
        row = {"remark_id": remark, "code": code, "coder": coder, **dict.fromkeys(NOTED, ""), **values}
        row["memo"] = "\n".join(filter(None, [note, memo]))
        self.codings.setdefault((remark, code, coder), row)


def role_of(guid: str, name: str, given: Mapping[str, str]) -> str:
    """Return the role that stands for a user: the one given, the one written here, else a label.

    >>> role_of("AB", "A person", {}) == role_of("AB", "Another name", {})
    True
    >>> role_of("AB", "A person", {"A person": "lead analyst"})
    'lead analyst'
    """
    label = f"coder {_short(guid, 6)}" if guid else "coder"
    for key in (guid, name, label):
        if key in given:
            return given[key]
    return name if guid == guid_of("coder", name) else label


def _short(text: str, length: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]

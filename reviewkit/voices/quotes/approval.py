"""The review of quotes: words as they would appear, what a reader could infer, and the decision."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from reviewkit.disclosure import ANYONE, LEVEL_WORDS, Discloser, is_customer, with_consent
from reviewkit.disclosure.inference import Inference, could_infer, same_voice
from reviewkit.disclosure.proposal import PLACEHOLDER, applied
from reviewkit.disclosure.redact import CAPITAL
from reviewkit.model import InputError

from .candidate import Candidate

Row = dict[str, str]
_WORD = re.compile(r"\w+")


class QuoteReview:
    """Quotes of one engagement, each with what decides about it; decisions come back as rows to write.

    Parameters
    ----------
    gate : thresholds and register.
    remarks : ``remark_id, source, interview_id, stakeholder_id, department, level, site, on_record, text``;
        ``attribution`` as agreed, or else participants of ``gate`` say so.
    quotes : what was decided so far; :meth:`decided` takes in what is decided from now on.
    """

    def __init__(self, gate: Discloser, remarks: pd.DataFrame, quotes: pd.DataFrame) -> None:
        self.gate = gate
        said = remarks.drop_duplicates("remark_id")
        if "attribution" not in said and gate.participants is not None:
            said = with_consent(said, gate.participants)
        self.remarks = said.set_index("remark_id", drop=False)
        self._why_barred: dict[str, str] = {}
        self._rows: dict[str, Row] = {}
        self.decided(quotes)

    def decided(self, quotes: pd.DataFrame | list[Row]) -> None:
        """Take in decisions: the whole table as it stands now, or rows that were written."""
        if isinstance(quotes, pd.DataFrame):
            self._rows = {row["remark_id"]: row for row in _texts(quotes)}
        else:
            self._rows |= {row["remark_id"]: row for row in quotes}
        self.__dict__.pop("_approved", None)

    @property
    def waiting(self) -> list[str]:
        """Remarks that may be quoted and that nobody decided on."""
        return [name for name in self.remarks.index if name not in self._rows and not self._barred(name)]

    def with_status(self, status: str) -> list[str]:
        """Return the remarks decided so, in the order they were said."""
        there = self.remarks.index
        return [name for name in there if self._rows.get(name, {}).get("status") == status]

    @property
    def counts(self) -> dict[str, int]:
        """How many are approved, refused, waiting, and may not be quoted."""
        states = [row["status"] for name, row in self._rows.items() if name in self.remarks.index]
        barred = sum(bool(self._barred(name)) for name in self.remarks.index)
        return {
            "approved": states.count("approved"),
            "refused": states.count("refused"),
            "waiting": len(self.waiting),
            "barred": barred,
        }

    def to_look_at(self) -> list[Candidate]:
        """Return the approved quotes that may not be quoted, or point at too few people without a reason why.

        Outside the team they are attributed more broadly, or held back, until somebody has looked.
        """
        found = [self.candidate(name) for name in self._approved["remark_id"]]
        return [one for one in found if one.barred or (one.few and not one.reason.strip())]

    def candidate(self, remark_id: str, *, words: str | None = None, attribution: str = "") -> Candidate:
        """Return a remark as it would appear, in the words and with the attribution tried out.

        Raises
        ------
        InputError : there is no such remark.
        """
        if remark_id not in self.remarks.index:
            raise InputError("there is no such remark", key=remark_id)
        said, row = self.remarks.loc[remark_id].to_dict(), self._rows.get(remark_id, {})
        found = tuple(self.gate.proposals(str(said["text"])))
        shown = words if words is not None else row.get("words") or applied(str(said["text"]), found)
        choices = self._attributions(said)
        chosen = attribution if attribution in choices else row.get("attribution", "")
        chosen = chosen if chosen in choices else choices[0] if choices else ""
        barred = self._barred(remark_id)
        inferred = None if is_customer(said) or barred else self._infer(said, shown, chosen)
        return Candidate(
            remark_id, str(said["text"]), found, shown, chosen, choices, inferred, barred,
            row.get("status", ""), row.get("reason", ""),
            tuple(self.gate.proposals(shown)), share_said(shown, str(said["text"])),
        )  # fmt: skip

    def approve(
        self, remark_id: str, words: str, *, role: str, attribution: str = "", reason: str = "", on: dt.date
    ) -> Row:
        """Return the row that approves a quote in these words.

        Raises
        ------
        InputError : it may not be quoted; the words are empty or hold what certainly identifies
            somebody; or they may hold a name, most of them were not said, or fewer people could have said
            it than the rule asks for, and no reason is given.
        """
        one = self.candidate(remark_id, words=words, attribution=attribution)
        if one.barred:
            raise InputError(f"this may not be quoted: {one.barred}", key=remark_id)
        if not words.strip():
            raise InputError("there are no words to approve", key=remark_id, fix="Write them, or refuse it.")
        left = [found for found in one.held if found.why != CAPITAL]
        if left:
            kinds = ", ".join(dict.fromkeys(found.kind for found in left))
            raise InputError(f"the words still hold: {kinds}", key=remark_id, fix="Redact them first.")
        if one.few and not reason.strip():
            fix = "Attribute it more broadly, paraphrase it, leave it out, or write down why it may appear."
            raise InputError("too few people could have said this", key=remark_id, fix=fix)
        if one.doubts and not reason.strip():
            fix = "Change the words, or write down why they may appear."
            raise InputError(" ".join(one.doubts), key=remark_id, fix=fix)
        broader = "" if one.attribution == self._attributions(self._said(remark_id))[0] else one.attribution
        return self._row(remark_id, words.strip(), "approved", role, broader, reason, on)

    def refuse(self, remark_id: str, *, role: str, reason: str = "", on: dt.date) -> Row:
        """Return the row that refuses a quote; the words are kept as redacted."""
        return self._row(remark_id, self.candidate(remark_id).words, "refused", role, "", reason, on)

    def _row(
        self, remark_id: str, words: str, status: str, role: str, attribution: str, reason: str, on: dt.date
    ) -> Row:
        if not role.strip():
            raise InputError("nobody said who decides", fix="Write your role at the top.")
        return {
            "remark_id": remark_id, "words": words, "status": status, "role": role.strip(),
            "attribution": attribution, "reason": reason.strip(), "decided_on": on.isoformat(),
        }  # fmt: skip

    def _said(self, remark_id: str) -> dict[Any, Any]:
        return dict(self.remarks.loc[remark_id].to_dict())

    def _attributions(self, said: Mapping[Any, Any]) -> tuple[str, ...]:
        """Return the attributions that may be chosen: the rule's own, then broader ones."""
        own = self.gate.attribution(said, "leadership")
        if not own or is_customer(said):
            return (own,) if own else ()
        level = LEVEL_WORDS.get(str(said.get("level")), "")
        return tuple(dict.fromkeys(name for name in (own, level, ANYONE) if name))

    def _barred(self, remark_id: str) -> str:
        """Why a remark may not be quoted; asked of every remark at every step, so kept."""
        if remark_id not in self._why_barred:
            self._why_barred[remark_id] = self._judged(remark_id)
        return self._why_barred[remark_id]

    def _judged(self, remark_id: str) -> str:
        said = self._said(remark_id)
        if is_customer(said):
            return ""
        if not bool(said.get("on_record")) or said.get("on_record") is pd.NA:
            return "it was said off the record"
        if said.get("attribution") not in ("role", "broad"):
            return "the speaker did not agree to be quoted"
        return "" if self._attributions(said) else "too few people could have said it, however attributed"

    def _infer(self, said: Mapping[Any, Any], words: str, attribution: str) -> Inference:
        beside = same_voice({str(name): value for name, value in said.items()}, self._approved)
        heard = None if self.gate.participants is None else self.gate.participants["stakeholder_id"]
        return could_infer(
            words,
            attribution,
            self.gate.stakeholders,
            minimum=self.gate.disclosure.minimum_pool,
            beside=tuple(beside["words"]),
            heard=heard,
        )

    @cached_property
    def _approved(self) -> pd.DataFrame:
        """Approved quotes with who said them."""
        rows = [
            {**{name: self._said(key).get(name) for name in ("stakeholder_id", "interview_id")}, **row}
            for key, row in self._rows.items()
            if row["status"] == "approved" and key in self.remarks.index
        ]
        columns = ["remark_id", "words", "stakeholder_id", "interview_id"]
        return pd.DataFrame(rows, columns=columns).fillna("").astype("str")


def share_said(words: str, text: str) -> float:
    """Return the share of a quote's different words that occur in the remark; placeholders count as said.

    Examples
    --------
    >>> share_said("We wait for [name].", "We wait for Priya, always."), share_said("Pay is low.", "We wait.")
    (1.0, 0.0)
    """
    quoted = set(_WORD.findall(PLACEHOLDER.sub(" ", words).casefold()))
    return len(quoted & set(_WORD.findall(text.casefold()))) / len(quoted) if quoted else 1.0


def _texts(quotes: pd.DataFrame) -> list[Row]:
    plain = quotes.astype("object").where(quotes.notna(), "")
    return [{str(name): str(value) for name, value in row.items()} for row in plain.to_dict("records")]

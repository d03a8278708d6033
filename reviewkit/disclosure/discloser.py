"""The gate: what may be shown to which edition of one engagement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import pandas as pd

from reviewkit.model import Disclosure, Edition, Finding

from . import editions
from .bands import band, is_small
from .consent import AGREED, with_consent
from .pool import ANYONE, LEVEL_WORDS, WITHHELD, attributions, headcounts
from .proposal import Proposal, applied
from .redact import proposals, redact_registered
from .suppress import suppress


class Discloser:
    """What one engagement may show to whom.

    Parameters
    ----------
    disclosure : the engagement's thresholds.
    stakeholders : the register (``stakeholder_id, name, department, level, site, role,
        headcount``); may be empty, and then no member of staff is quoted outside the team.
    participants : who took part in which interview and how they agreed to be attributed;
        needed for remarks that do not carry a column ``attribution`` themselves.
    customer : what one of those served is called, such as "patient".
    """

    def __init__(
        self,
        disclosure: Disclosure,
        stakeholders: pd.DataFrame,
        participants: pd.DataFrame | None = None,
        customer: str = "customer",
    ) -> None:
        self.disclosure, self.stakeholders, self.participants = disclosure, stakeholders, participants
        self.customer = customer

    @cached_property
    def names(self) -> list[str]:
        """Names in the register."""
        return [str(name) for name in self.stakeholders["name"].dropna() if str(name).strip()]

    @cached_property
    def single_titles(self) -> list[str]:
        """Job titles that exactly one person holds."""
        if "role" not in self.stakeholders:
            return []
        heads = pd.to_numeric(self.stakeholders["headcount"]).astype("float64").fillna(1)
        holders = heads.groupby(self.stakeholders["role"]).sum()
        return [str(title) for title in holders.index[holders == 1]]

    @cached_property
    def single_places(self) -> list[str]:
        """Sites and teams of the register with fewer people than the pool rule asks for."""
        found: list[str] = []
        for column in ("site", "team"):
            if column in self.stakeholders and len(self.stakeholders):
                heads = pd.to_numeric(self.stakeholders["headcount"]).astype("float64").fillna(1)
                sizes = heads.groupby(self.stakeholders[column].astype("str").str.strip()).sum()
                found += [str(name) for name in sizes.index[sizes < self.disclosure.minimum_pool] if name]
        return [name for name in dict.fromkeys(found) if name.lower() not in ("nan", "<na>", "none")]

    def count(self, n: int, total: int, edition: Edition) -> str:
        """Return ``"9 of 14"``, or a band where the edition may not see so exact a count.

        >>> gate = Discloser(Disclosure(), pd.DataFrame(columns=["name", "department", "level", "headcount"]))
        >>> gate.count(9, 14, "leadership"), gate.count(2, 14, "leadership"), gate.count(2, 14, "team")
        ('9 of 14', 'a few', '2 of 14')
        >>> gate.count(9, 14, "participants")
        'most'
        """
        exact = edition == "team" or (
            edition != "participants" and not is_small(n, total, minimum=self.disclosure.minimum_pool)
        )
        return f"{n} of {total}" if exact else band(n, total)

    def pool(self, row: Mapping[Any, Any]) -> int:
        """Return the headcount of the department and level of ``row``; 0 where the register has none."""
        counts = headcounts(self.stakeholders)
        same = (counts["department"] == row.get("department")) & (counts["level"] == row.get("level"))
        return int(counts.loc[same, "headcount"].sum())

    def attribution(self, row: Mapping[Any, Any], edition: Edition) -> str:
        """Return how what ``row`` says is attributed; empty where it must be withheld.

        ``row`` holds ``department``, ``level``, ``site`` and ``source``. The team reads level,
        department and site; others the broad attribution that the pool rule allows.
        """
        if is_customer(row):
            return f"{'an' if self.customer[:1].lower() in 'aeiou' else 'a'} {self.customer}"
        department, level = _text(row, "department"), _text(row, "level")
        if edition == "team":
            parts = [LEVEL_WORDS.get(level, level), department, _text(row, "site")]
            return ", ".join(part for part in parts if part) or _text(row, "source") or ANYONE
        return self._attributions.get((department, level), WITHHELD)

    def quotes(self, quotes: pd.DataFrame, remarks: pd.DataFrame, edition: Edition) -> pd.DataFrame:
        """Return the quotes an edition may show.

        Parameters
        ----------
        quotes : ``remark_id, words, status``; ``approved`` or ``refused`` by an analyst, who may have
            chosen a broader ``attribution`` than the rule's.
        remarks : remarks, customer feedback (``feedback_id``) or coded remarks; repeated ids
            are read once.
        edition : whom it is for.

        Returns
        -------
        ``remark_id, words, attribution, status``. Outside the team: approved, on record, an
        attribution agreed, and a pool that is large enough; a customer's words need approval
        only. The team sees every remark, those without approval marked in the attribution.
        """
        said = _with_ids(remarks).drop_duplicates("remark_id")
        if "attribution" not in said and "interview_id" in said and self.participants is not None:
            said = with_consent(said, self.participants)
        broader = {} if "attribution" in quotes else {"attribution": ""}
        decided = quotes.assign(**broader)[["remark_id", "words", "status", "attribution"]]
        decided = decided.drop_duplicates("remark_id", keep="last").rename(
            columns={"attribution": "_broader"}
        )
        merged = said.merge(decided, on="remark_id", how="left")
        rows = [self._quote(row, edition) for row in merged.to_dict("records")]
        kept = [row for row in rows if row is not None]
        columns = ["remark_id", "words", "attribution", "status"]
        return pd.DataFrame(kept, columns=columns).astype("str")

    def proposals(self, text: str, *, ordinary: Iterable[str] = ()) -> list[Proposal]:
        """Return what should be redacted from a text before it is quoted, with the reason of each."""
        known = set(ordinary)
        for column in ("department", "site", "team"):
            if column in self.stakeholders:
                known |= {str(value) for value in self.stakeholders[column].dropna().unique()}
        return proposals(
            text, self.names, titles=self.single_titles, ordinary=known, places=self.single_places
        )

    def redact(self, text: str, *, ordinary: Iterable[str] = ()) -> str:
        """Return a text with all that is proposed for redaction replaced."""
        return applied(text, self.proposals(text, ordinary=ordinary))

    def suppress(
        self,
        frame: pd.DataFrame,
        count_col: str,
        *,
        values: Sequence[str] = (),
        by: str | Sequence[str] | None = None,
        comments: bool = False,
    ) -> pd.DataFrame:
        """Return a survey table without cells under the threshold; see :func:`suppress`.

        ``comments`` applies the higher threshold for showing what a subgroup wrote.
        """
        minimum = self.disclosure.minimum_comments if comments else self.disclosure.minimum_survey
        return suppress(frame, count_col, minimum=minimum, values=values, by=by)

    def may_see(self, finding: Finding, edition: Edition) -> bool:
        """Return whether an edition may show a finding."""
        return editions.may_see(finding, edition)

    def for_edition(self, findings: Iterable[Finding], edition: Edition) -> list[Finding]:
        """Return the findings an edition may see, without what leads back to a person."""
        return editions.for_edition(findings, edition)

    def rules(self) -> list[str]:
        """Return the thresholds in plain sentences, with the written reason where one is lowered.

        >>> Discloser(Disclosure(minimum_pool=3, reason="Agreed with the works council."),
        ...           pd.DataFrame()).rules()[-1]
        'A threshold is lower than usual: Agreed with the works council.'
        """
        limits = self.disclosure
        sentences = [
            f"Nobody is quoted unless at least {limits.minimum_pool} people could have said it.",
            f"Survey scores are shown from {limits.minimum_survey} respondents, "
            f"comments from {limits.minimum_comments}.",
        ]
        if limits.minimum_pool < 5 or limits.minimum_survey < 5 or limits.minimum_comments < 10:
            sentences.append(f"A threshold is lower than usual: {limits.reason.strip()}")
        return sentences

    @cached_property
    def _attributions(self) -> dict[tuple[str, str], str]:
        return attributions(self.stakeholders, self.disclosure.minimum_pool)

    def _quote(self, row: Mapping[Any, Any], edition: Edition) -> dict[str, str] | None:
        status = _text(row, "status") or "not reviewed"
        words, attribution = _text(row, "words"), self.attribution(row, edition)
        if edition == "team":
            note = (
                "" if status == "approved" else f" ({'refused' if status == 'refused' else 'not approved'})"
            )
            words, attribution = words or _text(row, "text"), attribution + note
        elif status != "approved" or not attribution or not _consented(row):
            return None
        else:
            words = redact_registered(words, self.names, titles=self.single_titles)
            if _text(row, "_broader") in (ANYONE, LEVEL_WORDS.get(_text(row, "level"), ANYONE)):
                attribution = _text(row, "_broader")
        return {"remark_id": row["remark_id"], "words": words, "attribution": attribution, "status": status}


def is_customer(row: Mapping[Any, Any]) -> bool:
    """Return whether a remark comes from a customer and not from somebody in the register."""
    return _text(row, "source") == "customer_feedback" and not _text(row, "department")


def _with_ids(remarks: pd.DataFrame) -> pd.DataFrame:
    drop = [name for name in ("words", "status") if name in remarks]
    frame = remarks.drop(columns=drop)
    if "remark_id" not in frame and "feedback_id" in frame:
        return frame.rename(columns={"feedback_id": "remark_id"}).assign(source="customer_feedback")
    return frame


def _consented(row: Mapping[Any, Any]) -> bool:
    record = row.get("on_record")
    on_record = record is not None and record is not pd.NA and bool(record == True)  # noqa: E712
    return is_customer(row) or (on_record and _text(row, "attribution") in AGREED)


def _text(row: Mapping[Any, Any], name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""

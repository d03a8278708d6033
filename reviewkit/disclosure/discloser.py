"""The gate: what may be shown to which edition of one engagement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import pandas as pd

from reviewkit.model import Disclosure, Edition, Finding

from . import editions
from .bands import band, is_small
from .consent import with_consent
from .pool import ANYONE, LEVEL_WORDS, WITHHELD, attributions, headcounts
from .proposal import Proposal, applied
from .redact import proposals, redact_registered
from .said import consented, is_customer, text_of, with_ids
from .suppress import suppress
from .tracing import Tracing, approved_of, beside_of


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
    voices : all remarks (``remark_id, stakeholder_id, interview_id``): a reader of several pages sees all
        quotes of a voice. Where left out, those of the remarks that are asked about.
    excepted : whether a quote may appear for a reason that was written down; the rules say so.
    """

    def __init__(
        self,
        disclosure: Disclosure,
        stakeholders: pd.DataFrame,
        participants: pd.DataFrame | None = None,
        customer: str = "customer",
        *,
        voices: pd.DataFrame | None = None,
        excepted: bool = False,
    ) -> None:
        self.disclosure, self.stakeholders, self.participants = disclosure, stakeholders, participants
        self.customer, self.voices, self.excepted = customer, voices, excepted
        self._tracing = Tracing(stakeholders, disclosure.minimum_pool)

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
        department, level = text_of(row, "department"), text_of(row, "level")
        if edition == "team":
            parts = [LEVEL_WORDS.get(level, level), department, text_of(row, "site")]
            return ", ".join(part for part in parts if part) or text_of(row, "source") or ANYONE
        return self._attributions.get((department, level), WITHHELD)

    def quotes(self, quotes: pd.DataFrame, remarks: pd.DataFrame, edition: Edition) -> pd.DataFrame:
        """Return the quotes an edition may show.

        Parameters
        ----------
        quotes : ``remark_id, words, status``; ``approved`` or ``refused`` by an analyst, who may have
            chosen a broader ``attribution`` than the rule's, and written down a ``reason`` why it may
            appear although fewer people could have said it.
        remarks : remarks, customer feedback (``feedback_id``) or coded remarks; repeated ids
            are read once.
        edition : whom it is for.

        Returns
        -------
        ``remark_id, words, attribution, status``. Outside the team: approved, on record, an
        attribution agreed, and a pool that is large enough, also of those whom the words and other
        quotes of the same voice leave: it is attributed more broadly, or withheld, unless a reason is
        written down. A customer's words need approval only. The team sees every remark, those without
        approval marked in the attribution.
        """
        said = with_ids(remarks).drop_duplicates("remark_id")
        if "attribution" not in said and "interview_id" in said and self.participants is not None:
            said = with_consent(said, self.participants)
        decided = quotes.assign(**{name: "" for name in ("attribution", "reason") if name not in quotes})
        decided = decided[["remark_id", "words", "status", "attribution", "reason"]]
        decided = decided.drop_duplicates("remark_id", keep="last").rename(
            columns={"attribution": "_broader", "reason": "_reason"}
        )
        approved = approved_of(decided, said if self.voices is None else self.voices)
        merged = said.merge(decided, on="remark_id", how="left")
        rows = [self._quote(row, edition, approved) for row in merged.to_dict("records")]
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
        unless = ", or the review team wrote down why it may appear" if self.excepted else ""
        sentences = [
            f"Nobody is quoted unless at least {limits.minimum_pool} people could have said it{unless}.",
            f"Survey scores are shown from {limits.minimum_survey} respondents, "
            f"comments from {limits.minimum_comments}.",
        ]
        if limits.minimum_pool < 5 or limits.minimum_survey < 5 or limits.minimum_comments < 10:
            sentences.append(f"A threshold is lower than usual: {limits.reason.strip()}")
        return sentences

    @cached_property
    def _attributions(self) -> dict[tuple[str, str], str]:
        return attributions(self.stakeholders, self.disclosure.minimum_pool)

    def _quote(
        self, row: Mapping[Any, Any], edition: Edition, approved: pd.DataFrame
    ) -> dict[str, str] | None:
        status = text_of(row, "status") or "not reviewed"
        words, attribution = text_of(row, "words"), self.attribution(row, edition)
        if edition == "team":
            note = (
                "" if status == "approved" else f" ({'refused' if status == 'refused' else 'not approved'})"
            )
            words, attribution = words or text_of(row, "text"), attribution + note
        elif status != "approved" or not attribution or not consented(row):
            return None
        else:
            words = redact_registered(words, self.names, titles=self.single_titles)
            if text_of(row, "_broader") in (ANYONE, LEVEL_WORDS.get(text_of(row, "level"), ANYONE)):
                attribution = text_of(row, "_broader")
            if not is_customer(row):
                beside, reason = beside_of(row, approved), text_of(row, "_reason")
                level = text_of(row, "level")
                attribution = self._tracing.attribution(
                    words, attribution, level, beside=beside, reason=reason
                )
            if not attribution:
                return None
        return {"remark_id": row["remark_id"], "words": words, "attribution": attribution, "status": status}

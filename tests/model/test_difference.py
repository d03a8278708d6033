"""What changed between two runs: found by id, told in the terms of what was measured."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.model import Engagement, Finding, Measure
from reviewkit.model.difference import KINDS, FigureChange, differences
from reviewkit.model.difference_words import COUNTED, HEADINGS, sections, sentences, summary
from reviewkit.model.figure_words import figure_words, measure_of
from reviewkit.model.finding import Figure


def measure(name: str, unit: str, decimals: int = 1) -> Measure:
    return Measure.model_validate(
        {
            "id": name,
            "name": name,
            "unit": unit,
            "direction": "increase",
            "table": "contacts",
            "numerator": "count(*)",
            "decimals": decimals,
        }
    )


ENGAGEMENT = Engagement(
    id="e", name="E", client="E", purpose="P", data_as_of=dt.date(2025, 1, 31), data=".", currency="EUR",
    measures=(measure("fcr", "percent"), measure("wait", "seconds", 0), measure("cost", "money"),
              measure("fcr_late", "score", 2)),
)  # fmt: skip


def made(name: str = "fcr", status: str = "draft", statement: str = "It fell.", **figures: Figure) -> Finding:
    found = Finding.of("1.1", "opinion", name, statement=statement, figures=figures)
    return found.model_copy(update={"status": status})


def only(before: list[Finding], after: list[Finding]) -> list[tuple[str, str]]:
    return [(change.kind, change.finding.subject) for change in differences(before, after)]


def test_differences_same_findings_give_none() -> None:
    assert only([made(latest=61.2)], [made(latest=61.2)]) == []
    assert summary([], 1) == "Nothing changed: the one finding is as it was."
    assert summary([], 0) == "Nothing changed: neither run has a finding."


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ({}, {"latest": 60.0}, "figures"),
        ({"latest": 60.0}, {"latest": None}, "figures"),
        ({"latest": 60.0}, {"latest": 60}, None),
        ({"latest": 60.0}, {"latest": 60.00001}, None),
        ({"latest": None}, {}, None),
        ({"fails": True}, {"fails": 1}, "figures"),
        ({"site": "a"}, {"site": "b"}, "figures"),
    ],
)
def test_differences_figures(before: dict[str, Figure], after: dict[str, Figure], kind: str | None) -> None:
    assert only([made(**before)], [made(**after)]) == ([(kind, "fcr")] if kind else [])


def test_differences_are_told_in_order_and_settled_first() -> None:
    before = [made("a", latest=1.0), made("b", "agreed", latest=1.0), made("c"), made("d", "agreed"),
              made("e"), made("f")]  # fmt: skip
    after = [made("new"), made("f", "agreed"), made("e", statement="Other."), made("b", "agreed", latest=2.0),
             made("a", latest=2.0)]  # fmt: skip
    assert only(before, after) == [
        ("settled", "b"), ("new", "new"), ("gone", "d"), ("gone", "c"), ("figures", "a"), ("words", "e"),
        ("status", "f"),
    ]  # fmt: skip


def test_differences_fact_checked_is_settled_too() -> None:
    assert only([made(status="fact_checked", n=1)], [made(status="fact_checked", n=2)]) == [
        ("settled", "fcr")
    ]


def test_differences_tell_a_flag_that_was_raised_or_taken_away() -> None:
    agreed = made(status="agreed")
    flagged = agreed.model_copy(update={"changed_since_decided": True})
    raised, settled = differences([agreed], [flagged]), differences([flagged], [agreed])
    assert sentences(raised[0])[-1] == "It stays agreed; figures changed since agreed."
    assert "decided on again" in sentences(settled[0])[-1]


def test_every_kind_has_its_words() -> None:
    assert set(HEADINGS) == set(COUNTED) == set(KINDS)


findings = st.lists(
    st.builds(
        made,
        st.sampled_from("abcdef"),
        st.sampled_from(["draft", "fact_checked", "agreed"]),
        st.sampled_from(["It fell.", "It rose."]),
        n=st.one_of(
            st.none(), st.booleans(), st.integers(0, 3), st.floats(0, 2, width=16), st.text(max_size=3)
        ),
    ),
    unique_by=lambda finding: finding.id,
)


@given(findings, findings)
def test_differences_every_finding_is_told_once_or_is_the_same(
    before: list[Finding], after: list[Finding]
) -> None:
    changes = differences(before, after)
    told = [change.finding.id for change in changes]
    old, new = ({finding.id: finding for finding in side} for side in (before, after))
    assert len(told) == len(set(told))
    assert set(told) >= set(old) ^ set(new)
    for name in (set(old) & set(new)) - set(told):
        assert (old[name].statement, old[name].status) == (new[name].statement, new[name].status)
    for change in changes:
        assert all(line.endswith(".") and "\n" not in line for line in sentences(change, ENGAGEMENT))
    assert sum(len(group) for _, group in sections(changes)) == len(changes)
    assert (changes == []) == (summary(changes, 1).startswith("Nothing changed"))


@given(findings, findings)
def test_differences_nothing_settled_is_overturned_in_words(
    before: list[Finding], after: list[Finding]
) -> None:
    for change in differences(before, after):
        if change.kind == "settled" and change.earlier and change.later:
            assert change.earlier.status != "draft" and change.figures
            same = change.earlier.status == change.later.status
            assert ("figures changed since" in sentences(change)[-1]) or not same


@pytest.mark.parametrize(
    ("subject", "name", "before", "after", "words"),
    [
        ("fcr", "latest", 70.8, 68.2, "latest from 70.8% to 68.2%, down 2.6 percentage points"),
        ("fcr/quay", "mean", 70.81, 70.84, "mean from 70.81% to 70.84%, up 0.03 percentage points"),
        ("fcr", "effect", -5.7, -6.1, "effect from −5.7 to −6.1 percentage points"),
        ("fcr", "target", None, 74.0, "target from none to 74.0%"),
        ("wait", "latest", 402.0, 390.0, "latest from 402 seconds to 390 seconds"),
        ("cost", "latest", 4.9, 5.02, "latest from €4.90 to €5.02"),
        ("fcr", "worth", -215900.0, -3e5, "worth from −€216,000 to −€300,000"),
        ("fcr_late", "latest", 3.1, 3.2, "latest from 3.10 to 3.20"),
        ("fcr_household", "latest", 71.0, 72.0, "latest from 71.0% to 72.0%, up 1.0 percentage points"),
        ("unknown", "latest", 71.0, 72.5, "latest from 71 to 72.50"),
        ("fcr", "fails", False, True, "fails from no to yes"),
        ("fcr", "since", "2025-02-10", "2025-03-10", "since from 10 February 2025 to 10 March 2025"),
        ("fcr", "variation", "common_cause", "", "variation from “common cause” to none"),
        ("fcr", "opinion", "c1857f9d703a", "0123456789ab", "the figures of the opinion changed"),
        ("fcr", "p_value", 1e-12, 2e-12, "p value from 1e-12 to 2e-12"),
        ("fcr", "cost_used", 22425, 22430, "cost used from €22,425.00 to €22,430.00"),
    ],
)
def test_figure_words(subject: str, name: str, before: Figure, after: Figure, words: str) -> None:
    assert figure_words(FigureChange(name, before, after), made(subject), ENGAGEMENT) == words


@given(
    st.floats(-1e6, 1e6, allow_subnormal=False),
    st.floats(-1e6, 1e6, allow_subnormal=False),
    st.sampled_from(["latest", "effect", "worth", "share", "size", "p_value"]),
    st.sampled_from(["fcr", "wait", "cost", "other"]),
)
def test_figure_words_never_show_a_change_as_none(
    before: float, after: float, name: str, subject: str
) -> None:
    if f"{before:.6g}" == f"{after:.6g}":
        return
    words = figure_words(FigureChange(name, before, after), made(subject), ENGAGEMENT)
    old, new = re.split(r", (?:up|down) ", words.split(" from ", 1)[1])[0].split(" to ")
    assert old.removesuffix(" percentage points") != new.removesuffix(" percentage points")


def test_measure_of_prefers_the_longest_name() -> None:
    found = [measure_of(made(name), ENGAGEMENT) for name in ("fcr_late", "fcr_late_x", "fcr_x", "x")]
    assert [one.id if one else None for one in found] == ["fcr_late", "fcr_late", "fcr", None]
    assert measure_of(made(), None) is None


def test_sentences_of_one_that_is_gone_say_that_it_was_agreed() -> None:
    [change] = differences([made(status="fact_checked")], [])
    assert sentences(change) == ["It fell.", "It was fact-checked."]


def test_sentences_of_other_words_tell_both() -> None:
    [change] = differences([made()], [made(statement="It fell much.")])
    assert sentences(change) == ["It fell much.", "It said: It fell."]


def test_sentences_of_a_withdrawn_agreement() -> None:
    [change] = differences([made(status="agreed", n=1)], [made(n=2)])
    assert sentences(change)[-1] == "It was agreed and is now a draft."


def test_summary_counts_each_kind() -> None:
    changes = differences([made("a", n=1), made("b", n=1)], [made("a", n=2), made("b", n=2), made("c")])
    assert summary(changes, 4) == "1 finding is new and 2 have other figures; 4 are as they were."

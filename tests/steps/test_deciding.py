"""What people decided stands whatever the figures do; the finding says that they changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.model import Finding
from reviewkit.steps import open_step
from reviewkit.steps.deciding import with_decisions

FCR = Finding.of("1.1", "opinion", "fcr", statement="It fell.", figures={"latest": 61.2})


def row(decision: str, fingerprint: str | None = None, words: str | None = None) -> dict[str, Any]:
    return {"decision": decision, "words": words, "fingerprint": fingerprint}


@pytest.mark.parametrize("status", ["fact_checked", "agreed"])
def test_with_decisions_changed_figures_keep_status_and_raise_the_flag(status: str) -> None:
    found = with_decisions(FCR, [row(status, "old", "It fell at two sites.")])
    assert (found.status, found.statement, found.changed_since_decided) == (
        status,
        "It fell at two sites.",
        True,
    )


def test_with_decisions_same_figures_raise_no_flag() -> None:
    assert not with_decisions(FCR, [row("agreed", FCR.fingerprint)]).changed_since_decided


@pytest.mark.parametrize("fingerprint", [None, "", float("nan")])
def test_with_decisions_without_fingerprint_raises_no_flag(fingerprint: Any) -> None:
    found = with_decisions(FCR, [row("agreed", fingerprint)])
    assert (found.status, found.flag) == ("agreed", "")


def test_with_decisions_deciding_again_takes_the_flag_away() -> None:
    found = with_decisions(FCR, [row("agreed", "old"), row("agreed", FCR.fingerprint)])
    assert (found.status, found.flag) == ("agreed", "")


def test_with_decisions_new_words_do_not_renew_an_agreement() -> None:
    found = with_decisions(FCR, [row("agreed", "old"), row("words", FCR.fingerprint, "It fell much.")])
    assert (found.statement, found.flag) == ("It fell much.", "figures changed since agreed")


def test_with_decisions_words_on_other_figures_are_flagged_though_agreed_anew() -> None:
    found = with_decisions(FCR, [row("agreed", FCR.fingerprint), row("words", "old", "It fell much.")])
    assert found.changed_since_decided


decisions = st.lists(
    st.builds(
        row,
        st.sampled_from(["draft", "fact_checked", "agreed", "proposed", "amended", "overruled", "words"]),
        st.sampled_from([None, "old", FCR.fingerprint]),
        st.sampled_from([None, "Edited."]),
    ),
    max_size=5,
)


@given(decisions)
def test_with_decisions_status_is_always_the_last_that_people_gave(rows: list[dict[str, Any]]) -> None:
    given_ = [entry["decision"] for entry in rows if entry["decision"] in ("draft", "fact_checked", "agreed")]
    found = with_decisions(FCR, rows)
    assert found.status == (given_[-1] if given_ else "draft")
    assert found.figures == FCR.figures


def test_review_takes_decisions_in_the_order_of_their_dates(
    tmp_path: Path, small: Callable[[Path], Path]
) -> None:
    path = small(tmp_path)
    plain = open_step("1.4", path).findings[0]
    text = (
        "finding_id,decision,role,decided_on,fingerprint\n"
        f"{plain.id},agreed,Sponsor,2025-03-20,{plain.fingerprint}\n{plain.id},draft,Sponsor,2025-03-10,other\n"
    )
    (tmp_path / "data" / "decisions.csv").write_text(text, encoding="utf-8")
    found = open_step("1.4", path).findings[0]
    assert (found.id, found.status, found.flag) == (plain.id, "agreed", "")

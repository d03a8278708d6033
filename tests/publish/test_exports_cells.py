"""Cells of an export: no text is a formula, nothing is in it that a file cannot hold."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reviewkit.publish.exports.cells import (
    CUT,
    LONGEST,
    for_csv,
    for_workbook,
    is_formula,
    without_formulas,
)

TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from("=+-@＝＋－＠﹢\t\r\n;,\"' \xa0\u200b\ufeff|a1"), st.characters(codec=None)
    ),
    max_size=12,
)
FORMULAS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\rx", "\nx", " =1", "\xa0=1", "\u200b=1", "\ufeff=1", "＝1",
    "＋1", "－1", "＠A", "﹢1", '"=1', "\x00=1",
]  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_may_take_for_a_formula_gets_an_apostrophe(text: str) -> None:
    assert is_formula(text)
    told: Counter[str] = Counter()
    assert for_csv(text, told).startswith("'") and told["cells with an apostrophe"] == 1


@pytest.mark.parametrize(
    "text", ["", "a=b", "3 - 2", "'=1", "−5 points", "(+1)", "name@example.org", "low, -5"]
)
def test_other_text_stays_as_it_is(text: str) -> None:
    told: Counter[str] = Counter()
    assert (for_csv(text, told), told) == (text, Counter())


@given(TEXTS)
def test_an_apostrophe_is_all_that_is_ever_added(text: str) -> None:
    safe = without_formulas(text)
    assert not is_formula(safe)
    assert safe.replace("'", "") == text.replace("'", "")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@given(text=TEXTS)
@example(text='x";=1')
@example(text='x\n=1;"\t+1')
def test_no_cell_is_a_formula_whichever_separator_a_file_is_opened_with(separator: str, text: str) -> None:
    file = io.StringIO(newline="")
    csv.writer(file).writerow(["a", for_csv(text, Counter()), "b"])
    read = csv.reader(io.StringIO(file.getvalue(), newline=""), delimiter=separator)
    cells = [cell for row in read for cell in row]
    assert cells and not [cell for cell in cells if _begins_formula(cell)]


@given(st.text(alphabet=st.characters(codec=None), max_size=30))
def test_a_workbook_keeps_all_but_what_xml_refuses(text: str) -> None:
    told: Counter[str] = Counter()
    kept = _read(for_workbook(text, told))
    refused = [one for one in text if not _allowed(one)]
    assert told["characters dropped from the workbook"] == len(refused)
    whole = "".join(one for one in text if _allowed(one)).replace("\r\n", "\n").replace("\r", "\n")
    assert kept == whole


@given(st.text(alphabet=st.characters(codec=None), max_size=30))
def test_a_csv_file_holds_every_text_that_is_left(text: str) -> None:
    for_csv(text, Counter()).encode("utf-8")


@pytest.mark.parametrize(
    ("text", "kept", "cut"),
    [("a" * LONGEST, LONGEST, 0), ("a" * (LONGEST + 1), LONGEST, 1), ("😀" * LONGEST, LONGEST // 2, 1)],
)
def test_a_cell_is_cut_where_excel_holds_no_more(text: str, kept: int, cut: int) -> None:
    told: Counter[str] = Counter()
    assert len(for_workbook(text, told)) == kept and told[CUT] == cut


def test_what_looks_like_an_escape_of_the_format_is_kept() -> None:
    assert for_workbook("_x0041_ _x_", Counter()) == "_x005F_x0041_ _x_"


def _begins_formula(cell: str) -> bool:
    """By another way than the code: strip what is not seen, then look at the first letter."""
    bare = re.sub(r'^["\s]+', "", "".join(one for one in cell if unicodedata.category(one)[0] != "C"))
    return unicodedata.normalize("NFKC", bare[:1]) in ("=", "+", "-", "@") if bare else False


def _allowed(one: str) -> bool:
    """Char of XML 1.0."""
    code = ord(one)
    return code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000


def _read(text: str) -> str:
    """A text as Excel reads it: escapes of the format undone."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)

"""How dates are written, decided by evidence."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.evidence.starting.dates import date_form, read_date

FORMS = (
    *("%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d/%m/%y", "%Y%m%d", "%d %b %Y", "%d-%b-%y", "%d %B %Y"),
    *("%d/%m/%Y %H:%M", "%m/%d/%Y %I:%M %p", "%Y/%m/%d %H:%M:%S", "%a, %d %b %Y %H:%M:%S"),
)


@given(
    st.lists(st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2039, 12, 31)), min_size=1),
    st.sampled_from(FORMS),
)
def test_the_form_dates_were_written_in_is_among_those_that_fit(
    moments: list[dt.datetime], form: str
) -> None:
    texts = [moment.strftime(form) for moment in moments]
    found = date_form(texts)
    assert found is not None
    assert all(read_date(text, found.forms[0]) for text in texts)
    if form[:2] in ("%d", "%m") and any(moment.day > 12 for moment in moments):
        # A day later than the 12th settles which comes first.
        assert found.forms[0][:2] == form[:2]
        if found.certain:
            assert [read_date(text, found.forms[0]) for text in texts] == [
                dt.datetime.strptime(text, form) for text in texts
            ]


def test_no_day_later_than_the_twelfth_leaves_a_question() -> None:
    found = date_form(["03/04/2025", "05/06/2025", "11/02/2025"])
    assert found is not None
    assert not found.certain
    assert {form[:2] for form in found.forms} == {"%d", "%m"}


def test_first_days_of_months_come_first_among_forms_that_fit() -> None:
    found = date_form(["01/04/2025", "01/05/2025", "01/06/2025"])
    assert found is not None
    assert found.forms[0] == "%d/%m/%Y"


def test_rows_in_order_come_first_among_forms_that_fit() -> None:
    found = date_form(["01/09/2025", "01/10/2025", "01/11/2025", "02/01/2025", "02/03/2025"])
    assert found is not None
    assert found.forms[0] == "%m/%d/%Y"


@pytest.mark.parametrize("values", [["2025-03-14"], ["2025-03-14 09:30", "2025-03-15T10:00:00"]])
def test_iso_dates_need_no_form(values: list[str]) -> None:
    found = date_form(values)
    assert found is not None
    assert found.iso


@pytest.mark.parametrize("values", [[], ["North"], ["12"], ["09:30"], ["31/02/2025"], ["1.5", "2.5"]])
def test_what_is_no_date_has_no_form(values: list[str]) -> None:
    assert date_form(values) is None

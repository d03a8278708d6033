"""A client's logo and accent in a params file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from reviewkit.model import InputError, read_engagement
from reviewkit.model.brand import LARGEST, LEAST, PAPERS, Brand, contrast, read_logo, readable
from reviewkit.present.style import stylesheet

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
PARAMS = 'id: a\nname: A\nclient: A\npurpose: P\ndata: .\ndata_as_of: 2025-01-31\nbrand:\n  {}: "{}"\n'


@given(COLOURS, st.sampled_from(sorted(PAPERS.values())))
def test_readable_is_readable_and_leaves_what_is(colour: str, paper: str) -> None:
    made = readable(colour, paper)
    assert contrast(made, paper) >= LEAST
    assert (made == colour) == (contrast(colour, paper) >= LEAST)


def test_papers_are_those_of_the_style_sheet() -> None:
    found = re.findall(r"--paper:(#\w+)", stylesheet())
    assert [
        colour.replace("#fff", "#ffffff") if len(colour) == 4 else colour for colour in found[:2]
    ] == list(PAPERS.values())


@given(COLOURS)
def test_brand_accepts_an_accent_exactly_when_it_can_be_read(colour: str) -> None:
    if contrast(colour, "#ffffff") >= LEAST:
        assert contrast(Brand(accent=colour).dark or "", PAPERS["accent_dark"]) >= LEAST
    else:
        with pytest.raises(ValidationError, match=readable(colour, "#ffffff")):
            Brand(accent=colour)


def test_read_engagement_names_key_ratio_and_what_would_do(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(PARAMS.format("accent", "#ffcc00"))
    with pytest.raises(InputError) as told:
        read_engagement(path)
    assert "#ffcc00 has a contrast of 1.5 on light pages" in str(told.value)
    assert "brand" in str(told.value) and "#8f7200 would do" in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("name", "made", "cause"),
    [
        ("logo.png", b"GIF89a", "is no PNG"),
        ("logo.svg", b"<html></html>", "is no SVG"),
        ("logo.png", b"\x89PNG\r\n\x1a\n" + b"x" * LARGEST, "more than 20"),
        ("logo.svg", None, "cannot be read"),
    ],
)
def test_read_logo_says_what_is_wrong(tmp_path: Path, name: str, made: bytes | None, cause: str) -> None:
    if made is not None:
        (tmp_path / name).write_bytes(made)
    with pytest.raises(InputError, match=cause):
        read_logo(tmp_path / name)

"""Forms put in place together, and what stops them."""

from __future__ import annotations

import hashlib
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from reviewkit.cli import app
from reviewkit.model import ReviewError
from reviewkit.publish.handover import hand_over
from reviewkit.publish.handover.chromium import count_sheets, find_chromium, print_pdf, print_within

from .conftest import page_html

DAY = datetime(2025, 5, 1)


@pytest.fixture
def run(tmp_path: Path) -> Path:
    for edition, text in (("leadership", "Waits have grown."), ("team", "Ann Lee said so.")):
        (tmp_path / "run/site" / edition).mkdir(parents=True)
        (tmp_path / "run/site" / edition / "index.html").write_text(page_html(finding=text), encoding="utf-8")
    return tmp_path / "run"


def test_zip_holds_one_edition_with_sums_that_are_right(run: Path) -> None:
    made = hand_over(run, "leadership", ["zip"], name="acme", made=DAY)
    (path,) = made.files
    assert path == run / "handover/leadership/acme_leadership.zip"
    with zipfile.ZipFile(path) as packed:
        held = {name: packed.read(name) for name in packed.namelist()}
    sums = held.pop("SHA256SUMS.txt").decode().splitlines()
    assert sums == [f"{hashlib.sha256(held[name]).hexdigest()}  {name}" for name in sorted(held)]
    assert list(held) == ["pages/index.html"] and b"Ann Lee" not in held["pages/index.html"]
    again = path.read_bytes()
    assert hand_over(run, "leadership", ["zip"], name="acme", made=DAY).files[0].read_bytes() == again


def test_data_of_the_edition_go_along(run: Path, tmp_path: Path) -> None:
    data = tmp_path / "exports/csv"
    data.mkdir(parents=True)
    (data / "gaps.csv").write_text("gap\n", encoding="utf-8")
    made = hand_over(run, "leadership", ["zip"], name="acme", made=DAY, data=data.parent)
    assert "data/csv/gaps.csv" in zipfile.ZipFile(made.files[0]).namelist()


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch, drawing: bytes) -> None:
    """Charts without Chromium."""
    monkeypatch.setattr("reviewkit.publish.handover.write.find_chromium", lambda: Path("chromium"))
    monkeypatch.setattr(
        "reviewkit.publish.handover.pictures.pictures",
        lambda page: {one.html: drawing for one in page.figures()},
    )


@pytest.mark.usefixtures("undrawn")
def test_forbidden_words_stop_it_and_what_was_there_stays(run: Path) -> None:
    before = hand_over(run, "leadership", ["pptx"], name="acme", made=DAY).files
    with pytest.raises(
        ReviewError, match=r"nothing is handed over: leadership_summary.pptx .*5 characters"
    ) as told:
        hand_over(
            run, "leadership", ["pptx"], name="acme", made=DAY, forbidden={"waits have grown at"[:5].title()}
        )
    assert "Waits" not in str(told.value)
    assert before[0].is_file() and sorted(path.name for path in run.iterdir()) == ["handover", "site"]


@pytest.mark.usefixtures("undrawn")
def test_what_an_edition_does_not_have_is_told(run: Path) -> None:
    made = hand_over(run, "leadership", ["docx"], name="acme", made=DAY)
    assert made.files == () and made.told[0].startswith("DOCX: documents are made of the week 1 report")


def test_without_chromium_one_line_says_what_to_install(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVIEWKIT_CHROMIUM", "/nowhere/chromium")
    with pytest.raises(ReviewError) as told:
        hand_over(run, "leadership", ["pdf"], name="acme", made=DAY)
    assert "apt-get install chromium" in str(told.value) and "\n" not in str(told.value)
    monkeypatch.delenv("REVIEWKIT_CHROMIUM")
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(ReviewError, match="Chromium is not installed"):
        find_chromium()


def test_unknown_form_and_unpublished_edition_are_refused(run: Path) -> None:
    with pytest.raises(ReviewError, match="'odt' is no form"):
        hand_over(run, "leadership", ["odt"], name="acme", made=DAY)
    with pytest.raises(ReviewError, match="no pages of this edition"):
        hand_over(run, "managers", ["zip"], name="acme", made=DAY)


@pytest.mark.browser
def test_pdf_has_tags_language_and_bookmarks(run: Path, tmp_path: Path) -> None:
    print_pdf(run / "site/leadership/index.html", tmp_path / "page.pdf")
    made = PdfReader(tmp_path / "page.pdf")
    root = made.root_object
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en"
    assert made.outline[0].title == "Leadership summary"  # type: ignore[union-attr]


@pytest.mark.browser
def test_page_that_runs_over_a_little_is_printed_smaller(tmp_path: Path) -> None:
    style = "<style>html{font-size:62%}@page{size:A4;margin:10mm}p{margin:0;line-height:1.2}</style>"
    text = f"<html><head>{style}</head><body>{'<p>A line.</p>' * 90}</body></html>"
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    print_pdf(tmp_path / "page.html", tmp_path / "large.pdf")
    print_within(text, tmp_path / "page.pdf", sheets=1)
    assert (count_sheets(tmp_path / "large.pdf"), len(PdfReader(tmp_path / "large.pdf").pages)) == (2, 2)
    assert (count_sheets(tmp_path / "page.pdf"), len(PdfReader(tmp_path / "page.pdf").pages)) == (1, 1)


def test_edition_without_a_form_is_refused(run: Path) -> None:
    done = CliRunner().invoke(app, ["publish", str(run), "--edition", "leadership"])
    assert done.exit_code == 2 and "name one of them" in done.output

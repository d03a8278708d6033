"""What people were promised, looked for in every file that leaves the team, and weeks apart."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup, Comment
from pptx import Presentation
from pypdf import PdfReader

from reviewkit.disclosure import Tables, audit
from reviewkit.disclosure.folded import Folded
from reviewkit.disclosure.registered import registered
from reviewkit.present.view import MIME
from reviewkit.publish.handover.chromium import print_within
from reviewkit.publish.handover.sheets import single
from reviewkit.publish.handover.texts import office_texts
from reviewkit.run.handing import hand_over_run

from .conftest import Ran

pytestmark = pytest.mark.slow
DATA = "data/sample/contact_centre"
OUTSIDE = ("leadership", "participants")
SHINGLE = 6
COMMON = {"a", "an", "and", "at", "for", "from", "in", "is", "it", "of", "on", "or", "our", "that", "the"}


# What is read: every text of every file, whatever the kind.


def texts_of(path: Path) -> Iterator[str]:
    """Give a file's name and every text in it: words, attributes, comments, scripts, properties, cells."""
    yield path.stem.replace("_", " ")
    if path.suffix in (".html", ".svg"):
        yield from texts_of_html(path.read_text(encoding="utf-8"))
    elif path.suffix == ".parquet":
        frame = pd.read_parquet(path)
        yield from (str(value) for name in frame for value in [name, *frame[name].dropna()])
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            for name in packed.namelist():
                # Styles and themes of a workbook hold names of fonts alone.
                if not re.search(r"styles|theme|\.(png|jpeg|bin)$", name):
                    content = packed.read(name).decode("utf-8", "replace")
                    # A name may be split between runs of letters, or stand right beside another word.
                    yield from (re.sub(r"<[^>]*>", joint, content) for joint in ("", " "))
                    yield from re.findall(r'\b(?:descr|title)="([^"]*)"', content)
    elif path.suffix == ".pdf":
        yield from (page.extract_text() for page in PdfReader(path).pages)
    else:
        yield path.read_bytes().decode("utf-8", "replace")


def texts_of_html(html: str) -> Iterator[str]:
    page = BeautifulSoup(html, "html.parser")
    for joint in ("", " "):  # a name may be split by a tag, or stand right beside one
        yield page.get_text(joint)
    yield from page.find_all(string=lambda text: isinstance(text, Comment))
    for tag in page.find_all(True):
        for value in tag.attrs.values():
            yield " ".join(value) if isinstance(value, list) else str(value)


def in_notebooks(folder: Path, edition: str) -> Iterator[tuple[str, str]]:
    """Give what notebooks keep for an edition in their outputs."""
    for path in sorted(folder.glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", []):
                kept = output.get("data", {}).get(MIME, {})
                if edition in kept.get("editions", {}):
                    html = kept["html"][kept["editions"][edition]]
                    yield from ((path.name, text) for text in texts_of_html(html))


@pytest.fixture(scope="module")
def exported(ran: Ran, root: Path) -> Path:
    for edition in OUTSIDE:
        command = [sys.executable, "-m", "reviewkit.cli", "export", "contact_centre", "--edition", edition]
        subprocess.run([*command, "--runs", str(ran.runs)], cwd=root, check=True, capture_output=True)
    return next((ran.runs / "contact_centre/exports").iterdir())


FORMS = {"leadership": ("pptx", "docx", "zip"), "participants": ("pdf", "docx", "zip")}


@pytest.fixture(scope="module")
def forms(ran: Ran, exported: Path) -> Path:
    """Slides, documents, sheets and zips; the sheets of leadership are printed from the same pages."""
    for edition, asked in FORMS.items():
        hand_over_run(ran.latest.resolve(), edition, asked)  # type: ignore[arg-type]
    page = (ran.latest / "site/leadership/index.html").read_text(encoding="utf-8")
    print_within(single(page), ran.latest / "handover/leadership/leadership_summary.pdf")
    return ran.latest / "handover"


@pytest.fixture(scope="module")
def handed_over(ran: Ran, exported: Path, forms: Path) -> list[tuple[str, str]]:
    """Everything that leadership and participants can get, as (file, text)."""
    found = []
    for edition in OUTSIDE:
        for folder in (ran.latest / "site" / edition, exported / edition, forms / edition):
            for path in sorted(
                path for path in folder.rglob("*") if path.is_file() and path.suffix != ".zip"
            ):
                found += [(f"{edition}/{path.name}", text) for text in texts_of(path)]
        found += in_notebooks(ran.latest / "notebooks", edition)
    assert len({name for name, _ in found}) > 60
    return found


def test_zips_hold_files_of_their_edition_alone(ran: Ran, exported: Path, forms: Path) -> None:
    """So what is said of these files below is said of the zips."""
    for edition in OUTSIDE:
        folders = (ran.latest / "site" / edition, exported / edition, forms / edition)
        known = {path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}
        with zipfile.ZipFile(forms / edition / f"contact_centre_{edition}.zip") as packed:
            names = [name for name in packed.namelist() if name != "SHA256SUMS.txt"]
            assert len(names) > 15
            assert [name for name in names if packed.read(name) not in known] == []


def test_summary_is_two_sheets_and_slides_hold_its_charts(ran: Ran, forms: Path) -> None:
    sheets = PdfReader(forms / "leadership/leadership_summary.pdf")
    assert len(sheets.pages) == 2
    links = [one.get_object() for page in sheets.pages for one in page.get("/Annots", [])]
    assert not any("/URI" in one.get("/A", {}) for one in links)
    charts = BeautifulSoup(ran.page("leadership"), "html.parser").find_all("svg", class_="rk-svg")
    shapes = [one for slide in Presentation(str(forms / "leadership/leadership_summary.pptx")).slides
              for one in slide.shapes if one.shape_type == 13]  # fmt: skip
    told = [one._element.nvPicPr.cNvPr.get("descr") for one in shapes]
    # A slide has no list of shapes beside its chart: its words end with their key.
    assert [one.partition(" Key: ")[0] for one in told] == [chart["aria-label"] for chart in charts]
    assert len(told) > 3 and sum(" Key: " in one for one in told) > 2


def test_documents_say_what_the_pages_say(ran: Ran, forms: Path) -> None:
    """Every word of the week 1 report, in its order, is in the document."""
    main = BeautifulSoup(ran.page("leadership", "1.6_week1_report.html"), "html.parser").main
    assert main is not None
    for gone in main.find_all(class_=["rk-trail", "rk-data"]):
        gone.decompose()
    made = re.sub(r"\[[\d, ]+\]", " ", " ".join(office_texts(forms / "leadership/week_1_report.docx")))
    said, told = words(main.get_text(" ")), words(made)
    assert len(said) > 800
    rest = iter(told)
    assert [word for word in said if word not in rest] == []


def table(root: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(root / DATA / f"{name}.csv", dtype="str", keep_default_na=False)


# Names


def named(text: str, names: tuple[str, ...]) -> bool:
    sure = ("a name in the register", "part of a name in the register")
    return any(why in sure for *_, why in registered(Folded(text), names))


@pytest.mark.parametrize(
    "hidden", ["Pr<b>iya</b> Shah", "SHAH, PRIYA", "shah&#44; priya", "Priyá&nbsp;Shah", "Ms Shah"]
)
def test_reader_finds_a_name_however_it_is_hidden(hidden: str) -> None:
    assert any(named(text, ("Priya Shah",)) for text in texts_of_html(f"<p>{hidden}</p>"))


def test_no_file_names_anybody_in_the_register(handed_over: list[tuple[str, str]], root: Path) -> None:
    names = tuple(name for name in table(root, "stakeholders")["name"] if name)
    assert len(names) > 100
    assert [file for file, text in handed_over if named(text, names)] == []


def test_no_file_holds_an_id_of_a_person_or_remark(handed_over: list[tuple[str, str]], root: Path) -> None:
    ids = {*table(root, "stakeholders")["stakeholder_id"], *table(root, "remarks")["remark_id"]}
    assert [file for file, text in handed_over if ids & set(re.findall(r"\w+", text))] == []


# Words


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def shingles(text: str) -> set[tuple[str, ...]]:
    said = words(text)
    return {tuple(said[place : place + SHINGLE]) for place in range(len(said) - SHINGLE + 1)}


def not_agreed(root: Path) -> set[str]:
    """Remarks said off the record, or by somebody who did not agree to be quoted."""
    remarks, agreed = table(root, "remarks"), table(root, "participants")
    no = agreed[agreed["on_record"].eq("false") | agreed["attribution"].eq("none")]
    refused = set(zip(no["interview_id"], no["stakeholder_id"], strict=True))
    pairs = zip(remarks["remark_id"], remarks["interview_id"], remarks["stakeholder_id"], strict=True)
    off = {remark for remark, *pair in pairs if tuple(pair) in refused}
    return off | set(remarks.loc[remarks["on_record"].ne("true"), "remark_id"])


@pytest.fixture(scope="module")
def kept_back(root: Path) -> set[tuple[str, ...]]:
    """Every six words in a row that nobody approved, or that were approved against what was agreed."""
    quotes = table(root, "quotes")
    free = quotes[quotes["status"].eq("approved") & ~quotes["remark_id"].isin(not_agreed(root))]
    approved = set().union(*map(shingles, free["words"]))
    said = [*table(root, "remarks")["text"], *table(root, "customer_feedback")["text"]]
    said += [*table(root, "observations")["seen"]]
    register = table(root, "stakeholders")
    places = {word for name in {*register["site"], *register["department"]} for word in words(name)} | COMMON
    return {one for text in said for one in shingles(text) - approved if len(set(one) - places) > 1}


def test_no_file_holds_six_words_that_nobody_approved(
    handed_over: list[tuple[str, str]], kept_back: set[tuple[str, ...]]
) -> None:
    assert len(kept_back) > 4000
    assert [file for file, text in handed_over if shingles(text) & kept_back] == []


def test_words_approved_against_what_was_agreed_are_forbidden(ran: Ran, root: Path) -> None:
    """The sample holds approved quotes of people who did not agree: the gate knows better."""
    from reviewkit.evidence import EvidenceSet
    from reviewkit.model import read_engagement
    from reviewkit.run.finish import forbidden

    evidence = EvidenceSet(read_engagement(ran.latest / "engagement.yaml"), ran.latest / "evidence")
    quotes = table(root, "quotes").query("status == 'approved'")
    off = quotes[quotes["remark_id"].isin(not_agreed(root)) & quotes["words"].str.count(r"\w+").ge(SHINGLE)]
    held = forbidden(evidence, "leadership")
    told = [text for text in off["words"] if any(" ".join(one) in held for one in shingles(text))]
    assert len(off) > 3 and told  # the rest say what others agreed to show, word for word


# Counts


def cells(page: str, caption: str) -> dict[str, list[str]]:
    found = next(
        one for one in BeautifulSoup(page, "html.parser").find_all("table")
        if one.caption and next(one.caption.stripped_strings) == caption
    )  # fmt: skip
    rows = [
        [cell.get_text(strip=True) for cell in row.find_all(["th", "td"])]
        for row in found.tbody.find_all("tr")
    ]
    return {row[0]: row[1:] for row in rows}


@pytest.mark.parametrize("place", [0, 1, 2], ids=["people", "planned", "held"])
def test_what_one_table_leaves_out_does_not_follow_from_another(ran: Ran, place: int) -> None:
    truth = pd.read_parquet(ran.latest / "tables/1.3/coverage.parquet")
    page = ran.page("leadership", "1.3_interview_plan.html")
    known, hidden = Tables(), {}
    for by in ("department", "level"):
        shown = {
            name: float(row[place])
            for name, row in cells(page, f"Interviews planned and held by {by}").items()
        }
        counts = (
            truth.assign(**{by: truth[by].str.replace("_", " ")})
            .groupby(by)[["headcount", "planned", "held"]]
            .sum()
        )
        small = counts.index[counts["headcount"].lt(5)]
        rest = counts.drop(index=[name for name in shown if name in counts.index])
        # Small groups are shown together, or not at all.
        together = shown.pop(f"other {by}s", None)
        hidden |= {(by, str(name)): 0.0 for name in rest.index}
        for name in rest.index:
            known.know((by, str(name)), 0.0, 1e6)
        if together is not None:
            known.know((by, "other"), together, together)
            known.sums.append((tuple((by, str(name)) for name in small), (by, "other")))
        row = {(by, name): value for name, value in shown.items()}
        row |= {(by, str(name)): None for name in rest.index if together is None or name not in small}
        row |= {} if together is None else {(by, "other"): together}
        known.add(row, total=("all",))
    assert hidden
    assert audit([known.published()], minimum=10**6, hidden=hidden) == []


@pytest.mark.parametrize(
    ("name", "count", "by"),
    [("2.2_journey_variants", "cases", "contract"), ("2.2_journey_consistency", "cases", "contract"),
     ("1.1_site_comparison", "denominator", "measure")],
)  # fmt: skip
def test_no_suppressed_count_of_a_download_can_be_worked_out(
    exported: Path, name: str, count: str, by: str
) -> None:
    frame = pd.read_csv(exported / "leadership/csv" / f"{name}.csv")
    for group, rows in frame[frame[count].notna() | frame["suppressed"]].groupby(by):
        gone = rows["suppressed"].astype(bool)
        assert rows.loc[gone, count].isna().all()
        known = Tables()
        counts = {(str(group), str(place)): None if hide else float(n)
                  for place, n, hide in zip(rows.index, rows[count].fillna(0), gone)}  # fmt: skip  # noqa: B905
        # A share tells the total.
        part = rows.loc[~gone & rows.get("share", pd.Series(float("nan"), rows.index)).notna()]
        total = round(float((part[count] / part["share"]).median())) if len(part) else None
        known.add(counts, total=(str(group), "all"), shown=total)
        assert audit([known.published()]) == [], group


# Weeks apart


@pytest.fixture(scope="module")
def week_later(ran: Ran, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """The same engagement run again after one more interview, and one more answer to the survey."""
    folder = tmp_path_factory.mktemp("later")
    shutil.copytree(root / DATA, folder / DATA)
    (folder / "params").mkdir()
    shutil.copy(root / "params/contact_centre.yaml", folder / "params")
    shutil.copytree(ran.runs, folder / "runs", symlinks=True)
    one_more(folder / DATA)
    command = [sys.executable, "-m", "reviewkit.cli", "run", "params/contact_centre.yaml", "--runs", "runs"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return Ran(done.returncode, done.stdout, done.stderr, folder / "runs")


def one_more(data: Path) -> None:
    """Add an interview about morale, coded, and a respondent who agrees with everything."""
    read = {name: pd.read_csv(data / f"{name}.csv", dtype="str", keep_default_na=False)
            for name in ("remarks", "participants", "codings", "perceptions")}  # fmt: skip
    last = read["remarks"][read["remarks"]["source"].eq("one_to_one")].iloc[-1].to_dict()
    new = {
        **last,
        "remark_id": "R9999",
        "interview_id": "I999",
        "text": "Nobody here laughs any more at all.",
    }
    person = {
        "interview_id": "I999",
        "stakeholder_id": last["stakeholder_id"],
        "on_record": "true",
        "attribution": "broad",
    }
    coding = {
        **read["codings"].iloc[0].to_dict(),
        "remark_id": "R9999",
        "code": "morale",
        "stance": "concern",
    }
    answers = read["perceptions"].drop_duplicates("statement").assign(respondent_id="Q9999", answer="5")
    added = {
        "remarks": [new],
        "participants": [person],
        "codings": [coding],
        "perceptions": answers.to_dict("records"),
    }
    for name, rows in added.items():
        pd.concat([read[name], pd.DataFrame(rows)]).to_csv(data / f"{name}.csv", index=False)


def plain(path: Path, run: str) -> list[str]:
    """The lines of a page without what is of the run alone."""
    html = re.sub(r"<dd>[^<]*\d\d:\d\d[^<]*</dd>", "", path.read_text(encoding="utf-8").replace(run, "RUN"))
    return [line for line, _ in groupby(html.splitlines())]


def test_two_weeks_apart_do_not_tell_what_one_person_said(ran: Ran, week_later: Ran) -> None:
    assert week_later.status == 0, week_later.err
    first, second = ran.latest.resolve(), week_later.latest.resolve()
    assert first.name != second.name
    kept = pd.read_parquet(second / "evidence/remarks.parquet")
    assert "R9999" not in set(kept["remark_id"]) and len(kept) == len(
        pd.read_parquet(first / "evidence/remarks.parquet")
    )
    for edition in OUTSIDE:
        for path in sorted((first / "site" / edition).glob("*.html")):
            assert plain(path, first.name) == plain(second / "site" / edition / path.name, second.name), (
                path.name
            )


def test_team_is_told_what_waits(week_later: Ran) -> None:
    log = (week_later.latest / "log.jsonl").read_text(encoding="utf-8") + week_later.err
    manifest = (week_later.latest / "manifest.json").read_text(encoding="utf-8")
    assert "1 new or changed interview waits until there are 5" in log + manifest

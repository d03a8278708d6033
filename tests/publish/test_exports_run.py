"""A whole sample exported: every column has a meaning, and each edition sees what it may."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
from pathlib import Path

import pandas as pd
import pytest

from reviewkit.disclosure import headcounts
from reviewkit.evidence import EvidenceSet, write_snapshot
from reviewkit.model import EDITIONS, STEPS, Edition, Finding, read_engagement
from reviewkit.publish import RunDetails
from reviewkit.publish.exports import Exported, export
from reviewkit.publish.exports.catalogue import TABLES, UNKNOWN
from reviewkit.publish.exports.editions import RULES, SOFTENED, WHY
from reviewkit.publish.forbidden import Forbidden
from reviewkit.run.finish import forbidden
from reviewkit.run.results import read_findings
from reviewkit.steps import Review, step_class

pytestmark = pytest.mark.slow
RUN = RunDetails("20250901T090000", dt.datetime(2025, 9, 1, 9), dt.date(2025, 8, 31))
OWN = {"findings", "finding_figures", "finding_evidence", "dictionary"}


@pytest.fixture(scope="module")
def review(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Review:
    """The contact centre with every step worked out."""
    params, folder = root / "params/contact_centre.yaml", tmp_path_factory.mktemp("run")
    engagement = read_engagement(params)
    write_snapshot(engagement, params, folder / "evidence")
    made = Review(engagement, EvidenceSet(engagement, folder / "evidence"), folder)
    for spec in STEPS:
        made.keep(step_class(spec.number)(made))
    return made


@pytest.fixture(scope="module")
def findings(review: Review) -> list[Finding]:
    return read_findings(review.folder)


@pytest.fixture(scope="module")
def exports(
    review: Review, findings: list[Finding], tmp_path_factory: pytest.TempPathFactory
) -> dict[Edition, Exported]:
    """The export of every edition, the team's with remarks by coder."""
    folder = tmp_path_factory.mktemp("exports")
    return {
        edition: export(
            review, findings, RUN, edition, folder / edition,
            forbidden=forbidden(review.evidence, edition), by_coder=edition == "team",
        )
        for edition in EDITIONS
    }  # fmt: skip


def table(made: Exported, name: str) -> pd.DataFrame:
    return pd.read_parquet(made.folder / "parquet" / f"{name}.parquet")


def test_every_table_that_a_step_makes_is_described_and_handed_on(exports: dict[Edition, Exported]) -> None:
    made = {f"{spec.number}_{name}" for spec in STEPS for name in spec.makes}
    assert made <= set(TABLES) and made <= set(exports["team"].tables)


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_table_and_column_has_a_meaning(edition: Edition, exports: dict[Edition, Exported]) -> None:
    made = exports[edition]
    rows = table(made, "dictionary")
    told = {(row.table, row.column) for row in rows.itertuples()}
    for name in made.tables:
        assert {(name, ""), *((name, column) for column in table(made, name).columns)} <= told
    assert not rows[
        rows["meaning"].isin(["", UNKNOWN]) | rows["where_from"].eq("") | rows["kind"].eq("")
    ].size
    assert len(rows) == len(told)


def test_values_are_those_the_dictionary_names(exports: dict[Edition, Exported]) -> None:
    rows = table(exports["team"], "dictionary")
    limited = rows[rows["values"].ne("") & rows["table"].ne("dictionary")]
    assert len(limited) > 50
    for row in limited.itertuples():
        found = set(table(exports["team"], row.table)[row.column].dropna()) - {""}
        assert found <= set(row.values.split(", ")), (row.table, row.column)


def test_kinds_are_those_of_the_values(exports: dict[Edition, Exported]) -> None:
    rows = table(exports["team"], "dictionary")
    for row in rows[rows["column"].ne("")].itertuples():
        values = table(exports["team"], row.table)[row.column]
        kinds = pd.api.types
        right = {
            "text": not kinds.is_numeric_dtype(values) and not kinds.is_datetime64_any_dtype(values),
            "integer": kinds.is_numeric_dtype(values) and bool((values.dropna() % 1 == 0).all()),
            "number": kinds.is_numeric_dtype(values) and not kinds.is_bool_dtype(values),
            "boolean": kinds.is_bool_dtype(values),
            "date": kinds.is_datetime64_any_dtype(values),
        }
        assert right[row.kind] or values.isna().all(), (row.table, row.column, values.dtype)


def test_the_team_has_every_row_of_every_table(
    review: Review, findings: list[Finding], exports: dict[Edition, Exported]
) -> None:
    made = exports["team"]
    for spec in STEPS:
        for name in spec.makes:
            whole = pd.read_parquet(review.folder / "tables" / spec.number / f"{name}.parquet")
            same = table(made, f"{spec.number}_{name}")
            pd.testing.assert_frame_equal(same, whole.reset_index(drop=True), check_exact=True)
    assert table(made, "findings")["finding_id"].tolist() == [finding.id for finding in findings]
    assert made.left_out == ()


@pytest.mark.parametrize("edition", [edition for edition in EDITIONS if edition != "team"])
def test_no_edition_but_the_teams_has_remarks_or_what_leads_to_them(
    edition: Edition, review: Review, exports: dict[Edition, Exported]
) -> None:
    """Read as text, by other means than the export's own scan."""
    whole = "\n".join(path.read_text(encoding="utf-8-sig") for path in exports[edition].folder.rglob("*.csv"))
    ids = set(review.evidence.frame("remarks")["remark_id"])
    assert not ids & set(whole.replace('"', ",").replace("\n", ",").replace(" ", "").split(","))
    assert Forbidden(forbidden(review.evidence, edition)).found(whole) == ""
    if edition != "managers":
        people = set(review.evidence.frame("stakeholders")["stakeholder_id"])
        assert not [cell for row in csv.reader(whole.splitlines()) for cell in row if cell in people]


def test_each_edition_has_the_findings_its_pages_may_show(
    review: Review, findings: list[Finding], exports: dict[Edition, Exported]
) -> None:
    for edition, made in exports.items():
        seen = {finding.id for finding in review.discloser.for_edition(findings, edition)}
        assert set(table(made, "findings")["finding_id"]) == seen and seen
    assert "personal" not in table(exports["leadership"], "findings")
    assert table(exports["managers"], "findings")["personal"].any()
    assert "fingerprint" not in table(exports["managers"], "findings")


@pytest.mark.parametrize("edition", [edition for edition in EDITIONS if edition != "team"])
def test_each_edition_has_the_tables_somebody_decided_on_and_tells_of_the_others(
    edition: Edition, exports: dict[Edition, Exported]
) -> None:
    made = exports[edition]
    assert set(made.tables) - OWN == set(RULES[edition])
    for name in set(made.tables) - OWN:
        spec = next(spec for spec in STEPS if name in ("themes_by_group", f"{spec.number}_{name[4:]}"))
        assert name == "themes_by_group" or edition in spec.editions
        assert set(table(made, name).columns) == set(RULES[edition][name].columns.split()), name
    left = {one.name for one in made.left_out}
    assert {"some findings", "1.4_coded_remarks", "theme_matrix"} <= left
    page = (made.folder / "README.md").read_text(encoding="utf-8")
    assert all(f"- {one.name}: {one.why}." in page for one in made.left_out)
    assert set(exports["team"].tables) - OWN - {"theme_matrix_coders"} <= left | set(made.tables)


def test_rules_name_only_columns_that_there_are() -> None:
    for edition, rules in RULES.items():
        for name, rule in rules.items():
            known = {column.name for column in TABLES[name].columns}
            assert set(rule.columns.split()) <= known, (edition, name)
    assert (set(SOFTENED) | set(WHY)) <= {*TABLES, "theme_matrix", "theme_matrix_coders"}


def test_no_count_of_few_interviews_is_exact_outside_the_team(exports: dict[Edition, Exported]) -> None:
    exact, shown = table(exports["team"], "1.4_themes"), table(exports["leadership"], "1.4_themes")
    both = shown.merge(exact, on=["code", "stance", "kind"])
    few = both["units"].lt(5) | both["units_total"].lt(10)
    assert few.any() and not few.all()
    assert not both.loc[few, "raised_in"].str.contains(r"\d").any()
    assert both.loc[~few, "raised_in"].str.fullmatch(r"\d+ of \d+").all()
    assert not {"units", "remarks", "share", "sites", "levels"} & set(shown.columns)


def test_groups_of_few_people_are_not_told_apart(review: Review, exports: dict[Edition, Exported]) -> None:
    shown = table(exports["leadership"], "themes_by_group")
    counts = headcounts(review.evidence.frame("stakeholders")).groupby("department")["headcount"].sum()
    small = set(counts.index[counts < 5])
    named = set(shown.loc[shown["by"].eq("department"), "group"])
    assert small and not small & named and "other departments" in named
    assert set(shown["raised_in"]) <= {"none", "one", "a few", "several", "most"}


def test_small_cells_of_journeys_are_suppressed(exports: dict[Edition, Exported]) -> None:
    shown = table(exports["leadership"], "2.2_journey_variants")
    hidden = shown["suppressed"].astype(bool)
    assert hidden.any() and shown.loc[hidden, ["cases", "share"]].isna().all(axis=None)
    assert shown.loc[~hidden, "cases"].ge(5).all() and shown["site"].eq("").all()


def test_the_matrix_is_the_coded_remarks_laid_out(exports: dict[Edition, Exported]) -> None:
    matrix, coded = (table(exports["team"], name) for name in ("theme_matrix", "1.4_coded_remarks"))
    codes = list(dict.fromkeys(coded["code"]))
    assert set(matrix[codes].stack().unique()) == {0, 1}
    pairs = matrix.set_index("remark_id")[codes].stack()
    assert set(pairs.index[pairs.eq(1)]) == set(zip(coded["remark_id"], coded["code"], strict=True))
    assert matrix["remark_id"].is_unique and len(matrix) > coded["remark_id"].nunique()


def test_the_matrix_by_coder_counts_analysts(review: Review, exports: dict[Edition, Exported]) -> None:
    matrix, codings = table(exports["team"], "theme_matrix_coders"), review.evidence.frame("codings")
    given = codings.groupby(["remark_id", "code"])["coder"].nunique()
    for (remark, code), number in given.sample(40, random_state=1).items():
        assert matrix.set_index("remark_id").at[remark, code] == number
    assert given.max() > 1 and set(matrix["coders"]) == {0, 1, 2}


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_export_says_what_it_is(edition: Edition, exports: dict[Edition, Exported]) -> None:
    folder = exports[edition].folder
    page, mark = (
        (folder / "README.md").read_text(encoding="utf-8"),
        json.loads((folder / "export.json").read_text()),
    )
    for told in (
        "Contact centre review",
        RUN.run,
        "31 August 2025",
        "simulated",
        "Licence:",
        f"{edition}, for",
    ):
        assert told in page
    assert mark["edition"] == edition and len(mark["tables"]) == len(exports[edition].tables)
    assert {path.name for path in folder.rglob("*.xlsx")} == {f"contact_centre_{edition}.xlsx"}
    for name, digest in mark["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_the_same_run_gives_the_same_bytes(
    review: Review, findings: list[Finding], exports: dict[Edition, Exported], tmp_path: Path
) -> None:
    again = export(review, findings, RUN, "leadership", tmp_path / "again", forbidden=())
    one, two = (
        {
            path.relative_to(made.folder): path.read_bytes()
            for path in made.folder.rglob("*")
            if path.is_file()
        }
        for made in (exports["leadership"], again)
    )
    assert one == two and len(one) > 40

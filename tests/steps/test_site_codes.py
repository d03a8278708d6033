"""Sites without a name are told by their code, and the page says so; the params file can give them names."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from reviewkit.steps import open_step
from reviewkit.steps.gaps_and_causes import GapsAndCauses
from reviewkit.steps.site_codes import codes_told


@pytest.mark.parametrize(
    ("sites", "told"),
    [
        (["RAS", "RXL", "R0A"], "such as RAS and RXL;"),
        (["8J094", ""], "such as 8J094;"),
        (["North", "South", "HQ"], ""),
        (["Trust A", "Trust B"], ""),
        ([], ""),
    ],
)
def test_codes_told_where_most_sites_have_no_name(sites: list[str], told: str) -> None:
    said = codes_told(sites, "organisation")
    assert bool(said) is bool(told) and told in said


PARAMS = """
id: coded
name: Coded
client: A client
purpose: To serve.
data_as_of: 2025-06-30
site_label: organisation
data: .
sources:
  kpis:
    file: kpis.csv{values}
  targets:
    file: targets.csv{values}
measures:
  - id: seen
    name: Seen in time
    unit: percent
    direction: increase
    table: kpis
    numerator: sum(numerator)
    denominator: sum(denominator)
    minimum_effect: 2
"""
VALUES = "\n    values: {site: {RAS: Hill Hospital, RXL: Bay Hospital}}"


@pytest.mark.parametrize(("values", "shown"), [("", "RAS"), (VALUES, "Hill Hospital")])
def test_page_of_gaps_shows_the_name_that_the_params_file_gives_a_code(
    tmp_path: Path, values: str, shown: str
) -> None:
    months = pd.date_range("2023-07-01", periods=24, freq="MS")
    rows = [
        {"period": month, "measure": "seen", "site": site, "numerator": seen + at % 3, "denominator": 1000}
        for site, seen in {"RAS": 300, "RXL": 400, "RXC": 900}.items()
        for at, month in enumerate(months)
    ]
    pd.DataFrame(rows).to_csv(tmp_path / "kpis.csv", index=False)
    asked = {"measure": "seen", "site": "", "target": 95, "valid_from": "2023-07-01"}
    pd.DataFrame([asked]).to_csv(tmp_path / "targets.csv", index=False)
    params = tmp_path / "coded.yaml"
    params.write_text(PARAMS.format(values=values), encoding="utf-8")
    step = open_step("2.1", params)
    assert isinstance(step, GapsAndCauses)
    page = step.measured()._repr_mimebundle_()["text/html"]
    assert shown in page and ("no names are on file" in page) is (not values)

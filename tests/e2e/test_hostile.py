"""Text that attempts to run, in every field of tables, params and codebook: it is text on every page."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from reviewkit.publish.exports.cells import is_formula

from .conftest import Ran
from .eyes import watched
from .hostile import engagement as hostile

pytestmark = [pytest.mark.slow, pytest.mark.browser]
_NAMES = """
a abbr article b bdi blockquote body br caption circle clippath code col colgroup dd defs details div dl dt em
figcaption figure footer g h1 h2 h3 h4 head header html i li line main meta nav ol p path polyline pre rect
section small span strong style sub summary sup svg table tbody td text tfoot th thead title tr tspan ul use
"""
TAGS = frozenset(_NAMES.split())
"""Elements of our pages."""
LOOK = """() => {
  const tags = new Set(), odd = [];
  for (const element of document.querySelectorAll('*')) {
    tags.add(element.tagName.toLowerCase());
    for (const {name, value} of element.attributes)
      if (name.startsWith('on') || ['src', 'srcset', 'action'].includes(name) || (name === 'style' && /expression|url\\((?!#)/i.test(value))
          || (name.endsWith('href') && !/^[\\w.#\\/-]*$/.test(value)))
        odd.push(element.tagName + ' ' + name + '=' + value.slice(0, 80));
  }
  return {tags: [...tags], odd, text: document.body.textContent};
}"""  # noqa: E501


@pytest.fixture(scope="module")
def latest(rest: Ran) -> Path:
    assert rest.status == 0, rest.err
    return rest.runs / "hostile/latest"


@pytest.fixture(scope="module")
def seen(latest: Path, browser: Any) -> dict[str, dict[str, Any]]:
    """Every page as Chromium has it, with its own policy off: what is injected would run."""
    found = {}
    pages = [*sorted(latest.glob("site/*/*.html")), *sorted(latest.glob("files/*.html"))]
    with watched(browser, bypass_csp=True) as eyes:
        for path in pages:
            eyes.open(path)
            found[f"{path.parent.name}/{path.name}"] = eyes.page.evaluate(LOOK) | {
                "trouble": eyes.trouble(path)
            }
    return found


def test_nothing_runs_and_nothing_is_asked_for(seen: dict[str, dict[str, Any]]) -> None:
    assert len(seen) > 60
    assert {name: page["trouble"] for name, page in seen.items() if page["trouble"]} == {}


def test_no_element_or_attribute_comes_from_a_string(seen: dict[str, dict[str, Any]]) -> None:
    odd = {name: (set(page["tags"]) - TAGS, page["odd"]) for name, page in seen.items()}
    assert {name: found for name, found in odd.items() if found[0] or found[1]} == {}


def test_every_string_is_shown_as_text(seen: dict[str, dict[str, Any]], root: Path) -> None:
    texts = hostile.strings(root / "tests/e2e/hostile")
    assert len(texts) > 300
    team = " ".join(plain(page["text"]) for name, page in seen.items() if name.startswith("team/"))
    assert [text for text in texts if plain(text) not in team] == []
    outside = " ".join(plain(page["text"]) for name, page in seen.items() if name.startswith("leadership/"))
    assert sum(plain(text) in outside for text in texts) > 100


def test_every_free_field_holds_strings(root: Path) -> None:
    texts, sample = hostile.strings(root / "tests/e2e/hostile"), root / "data/sample/contact_centre"
    read = hostile.read_tables(sample)
    for name, table in hostile.poisoned(read, hostile.Poison(texts)).items():
        for column in hostile.free_columns(name, table):
            filled = table[column][table[column].ne("")]
            assert len(filled) == 0 or not filled.isin(read[name][column]).any(), (name, column)


def test_no_cell_of_a_download_is_a_formula(latest: Path) -> None:
    files = sorted(latest.glob("site/*/data/*.csv"))
    assert files
    bad = []
    for path in files:
        with path.open(encoding="utf-8-sig", newline="") as file:
            bad += [(path.name, cell[:40]) for row in csv.reader(file) for cell in row if formula(cell)]
    assert bad == []


def formula(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return is_formula(cell)
    return False


def plain(text: str) -> str:
    return " ".join(text.split())

"""The start screen: engagements picked, notebooks opened with their parameters set, faults told in words."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from reviewkit.model import InputError
from reviewkit.widgets.start import StepState, Tracked, prepared
from reviewkit.widgets.start.cell import screen
from reviewkit.widgets.start.model import StartModel, known
from reviewkit.widgets.start.screen import Screen

from ..conftest import written


@pytest.fixture
def notebook(root: Path) -> Path:
    return root / "notebooks/week1/step4_interviews_and_themes.ipynb"


@pytest.fixture
def model(tmp_path: Path, notebook: Path, monkeypatch: pytest.MonkeyPatch) -> StartModel:
    params = written(tmp_path)
    monkeypatch.chdir(params.parent)
    monkeypatch.setenv("REVIEWKIT_LAB_ROOT", str(tmp_path))

    def stands(path: Path) -> Tracked:
        steps = (
            StepState(
                "1.4", "What people say", notebook, "week1/a.ipynb", "stale", "<b>remarks</b> changed."
            ),
            StepState("1.1", "What the data say", notebook, "week1/b.ipynb", "waiting", "It needs kpis."),
        )
        return Tracked("A review", path, tmp_path / "runs/acme", "Published.", steps)

    return StartModel(stands, {"Code remarks": root_of(notebook) / "workbench/coding.ipynb"}, "acme")


def root_of(notebook: Path) -> Path:
    return notebook.parents[1]


def test_a_notebook_is_opened_with_its_parameters_set(notebook: Path, tmp_path: Path) -> None:
    copy = prepared(notebook, tmp_path / "a/b.ipynb", {"engagement": 'a"b', "run": ""})
    book = nbformat.read(copy, 4)
    nbformat.validate(book)
    tags = [cell.metadata.get("tags", []) for cell in book.cells]
    place = tags.index(["injected-parameters"])
    assert tags[place - 1] == ["parameters"]
    given: dict[str, str] = {}
    exec(book.cells[place].source, given)
    assert (given["engagement"], given["run"]) == ('a"b', "")
    rest = [cell.source for n, cell in enumerate(book.cells) if n != place]
    assert rest == [cell.source for cell in nbformat.read(notebook, 4).cells]
    assert not [cell for cell in book.cells if cell.cell_type == "code" and cell.outputs]


def test_what_somebody_wrote_in_a_copy_is_never_lost(notebook: Path, tmp_path: Path) -> None:
    source = tmp_path / "source.ipynb"
    source.write_text(notebook.read_text())
    copy = prepared(source, tmp_path / "copy.ipynb", {"engagement": "acme"})
    book = json.loads(copy.read_text())
    book["cells"][-1]["source"] = ["mine = 1"]
    copy.write_text(json.dumps(book))
    assert "mine = 1" in prepared(source, copy, {"engagement": "acme"}).read_text()
    source.write_text(source.read_text().replace("What people say", "What they say"))
    assert "mine = 1" not in prepared(source, copy, {"engagement": "acme"}).read_text()
    assert "mine = 1" in (tmp_path / "copy before 1.ipynb").read_text()


def test_a_notebook_without_parameters_is_told(tmp_path: Path) -> None:
    bad = tmp_path / "bad.ipynb"
    nbformat.write(nbformat.v4.new_notebook(), bad)
    with pytest.raises(InputError, match="parameters"):
        prepared(bad, tmp_path / "copy.ipynb", {"engagement": "acme"})


def test_the_screen_shows_steps_with_buttons_that_open_them(model: StartModel, tmp_path: Path) -> None:
    made = Screen(model)
    html = made.steps.value
    assert "1 out of date, 1 waiting for evidence." in made.counted.value
    assert "&lt;b&gt;remarks&lt;/b&gt; changed." in html and "It needs kpis." in html
    assert 'aria-label="Open step 1.4, What people say"' in html
    assert "runs/acme/workbench/notebooks/week1/a.ipynb" in html
    assert 'engagement = "acme"' in _source(tmp_path / "runs/acme/workbench/notebooks/week1/a.ipynb")
    assert "workbench/coding.ipynb" in made.desks.value


def _source(path: Path) -> str:
    return "\n".join(cell.source for cell in nbformat.read(path, 4).cells)


def test_an_engagement_deleted_while_it_is_open_is_told_and_the_table_stays(model: StartModel) -> None:
    made = Screen(model)
    seen = made.steps.value
    assert model.params is not None
    model.params.unlink()
    made.again.click()
    assert made.said.trouble and "params file has gone" in made.said.text
    assert made.steps.value == seen
    with pytest.raises(InputError):
        model.look()


def test_where_there_is_no_engagement_the_screen_says_how_to_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("reviewkit.widgets.start.model.known", lambda: {})
    made = Screen(StartModel(lambda _: pytest.fail("nothing to look at"), {}))
    assert made.said.trouble and "reviewkit new" in made.said.text


def test_engagements_are_found_above_and_bad_ones_named(model: StartModel, tmp_path: Path) -> None:
    (tmp_path / "params/bad.yaml").write_text("id: [")
    (tmp_path / "notebooks/workbench").mkdir(parents=True)
    found = known(tmp_path / "notebooks/workbench")
    assert list(found) == ["acme: A review", "bad: cannot be read"]


def test_where_nobody_can_click_there_is_a_table(model: StartModel) -> None:
    shown = screen("acme", "", model._tracker, {}, interactive=False)
    html = shown._repr_mimebundle_()["text/html"]
    assert "Out of date" in html and "1 waiting for evidence" in html and "docmanager" not in html


@pytest.mark.parametrize("name", ["start", "decide"])
def test_the_notebooks_are_made_to_be_read(root: Path, name: str) -> None:
    cells = nbformat.read(root / f"notebooks/workbench/{name}.ipynb", 4).cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    prose = [cell.source for cell in cells if cell.cell_type == "markdown"]
    assert prose[0].startswith("# ") and len(prose[0].split()) > 25 and len(prose) >= len(code)
    assert code[0].metadata.tags == ["parameters"] and not [cell for cell in code if cell.outputs]

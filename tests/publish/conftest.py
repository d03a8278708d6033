"""Miniature executed notebooks, one per thing that can be in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from reviewkit.model import Engagement, Finding
from reviewkit.present.view import View
from reviewkit.publish import RunDetails, publish_site


class Raw:
    """A block with exactly this HTML."""

    def __init__(self, html: str) -> None:
        self.text = html

    def html(self) -> str:
        return self.text


def shown(name: str = "view", **editions: str) -> NotebookNode:
    bundle = View(name, {edition: Raw(html) for edition, html in editions.items()})._repr_mimebundle_()
    return new_output("display_data", data=bundle)


def cell(
    *outputs: NotebookNode, source: str = "step.secret_code()", tags: tuple[str, ...] = ()
) -> NotebookNode:
    return new_code_cell(source, outputs=list(outputs), metadata={"tags": list(tags)})


def text(source: str, *tags: str) -> NotebookNode:
    return new_markdown_cell(source, metadata={"tags": list(tags)})


def book(*cells: NotebookNode) -> NotebookNode:
    return new_notebook(cells=[text("# What the data say\n\nThe question and its limits."), *cells])


@pytest.fixture
def engagement() -> Engagement:
    return Engagement(
        id="demo", name="Demo review", client="Demo client", purpose="To test", simulated=True,
        data_as_of=dt.date(2025, 6, 30), data="data",
        attribution=({"source": "Made up", "licence": "CC0"},),
    )  # fmt: skip


@pytest.fixture
def run() -> RunDetails:
    return RunDetails(
        "r1", dt.datetime(2025, 7, 1, 9, 30), dt.date(2025, 6, 30), {"reviewkit": "0.1"}, {"1.1": 2.0}
    )


@pytest.fixture
def save(tmp_path: Path) -> Callable[[str, NotebookNode], Path]:
    def write(name: str, notebook: NotebookNode) -> Path:
        path = tmp_path / f"{name}.ipynb"
        nbformat.write(notebook, path)
        return path

    return write


@pytest.fixture
def site(
    engagement: Engagement, run: RunDetails, save: Callable[[str, NotebookNode], Path], tmp_path: Path
) -> Callable[..., Path]:
    """Publish notebooks given by step number; return the folder of the site."""

    def publish(
        findings: tuple[Finding, ...] = (), forbidden: dict[Any, set[str]] | None = None, **books: Any
    ) -> Path:
        paths = {name.replace("step", "").replace("_", "."): save(name, made) for name, made in books.items()}
        publish_site(
            engagement=engagement, run_folder=tmp_path / "run", notebooks=paths, findings=list(findings),
            run=run, forbidden=forbidden or {},
        )  # fmt: skip
        return tmp_path / "run" / "site"

    return publish


@pytest.fixture
def make() -> SimpleNamespace:
    """The builders of miniature notebooks."""
    return SimpleNamespace(shown=shown, cell=cell, text=text, book=book)

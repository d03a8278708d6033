"""Files speak of the product alone: links lead somewhere, no machine is named."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

# Written in pieces, so that this file does not hold what it looks for.
MACHINE = ["/" + folder + "/" for folder in ("work", "root")]
INDEX = ["--index" + "-url", "--extra-index" + "-url", "--find" + "-links", "/simple" + "/"]


def tracked(root: Path) -> list[Path]:
    """Files that are in the repository or about to be."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(listing, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("this copy is no git checkout")
    return [path for name in done.stdout.split("\0") if name and (path := root / name).is_file()]


def holding(root: Path, words: list[str]) -> list[str]:
    """Names of the files in which one of the words occurs."""
    return [
        str(path.relative_to(root))
        for path in tracked(root)
        if any(word.encode() in path.read_bytes() for word in words)
    ]


def links(path: Path) -> list[str]:
    """Relative links of a Markdown file, without anchors."""
    found = re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8"))
    return [link.split("#")[0] for link in found if not link.startswith(("http", "mailto:", "#"))]


def test_no_file_names_a_folder_of_one_machine(root: Path) -> None:
    assert holding(root, MACHINE) == []


def test_no_file_names_a_package_index(root: Path) -> None:
    assert holding(root, INDEX) == []


def test_no_file_but_tests_leans_on_a_folder_outside(root: Path) -> None:
    outside = holding(root, ["../" + "shared", "parents[2].parent"])
    assert [name for name in outside if not name.startswith("tests/")] == []


def test_every_link_in_the_documents_leads_somewhere(root: Path) -> None:
    documents = [path for path in tracked(root) if path.suffix == ".md"]
    assert root / "docs" / "decisions.md" in documents
    assert [
        f"{path.name}: {link}"
        for path in documents
        for link in links(path)
        if not (path.parent / link).exists()
    ] == []


def test_every_document_is_linked_from_the_readme_or_contributing(root: Path) -> None:
    text = "".join((root / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md"))
    assert [path.name for path in (root / "docs").glob("*.md") if f"docs/{path.name}" not in text] == []


@pytest.mark.parametrize(
    "name", ["reviewkit/py.typed", "LICENSE", "CHANGELOG.md", "params/engagement.schema.json"]
)
def test_file_promised_is_there(root: Path, name: str) -> None:
    assert (root / name).is_file()


@pytest.mark.parametrize(
    "name", ["runs/x/latest/site/index.html", ".venv/bin/python", "notebooks/week1/.ipynb_checkpoints/a"]
)
def test_results_are_ignored(root: Path, name: str) -> None:
    done = subprocess.run(["git", "check-ignore", "-q", name], cwd=root, check=False)
    assert done.returncode == 0

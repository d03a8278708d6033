"""The Makefile documents itself and has the targets people are told of."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

PROMISED = ("setup", "demo", "test", "lab", "run", "check", "clean", "help")


def targets(root: Path) -> set[str]:
    """Names of the targets meant for people."""
    text = (root / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z][a-z-]*):(?!=)", text, re.M))


def help_text(root: Path) -> str:
    """What plain ``make`` prints."""
    done = subprocess.run(["make"], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.parametrize("name", PROMISED)
def test_target_promised_is_there(root: Path, name: str) -> None:
    assert name in targets(root)


def test_help_documents_every_target(root: Path) -> None:
    shown = set(re.findall(r"^  ([a-z-]+) +\S", help_text(root), re.M))
    assert shown == targets(root)


def test_targets_are_phony(root: Path) -> None:
    text = (root / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", text, re.M)
    assert phony is not None
    assert set(phony[1].split()) == targets(root)


def recipe(root: Path, target: str) -> str:
    """The commands of a target."""
    text = (root / "Makefile").read_text(encoding="utf-8")
    return text.split(f"\n{target}: ")[1].split("\n\n")[0]


@pytest.mark.parametrize(
    "tool", ["ruff format --check", "ruff check", "mypy", "lint-imports", "nbstripout --verify"]
)
def test_check_runs_every_tool(root: Path, tool: str) -> None:
    assert f"$(BIN)/{tool}" in recipe(root, "check")


def test_hook_and_ci_run_the_same_check(root: Path) -> None:
    hook = (root / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    ci = (root / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert "entry: make check" in hook
    assert ci[-2:] == ["make check", "make test"]


@pytest.mark.parametrize(
    "folder", ["--ignore tests/e2e", "--nbval-lax --nbval-current-env notebooks", "tests/e2e\n"]
)
def test_test_runs_library_notebooks_and_whole_runs(root: Path, folder: str) -> None:
    assert folder in recipe(root, "test") + "\n"

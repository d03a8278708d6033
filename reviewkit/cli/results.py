"""An engagement's folders of results, wherever they are: runs and exports found and removed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from reviewkit.run.home import Home

EXPORTS = "exports"


@dataclass(frozen=True)
class Results:
    """Runs, the workbench and copies somebody made; and exports, each edition of a run by itself."""

    homes: tuple[Home, ...]

    @classmethod
    def of(cls, name: str, params: Path, runs: Path | None) -> Results:
        """Return the results of an engagement: in ``runs``, or else in the places where they are made.

        Those are ``runs`` in the working folder, and beside the folder of the params file.
        """
        from reviewkit.run.home import Home

        # As `reviewkit run` and the notebooks do.
        places = [runs] if runs else [Path("runs"), params.resolve().parent.parent / "runs"]
        one_each = {place.resolve(): place for place in reversed(places)}
        # A folder that was named may well hold nothing of this engagement; one that was not, may not.
        there = [place for place in reversed(one_each.values()) if (place if runs else place / name).is_dir()]
        return cls(tuple(Home(place, name) for place in there))

    def runs(self) -> list[Path]:
        """Return the folders of results that are no exports."""
        return [path for home in self.homes for path in _folders(home.folder) if path.name != EXPORTS]

    def exports(self) -> list[Path]:
        """Return the folders of exports, one an edition of a run."""
        runs = [run for home in self.homes for run in _folders(home.folder / EXPORTS)]
        return [edition for run in runs for edition in _folders(run)]

    def loose(self) -> list[Path]:
        """Return files that somebody put among the exports."""
        places = [home.folder / EXPORTS for home in self.homes]
        places += [run for place in places for run in _folders(place)]
        found = (path for place in places if place.is_dir() for path in sorted(place.iterdir()))
        return [path for path in found if path.is_file()]

    def removed(self, folders: list[Path]) -> bool:
        """Remove some of the folders; whether one is left."""
        left = [home for home in self.homes if _removed(home, folders)]
        return bool(left)


def _folders(place: Path) -> list[Path]:
    if not place.is_dir():
        return []
    return sorted(path for path in place.iterdir() if path.is_dir() and not path.is_symlink())


def _removed(home: Home, folders: list[Path]) -> bool:
    """Remove those of the folders that are in a home; whether one is left."""
    from reviewkit.publish.index import publish_index
    from reviewkit.run.home import LATEST

    mine = [folder for folder in folders if folder.is_relative_to(home.folder)]
    latest = home.folder / LATEST
    if latest.is_symlink() and latest.resolve() in {folder.resolve() for folder in mine}:
        latest.unlink()
    for folder in sorted(mine, key=lambda one: -len(one.parts)):  # exports before what they are in
        home.remove(folder)
        _without_empty(folder.parent, home.folder)
    left = [folder for folder in mine if folder.exists()]
    for folder in left:
        typer.echo(f"{folder}: cannot be removed; remove it yourself", err=True)
    if (index := home.folder.parent / "index.html").is_file():
        publish_index(index.parent)
    if len(mine) > len(left):
        typer.echo("Runs and exports removed; the next run builds the pages anew.")
    return bool(left)


def _without_empty(folder: Path, top: Path) -> None:
    """Remove the folders that exports were in, where nothing is in them any more."""
    while folder != top and folder.is_relative_to(top) and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent

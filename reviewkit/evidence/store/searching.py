"""Which files name a person, and where: for somebody to mend what reviewkit does not write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reviewkit.model import Engagement, InputError

from .address import address
from .person import Person
from .texts import Unreadable, texts

SHOWN = 5
_PARTIAL = (".partial", ".pyc", ".lock")


@dataclass(frozen=True)
class Held:
    """A file that names the person, and in which places; ``unread`` where its words cannot be read."""

    file: Path
    places: tuple[str, ...] = ()
    unread: bool = False

    def __str__(self) -> str:
        if self.unread:
            return f"{self.file}: cannot be searched; look at it yourself"
        more = len(self.places) - SHOWN
        shown = ", ".join(self.places[:SHOWN]) + (f" and {more} more" if more > 0 else "")
        return f"{self.file}: {shown}"


def client_files(engagement: Engagement, params: Path, also: Iterable[Path] = ()) -> list[Path]:
    """Return the files that reviewkit reads and never writes: params, data, notebooks, codebook.

    Parameters
    ----------
    also : other files, or folders of them, such as those that notes were imported from.

    Raises
    ------
    InputError : one of ``also`` is not there.
    """
    folders = [params.parent / engagement.data]
    if engagement.notebooks:
        folders.append(params.parent / engagement.notebooks)
    for place in also:
        if not place.exists():
            raise InputError("there is no such file or folder", file=place, key="--also")
        folders.append(place)
    files = [params, *([params.parent / engagement.codebook] if engagement.codebook else [])]
    for folder in folders:
        inside = (path for path in folder.rglob("*") if path.is_file())
        files += [folder] if folder.is_file() else sorted(inside)
    store = address(engagement, params).file
    own = {Path(f"{store}{end}").resolve() for end in ("", "-wal", "-shm", "-journal")} if store else set()
    # A folder may be named in two ways: each file is told once, as it was named first.
    once = {path.parent.resolve() / path.name: path for path in reversed(files)}
    found = [path for path in files if once.pop(path.parent.resolve() / path.name, None)]
    return [path for path in found if path.is_file() and path.resolve() not in own]


def holding(files: Iterable[Path], person: Person) -> Iterator[Held]:
    """Give each file that names the person, or whose words cannot be read."""
    for path in files:
        if path.suffix in _PARTIAL:
            continue
        places = ["its name"] if person.is_named_in(path.name) else []
        try:
            found = [place for place, text in texts(path) if person.is_named_in(text)]
        except Unreadable:
            yield Held(path, tuple(places), unread=not places)
            continue
        places += [place or "its text" for place in dict.fromkeys(found)]
        if places:
            yield Held(path, tuple(places))


def holds(folder: Path, person: Person) -> bool:
    """Whether any file below a folder names the person; stops at the first."""
    files = sorted((path for path in folder.rglob("*") if path.is_file()), key=_evidence_first)
    return any(not held.unread for held in holding(files, person))


def _evidence_first(path: Path) -> tuple[bool, str]:
    return "evidence" not in path.parts, str(path)

"""Where an engagement's evidence store is: a SQLite file, or a PostgreSQL database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from reviewkit.model import Engagement, InputError, with_secrets

FILE = "evidence.sqlite"
_NETWORK = (
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "afs",
    "9p",
    "ceph",
    "lustre",
    "glusterfs",
    "gpfs",
    "beegfs",
)
_MOUNTED = ("fuse.sshfs", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs")


@dataclass(frozen=True)
class Address:
    """A store's place: ``file`` for SQLite, ``url`` (with its password) for PostgreSQL.

    ``label`` names it to people and holds no secret.
    """

    label: str
    file: Path | None = None
    url: str = ""


def address(engagement: Engagement, params: Path) -> Address:
    """Return where the engagement's store is, or would be made.

    Raises
    ------
    InputError : the address is of another kind of database, names an environment variable that is
        not set, or is a SQLite file on a network drive.
    """
    folder = params.parent / engagement.data
    given = engagement.store
    if given is None:
        return _on_file(folder / FILE)
    if given.startswith("sqlite:"):
        return _on_file(folder / _path(given))
    if given.startswith("postgresql://"):
        return Address(label=given, url=with_secrets(given))
    raise InputError(
        "the evidence store is kept in SQLite or PostgreSQL",
        file=params,
        key="store",
        fix="Write sqlite:NAME.sqlite or postgresql://USER:${PASSWORD}@HOST/DATABASE.",
    )


def _path(given: str) -> str:
    """The path in an address: ``sqlite:a.sqlite``, ``sqlite:///a.sqlite`` or ``sqlite:////data/a.sqlite``."""
    path = given.removeprefix("sqlite:")
    return path.removeprefix("///") if path.startswith("///") else path


def _on_file(file: Path) -> Address:
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:  # a system that does not tell
        mounts = ""
    kind = network_drive(file.resolve(), mounts)
    if kind:
        raise InputError(
            f"is on a network drive ({kind}), where SQLite loses what several people write",
            file=file,
            fix="Name a local file, or a PostgreSQL database, under 'store' in the params file.",
        )
    return Address(label=str(file), file=file)


def network_drive(path: Path, mounts: str) -> str:
    """Return the kind of network drive a path is on; empty where it is on none, or none is known.

    Parameters
    ----------
    mounts : as Linux lists them in ``/proc/self/mounts``.

    Examples
    --------
    >>> mounts = "/dev/sda1 / ext4 rw 0 0\\nserver:/team /mnt/team nfs4 rw 0 0"
    >>> network_drive(Path("/mnt/team/acme/evidence.sqlite"), mounts)
    'nfs4'
    >>> network_drive(Path("/mnt/teamwork/evidence.sqlite"), mounts)
    ''
    """
    best, kind = -1, ""
    for line in mounts.splitlines():
        parts = line.split()
        if len(parts) < 3:
            continue
        point = PurePosixPath(parts[1].replace("\\040", " "))
        if PurePosixPath(path).is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), parts[2]
    return kind if kind in (*_NETWORK, *_MOUNTED) else ""

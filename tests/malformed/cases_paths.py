"""Ways to spoil where files and databases are."""

from __future__ import annotations

from pathlib import Path

from .world import FILES, KPIS, PARAMS, Case, Spoil, added, both, changed, data, params

K = "kpis.csv"


def _link(target: str, name: str = K) -> Spoil:
    def spoil(folder: Path) -> None:
        (folder / "outside.csv").write_text(KPIS)
        (folder / "data" / name).unlink()
        (folder / "data" / name).symlink_to(target)

    return spoil


def _linked_folder(folder: Path) -> None:
    (folder / "elsewhere").mkdir()
    (folder / "elsewhere" / K).write_text(KPIS)
    (folder / "data" / "sub").symlink_to(folder / "elsewhere")
    changed("{file: kpis.csv}", "{file: sub/kpis.csv}")(folder)


def _folder_for_file(folder: Path) -> None:
    (folder / "data" / K).unlink()
    (folder / "data" / K).mkdir()


def _at(file: str) -> Spoil:
    return changed("{file: kpis.csv}", "{file: '" + file + "'}")


PATHS = [
    Case("paths out of the folder", "two dots", _at("../outside.csv"), ("tiny.yaml", "sources.kpis")),
    Case(
        "paths out of the folder",
        "two dots within",
        _at("sub/../../outside.csv"),
        ("tiny.yaml", "sources.kpis"),
    ),
    Case("paths out of the folder", "from the root", _at("/etc/passwd.csv"), ("tiny.yaml", "sources.kpis")),
    Case("paths out of the folder", "a drive", _at("C:\\kpis.csv"), ("tiny.yaml", "sources.kpis")),
    Case("paths out of the folder", "backslashes", _at("..\\outside.csv"), ("tiny.yaml", "sources.kpis")),
    Case("paths out of the folder", "a pattern", _at("../*.parquet"), ("tiny.yaml", "sources.kpis")),
    Case("paths out of the folder", "a web address", _at("https://example.org/kpis.csv"), ("kpis.csv",)),
    Case("symlinks", "to a file outside", _link("../outside.csv"), (K, "outside")),
    Case("symlinks", "to a file of the system", _link("/etc/hostname"), (K, "outside")),
    Case("symlinks", "to a device without end", _link("/dev/zero"), (K,)),
    Case("symlinks", "to nothing", _link("nowhere.csv"), (K,)),
    Case("symlinks", "to itself", _link(K), (K,)),
    Case("symlinks", "a folder", _linked_folder, (K, "outside")),
    Case(
        "no such file", "taken away", lambda folder: (folder / "data" / K).unlink(), (K, "no such data file")
    ),
    Case("no such file", "a folder in its place", _folder_for_file, (K,)),
    Case("no such file", "empty name", _at(""), ("tiny.yaml", "sources.kpis")),
    Case(
        "no such file",
        "null byte in the name",
        changed("{file: kpis.csv}", '{file: "k\\0pis.csv"}'),
        ("tiny.yaml",),
    ),
    Case("no such file", "name too long", _at("k" * 5000 + ".csv"), ("tiny.yaml", "sources.kpis")),
    Case("no such file", "pattern without files", _at("kpis-*.parquet"), ("kpis-*.parquet",)),
    Case(
        "no such file",
        "no table at all",
        both(
            params(PARAMS[: PARAMS.index("sources:")] + PARAMS[PARAMS.index("measures:") :]),
            *(lambda folder, name=name: (folder / "data" / name).unlink() for name in FILES),
        ),
        ("data", "no table"),
    ),
    Case(
        "secrets missing",
        "of a database",
        both(
            changed("{file: kpis.csv}", "{database: w, table: kpis}"),
            lambda folder: (folder / "tiny.yaml").write_text(
                (folder / "tiny.yaml").read_text()
                + "databases: {w: 'postgresql://a:${NOT_SET_ANYWHERE}@localhost/x'}\n"
            ),
        ),
        ("NOT_SET_ANYWHERE", "not set"),
    ),
    Case(
        "databases",
        "no such file",
        both(
            changed("{file: kpis.csv}", "{database: w, table: kpis}"),
            lambda folder: (folder / "tiny.yaml").write_text(
                (folder / "tiny.yaml").read_text() + "databases: {w: 'duckdb:nowhere.duckdb'}\n"
            ),
        ),
        ("w",),
    ),
    Case(
        "databases",
        "no database in the file",
        both(
            changed("{file: kpis.csv}", "{database: w, table: kpis}"),
            data("w.duckdb", b"not a database" * 500),
            lambda folder: (folder / "tiny.yaml").write_text(
                (folder / "tiny.yaml").read_text() + "databases: {w: 'duckdb:w.duckdb'}\n"
            ),
        ),
        ("w",),
    ),
]

_CODES = {
    "nothing": "",
    "no headings": "codes: []\n",
    "no codes": "headings: []\n",
    "heading nobody knows": "headings: [{id: a, name: A}]\ncodes: [{id: b, name: B, heading: c}]\n",
    "an alias": "headings: &h [a]\ncodes: *h\n",
    "a tag": "headings: !!python/name:os.system\n",
    "entry a word": "headings: [a]\ncodes: []\n",
}
CODEBOOKS = [
    Case(
        "codebooks",
        name,
        both(
            added("codebook: codes.yaml"), lambda folder, text=text: (folder / "codes.yaml").write_text(text)
        ),
        ("codes.yaml",),
    )
    for name, text in _CODES.items()
]

CASES = [*PATHS, *CODEBOOKS]

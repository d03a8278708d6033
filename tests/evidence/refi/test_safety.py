"""Files made to do harm, or damaged, are refused in one line that names the file."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from reviewkit.evidence.refi import package, read_codebook, read_project
from reviewkit.model import InputError

from .conftest import CODES, Make, coding, selection, source

LAUGHS = """<?xml version="1.0"?><!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes/></CodeBook>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE p [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code guid="x" name="&a;"/></Codes></CodeBook>"""


def _refused(path: Path) -> str:
    with pytest.raises(InputError) as error:
        read_project(path)
    told = str(error.value)
    assert told.startswith(str(path)) and "\n" not in told
    return told


@pytest.mark.parametrize("text", [LAUGHS, OUTSIDE])
def test_entities_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "book.qdc").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="declares a document type or entities"):
        read_codebook(tmp_path / "book.qdc")


def test_an_archive_that_grows_without_measure_is_refused(make: Make) -> None:
    assert "would grow" in _refused(make("", {"Sources/a.txt": b"\0" * 50_000_000}))


def test_a_part_that_points_out_of_the_archive_is_refused(make: Make) -> None:
    assert "points out of the archive" in _refused(make("", {"../../evil.txt": "x"}))


def test_a_text_too_large_is_refused(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "LARGEST_TEXT", 1024 * 1024)
    text = "".join(f"{number} weeks. " for number in range(120_000))
    path = make(f"<Sources>{source(10, '', path='internal://a.txt')}</Sources>", {"Sources/a.txt": text})
    assert "holds a part larger than 1 MB" in _refused(path)


def test_texts_too_large_together_are_refused(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "LARGEST_TEXTS", 100)
    inner = "".join(source(10 + n, "", path=f"internal://{n}.txt") for n in range(3))
    path = make(
        f"<Sources>{inner}</Sources>", {f"Sources/{n}.txt": "It takes too long. " * 3 for n in range(3)}
    )
    assert "its texts are more than" in _refused(path)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is no REFI-QDA project: it is not an archive"),
        (b"PK\x03\x04 and then nothing", "is no REFI-QDA project: it is not an archive"),
        (b"<Project/>", "is no REFI-QDA project: it is not an archive"),
    ],
)
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "p.qdpx").write_bytes(content)
    assert told in _refused(tmp_path / "p.qdpx")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "there is no such file" in _refused(tmp_path / "p.qdpx")


def test_an_archive_without_a_project_or_with_two_is_refused(make: Make) -> None:
    assert "holds no project" in _refused(make("", qde="readme.txt"))
    assert "holds 2 projects" in _refused(make("", {"other.qde": "<Project/>"}))


def test_xml_cut_short_is_told_with_its_line(tmp_path: Path, make: Make) -> None:
    path = tmp_path / "cut.qdpx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", "<Project>\n<Users>")
    assert "line 2: is no valid XML" in _refused(path)


def test_other_xml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.qdpx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", "<html/>")
    assert "neither a REFI-QDA project nor a codebook" in _refused(path)


def test_a_part_whose_bytes_were_changed_is_told(make: Make) -> None:
    inner = (
        CODES
        + f"<Sources>{source(10, selection(20, 0, 4, coding(30, 2)), path='internal://a.txt')}</Sources>"
    )
    path = make(inner)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("Sources/a.txt", "It takes too long.", zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"It takes too long.", b"It takes so, long."))
    assert "is damaged" in _refused(path)

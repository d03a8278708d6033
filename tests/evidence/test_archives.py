from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest

from reviewkit.evidence.archives import check_archive
from reviewkit.model import InputError


def archive(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return path


def refusal(path: Path, **limits: int) -> str:
    with pytest.raises(InputError) as caught:
        check_archive(path, **limits)
    told = str(caught.value)
    assert "\n" not in told
    assert path.name in told
    return told


def test_an_honest_archive_passes(tmp_path: Path) -> None:
    check_archive(archive(tmp_path / "a.docx", {"word/document.xml": b"<a/>" * 100, "word/": b""}))


def test_a_small_archive_may_repeat_itself(tmp_path: Path) -> None:
    check_archive(archive(tmp_path / "a.docx", {"a.xml": b" " * 1_000_000}))


def test_an_archive_that_grows_a_thousand_times_is_refused(tmp_path: Path) -> None:
    assert "times when unpacked" in refusal(archive(tmp_path / "a.docx", {"a": bytes(5_000_000)}))


def test_an_archive_over_the_limit_is_refused_though_it_hardly_grows(tmp_path: Path) -> None:
    import random

    path = archive(tmp_path / "a.xlsx", {"a": random.Random(1).randbytes(3_000_000)})
    check_archive(path)
    assert "more than 2 MB" in refusal(path, largest=2 * 1024 * 1024)


def test_sizes_of_many_parts_are_added_up(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.xlsx", {f"p{n}": bytes(300_000) for n in range(20)})
    assert "times when unpacked" in refusal(path)


def test_an_archive_that_declares_less_than_it_holds_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.xlsx", {"a": bytes(4_000_000)})
    raw = path.read_bytes()
    lied = raw.replace((4_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lied != raw
    path.write_bytes(lied)
    assert "damaged" in refusal(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_that_declares_entities_is_refused(tmp_path: Path, encoding: str) -> None:
    bomb = '<!-- x --><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    assert "entities" in refusal(archive(tmp_path / "a.docx", {"word/document.xml": bomb.encode(encoding)}))


def test_entities_that_are_somebodys_words_pass(tmp_path: Path) -> None:
    check_archive(archive(tmp_path / "a.zip", {"notes.txt": b"<!ENTITY>", "a.xml": b"<a>&lt;!ENTITY</a>"}))


@pytest.mark.parametrize("name", ["../a", "/etc/a", "x/../../a", "C:/a", "..\\a", "\\\\host\\a"])
def test_a_part_that_points_out_of_the_archive_is_refused(tmp_path: Path, name: str) -> None:
    assert "points out" in refusal(archive(tmp_path / "a.qdpx", {"ok": b"", name: b"x"}))


def test_a_link_in_the_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.odt"
    with zipfile.ZipFile(path, "w") as made:
        link = zipfile.ZipInfo("content.xml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")
    assert "link" in refusal(path)


def test_a_locked_archive_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.docx", {"a": b"x"})
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    assert "password" in refusal(path)


@pytest.mark.parametrize("content", [b"", b"PK", b"no archive at all", b"PK\x03\x04" + bytes(60)])
def test_rubbish_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    assert "damaged" in refusal(path)


def test_a_cut_archive_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.docx", {"a": b"some words" * 100})
    path.write_bytes(path.read_bytes()[:-30])
    assert "damaged" in refusal(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "a.docx")
    (tmp_path / "b.docx").mkdir()
    assert "cannot be read" in refusal(tmp_path / "b.docx")

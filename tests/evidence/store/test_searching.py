"""Files that name a person, whatever kind of file, each with the place to mend."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from reviewkit.evidence.store.person import Person
from reviewkit.evidence.store.searching import client_files, holding, holds

from .conftest import Place

PERSON = Person("P014", ("Ermintrude O'Dowd",), others=("Ann Dowd",))
WORD = (
    "<w:p><w:r><w:t>{}</w:t></w:r></w:p><w:p><w:r><w:t>Ask Ermin</w:t></w:r><w:r><w:t>trude</w:t></w:r></w:p>"
)


def text(path: Path, content: str = "Nothing\nAsk Ermintrude", encoding: str = "utf-8") -> None:
    path.write_text(content, encoding=encoding)


def workbook(path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Staff").append(["id", "name"])
    book["Staff"].append([1, "Ermintrude O'Dowd"])
    book.save(path)


def word(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", WORD)


def parquet(path: Path) -> None:
    pd.DataFrame({"n": [1, 2], "agent": ["P1", "P014"]}).to_parquet(path)


MAKE = {
    "a.csv": lambda path: text(path, 'name,text\nAnn,"two\nlines"\nBo,so said p014\n'),
    "b.csv": lambda path: text(path, "name;site\nErmintrude O’Dowd;North\n", "utf-16"),
    "c.txt": text,
    "d.md": lambda path: text(path, "Señor\nErmintrude", "cp1252"),
    "e.xlsx": workbook,
    "f.docx": word,
    "g.parquet": parquet,
    "h.json": lambda path: text(path, json.dumps({"a": [{"b": "ermintrude o\u2019dowd"}]})),
    "i.html": lambda path: text(path, "<p>1</p>\n<p>Ermintrude O&#39;Dowd</p>"),
    "j.jsonl": lambda path: text(path, '{"a": 1}\n{"a": "Ermintrude O\\u2019Dowd"}\n'),
    "jj.jsonl": lambda path: text(path, '{"a": "one\u2028line"}\n{"a": "Ermintrude"}\n'),
    "k.vtt": lambda path: text(path, "WEBVTT\n\n<v Ermintrude O'Dowd>Well"),
    "ermintrude o'dowd.txt": lambda path: text(path, "nothing"),
}
PLACES = {
    "a.csv": "row 3",
    "b.csv": "row 2",
    "c.txt": "line 2",
    "d.md": "line 2",
    "e.xlsx": "sheet Staff, row 2",
    "f.docx": "paragraph 2",
    "g.parquet": "row 2",
    "h.json": "its text",
    "i.html": "line 2",
    "j.jsonl": "line 2",
    "jj.jsonl": "line 2",
    "k.vtt": "line 3",
    "ermintrude o'dowd.txt": "its name",
}


@pytest.mark.parametrize("name", MAKE)
def test_a_file_that_names_the_person_is_told_with_the_place(tmp_path: Path, name: str) -> None:
    MAKE[name](tmp_path / name)
    (held,) = holding([tmp_path / name], PERSON)
    assert str(held) == f"{tmp_path / name}: {PLACES[name]}"


def test_many_places_are_counted(tmp_path: Path) -> None:
    text(tmp_path / "a.txt", "Ermintrude\n" * 9)
    (held,) = holding([tmp_path / "a.txt"], PERSON)
    assert str(held).endswith("line 1, line 2, line 3, line 4, line 5 and 4 more")


@pytest.mark.parametrize("name", ["old.doc", "broken.docx", "broken.xlsx", "broken.parquet", "broken.json"])
def test_a_file_whose_words_cannot_be_read_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"PK\x03\x04\x00\x00 not what it says \x00\xff")
    (held,) = holding([tmp_path / name], PERSON)
    assert held.unread and str(held).endswith("cannot be searched; look at it yourself")


def test_files_about_others_are_not_told(tmp_path: Path) -> None:
    text(tmp_path / "a.txt", "Ann Dowd and P0144 and ermintrudes")
    assert list(holding([tmp_path / "a.txt"], PERSON)) == []


def test_files_of_an_engagement_are_all_but_its_store(on_sqlite: Place) -> None:
    with on_sqlite.open():
        folder = on_sqlite.file.parent
        (folder / "notes").mkdir()
        text(folder / "notes/i1.txt")
        text(folder / "kpis.csv")
        found = client_files(on_sqlite.engagement, on_sqlite.params)
    assert [path.name for path in found] == ["acme.yaml", "kpis.csv", "i1.txt"]


def test_a_folder_holds_a_person_where_one_of_its_files_does(tmp_path: Path) -> None:
    (tmp_path / "run/evidence").mkdir(parents=True)
    text(tmp_path / "run/page.html", "nobody")
    assert not holds(tmp_path / "run", PERSON)
    parquet(tmp_path / "run/evidence/contacts.parquet")
    assert holds(tmp_path / "run", PERSON)

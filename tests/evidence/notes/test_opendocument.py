from __future__ import annotations

import zipfile
from pathlib import Path

import odfdo
import pytest

from reviewkit.evidence.notes import read_notes
from reviewkit.model import InputError

_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)


def of_content(path: Path, inner: str, before: str = "") -> Path:
    content = (
        f"<?xml version='1.0'?>{before}<office:document-content {_NAMES}><office:body><office:text>"
        f"{inner}</office:text></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    return path


def test_a_document_of_a_library_is_read_in_order(tmp_path: Path) -> None:
    document = odfdo.Document("text")
    document.body.clear()
    document.body.append(odfdo.Header(1, "What works well here?"))
    document.body.append(odfdo.List(["People help.", "The rota."]))
    table = odfdo.Table("t", width=2, height=1)
    table.set_values([["Priya Shah", "We wait."]])
    document.body.append(table)
    document.body.append(odfdo.Paragraph("Last words."))
    document.save(str(tmp_path / "a.odt"))
    found = read_notes(tmp_path / "a.odt").passages
    assert [(one.kind, one.speaker, one.text) for one in found] == [
        ("heading", "", "What works well here?"),
        ("item", "", "People help."),
        ("item", "", "The rota."),
        ("words", "Priya Shah", "We wait."),
        ("words", "", "Last words."),
    ]


def test_deleted_words_and_comments_are_left_out(tmp_path: Path) -> None:
    inner = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>never</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:p>We<text:s text:c='2'/><text:span>wait</text:span><office:annotation><text:p>who?</text:p>"
        "</office:annotation> a lot<text:note><text:p>a note</text:p></text:note>.</text:p>"
    )
    found = read_notes(of_content(tmp_path / "a.odt", inner)).passages
    assert [one.text for one in found] == ["We wait a lot."]


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = "<!DOCTYPE x [<!ENTITY a 'lol'><!ENTITY b '&a;&a;'>]>"
    with pytest.raises(InputError, match="entities"):
        read_notes(of_content(tmp_path / "a.odt", "<text:p>&b;</text:p>", bomb))


def test_a_document_type_alone_is_refused_by_no_reader(tmp_path: Path) -> None:
    path = of_content(
        tmp_path / "a.odt", "<text:p>Words here.</text:p>", "<!DOCTYPE office:document-content>"
    )
    assert [one.text for one in read_notes(path).passages] == ["Words here."]


@pytest.mark.parametrize(
    "content", ["", "<a/>", "<a>", "no xml", "<office:body/>", "<?xml version='1.0' encoding='UTFh8'?><a/>"]
)
def test_what_is_no_document_is_a_fault_of_one_line(tmp_path: Path, content: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.odt", "w") as archive:
        archive.writestr("content.xml", content)
    with pytest.raises(InputError, match="damaged") as caught:
        read_notes(tmp_path / "a.odt")
    assert "\n" not in str(caught.value)


def test_a_document_nested_too_deep_is_a_fault_of_one_line(tmp_path: Path) -> None:
    deep = "<text:section>" * 5000 + "<text:p>x</text:p>" + "</text:section>" * 5000
    with pytest.raises(InputError, match=r"nested|damaged"):
        read_notes(of_content(tmp_path / "a.odt", deep))

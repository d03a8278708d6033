"""Projects and codebooks of other programs are read as they stand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from reviewkit.evidence.refi import read_codebook, read_project
from reviewkit.model import InputError

from .conftest import CODES, Make, coding, guid, selection, source

SAID = "It takes too long. We wait for weeks."


def test_a_real_project_is_read_and_what_is_missing_is_counted(reference: Path) -> None:
    project = read_project(reference / "atlasti84_project.qdpx")
    assert (len(project.users), len(project.codes), len(project.codings)) == (3, 14, 10)
    assert len(project.selections) == 9
    assert project.left_out["texts that are not in the file"] == 8
    assert project.left_out["pictures"] == 1
    assert project.left_out["films"] == 2
    assert project.left_out["sound recordings"] == 1


def test_words_of_a_missing_text_are_taken_from_a_name_as_long_as_the_passage(reference: Path) -> None:
    words = {each.start: each.words for each in read_project(reference / "atlasti84_project.qdpx").selections}
    assert words[139] == "Oh, that was great. See you tomorrow? Eleven thirty. Mm."
    assert words[688] == ""  # named "damage done by fatty foods" by a person


def test_a_passage_of_a_pdf_given_on_the_page_and_in_its_text_is_one(reference: Path) -> None:
    project = read_project(reference / "atlasti84_project.qdpx")
    granola = [each for each in project.selections if each.words == "granola"]
    assert [(each.start, each.end) for each in granola] == [(62, 69)]
    assert sum(each.selection == granola[0].guid for each in project.codings) == 1


def test_a_codebook_with_empty_sets_is_read(reference: Path) -> None:
    assert [code.name for code in read_codebook(reference / "taguette_codebook.qdc")] == [
        "interesting",
        "people",
    ]


def test_codes_nest_at_any_depth_and_guids_in_braces_are_the_same(make: Make) -> None:
    codes = read_codebook(make(CODES))
    assert [(code.name, code.parent, code.codable) for code in codes] == [
        ("Work", "", False),
        ("Morale", guid(1), True),
        ("Staffing and workload", guid(2), True),
        ("Parking", "", True),
    ]
    assert codes[1].description == "How people feel."


def test_codes_nested_very_deep_are_read(make: Make) -> None:
    depth = 3_000
    opened = "".join(f'<Code guid="{guid(n)}" name="c{n}" isCodable="true">' for n in range(depth))
    path = make(f"<CodeBook><Codes>{opened}{'</Code>' * depth}</Codes></CodeBook>")
    assert len(read_codebook(path)) == depth


def test_the_project_may_have_any_name_in_the_archive(make: Make) -> None:
    inner = CODES + f"<Sources>{source(10, '', text=SAID)}</Sources>"
    assert read_project(make(inner, qde="Überblick 2.QDE")).sources[0].text == SAID


def test_texts_are_found_beside_the_project_with_or_without_a_mark(make: Make) -> None:
    inner = f"""<Sources>
      {source(10, selection(20, 19, 37, coding(30, 2)), path="internal://a.txt")}
      {source(11, "", path="internal://b.txt")}</Sources>"""
    parts = {"sources/A.TXT": b"\xef\xbb\xbf" + SAID.encode(), "Sources/b.txt": SAID}
    project = read_project(make(CODES + inner, parts))
    assert [each.text for each in project.sources] == [SAID, SAID]
    assert project.selections[0].words == "We wait for weeks."


def test_a_word_file_is_read_by_its_plain_text(make: Make) -> None:
    inner = (
        f'<Sources><TextSource guid="{guid(10)}" name="I1.docx" richTextPath="internal://a.docx" '
        f'plainTextPath="internal://a.txt">{selection(20, 0, 18, coding(30, 2))}</TextSource></Sources>'
    )
    project = read_project(make(CODES + inner, {"Sources/a.docx": b"PK", "Sources/a.txt": SAID}))
    assert project.selections[0].words == "It takes too long."


def test_missing_texts_are_counted_and_files_outside_are_not_opened(make: Make, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    paths = ("internal://gone.txt", "relative:///secret.txt", f"file://{tmp_path}/secret.txt")
    inner = "".join(source(10 + number, "", path=path) for number, path in enumerate(paths))
    project = read_project(make(f"<Sources>{inner}</Sources>"))
    assert [each.text for each in project.sources] == [None, None, None]
    assert project.left_out == {"texts that are not in the file": 3}


def test_overlapping_passages_of_several_coders_are_all_read(make: Make) -> None:
    marked = (
        selection(20, 0, 18, coding(30, 2, 91), coding(31, 3, 92)),
        selection(21, 3, 26, coding(32, 2, 92)),
        selection(22, 0, 18, coding(33, 2, 92), coding(34, 2, 92)),
    )
    project = read_project(make(CODES + f"<Sources>{source(10, ''.join(marked), text=SAID)}</Sources>"))
    assert [each.words for each in project.selections] == [SAID[0:18], SAID[3:26], SAID[0:18]]
    given = {(each.selection[-2:], each.code[-1], each.user[-2:]) for each in project.codings}
    assert given == {("20", "2", "91"), ("20", "3", "92"), ("21", "2", "92"), ("22", "2", "92")}
    assert project.codings[0].at == dt.datetime(2025, 3, 4, 10, tzinfo=dt.UTC)


def test_a_coding_without_a_user_is_that_of_who_marked_the_passage_or_made_the_project(make: Make) -> None:
    marked = selection(20, 0, 18, coding(30, 2, None)).replace(
        "startPosition", f'creatingUser="{guid(92)}" startPosition', 1
    )
    inner = CODES + f"<Sources>{source(10, marked, text=SAID)}</Sources>"
    assert read_project(make(inner)).codings[0].user == guid(92)


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (5, 5), (9, 3), (0, 999), ("two", 4)])
def test_a_passage_that_is_not_in_its_text_is_counted_and_left_out(make: Make, start: int, end: int) -> None:
    inner = CODES + f"<Sources>{source(10, selection(20, start, end, coding(30, 2)), text=SAID)}</Sources>"
    project = read_project(make(inner))
    assert not project.selections
    assert project.left_out == {"passages whose place is not in the text": 1}


def test_a_source_coded_as_a_whole_is_one_passage(make: Make) -> None:
    project = read_project(make(CODES + f"<Sources>{source(10, coding(30, 2), text=SAID)}</Sources>"))
    assert [each.words for each in project.selections] == [SAID]
    assert project.allowances == {"sources coded as a whole, each read as one passage": 1}


def test_transcripts_of_films_are_read_by_their_points_in_time(make: Make) -> None:
    inner = f"""<Sources><VideoSource guid="{guid(10)}" name="film">
      <Transcript guid="{guid(11)}" plainTextPath="internal://t.txt">
        <SyncPoint guid="{guid(12)}" timeStamp="0" position="0"/>
        <SyncPoint guid="{guid(13)}" timeStamp="9" position="18"/>
        <TranscriptSelection guid="{guid(14)}" fromSyncPoint="{guid(12)}" toSyncPoint="{guid(13)}">
          {coding(30, 2)}</TranscriptSelection></Transcript></VideoSource></Sources>"""
    project = read_project(make(CODES + inner, {"Sources/t.txt": SAID}))
    assert project.selections[0].words == "It takes too long."
    assert project.left_out == {"films": 1}


def test_memos_and_what_is_known_of_sources_are_read(make: Make) -> None:
    inner = f"""{CODES}
      <Variables><Variable guid="{guid(80)}" name="Level" typeOfVariable="Text"/></Variables>
      <Cases><Case guid="{guid(81)}" name="First Person"><VariableValue><VariableRef targetGUID="{guid(80)}"/>
        <TextValue>front line</TextValue></VariableValue><SourceRef targetGUID="{guid(10)}"/></Case></Cases>
      <Sources>{source(10, selection(20, 0, 18, coding(30, 2, note=70)), text=SAID)}</Sources>
      <Notes><Note guid="{guid(70)}"><PlainTextContent>Said twice.</PlainTextContent></Note></Notes>"""
    project = read_project(make(inner))
    assert project.codings[0].memo == "Said twice."
    assert project.cases[0].sources == (guid(10),)
    assert dict(project.cases[0].values) == {"Level": "front line"}


def test_a_codebook_given_as_a_project_is_told(reference: Path) -> None:
    with pytest.raises(InputError, match="is a codebook and holds no remarks"):
        read_project(reference / "taguette_codebook.qdc")

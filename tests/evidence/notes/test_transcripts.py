from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reviewkit.evidence.notes import read_notes
from reviewkit.model import InputError

TEAMS = """WEBVTT

d1a2b3c4-0001-4e5f/12-0
00:00:03.120 --> 00:00:05.480
<v Dana Reviewer>What works well here</v>

d1a2b3c4-0001-4e5f/12-1
00:00:05.480 --> 00:00:08.010
<v Dana Reviewer>that you would not want to lose?</v>

d1a2b3c4-0001-4e5f/15-0
00:00:09.000 --> 00:00:12.000
<v Shah, Priya (Operations)>We look after
each other &amp; <i>laugh</i>.</v>
"""
ZOOM = """WEBVTT

1
00:00:16.239 --> 00:00:27.079
Dana Reviewer: What should we stop doing?

2
00:00:27.079 --> 00:00:30.000
Tomasz Nowak: Typing everything twice. One idea: a single screen.

3
00:00:30.000 --> 00:00:33.000
and it would save an hour.

4
00:01:02:000 --> broken

5
00:01:10.000 --> 00:01:12.000
Dana Reviewer: Thank you.
"""
Write = Callable[[str, bytes | str], Path]


def turns(path: Path) -> list[tuple[str, str, str]]:
    return [(one.place, one.speaker, one.text) for one in read_notes(path).passages]


@pytest.mark.parametrize(
    "encoded",
    [
        TEAMS.encode(),
        TEAMS.replace("\n", "\r\n").encode(),
        TEAMS.encode("utf-8-sig"),
        TEAMS.encode("utf-16"),
        TEAMS.replace("\n", "\r").encode(),
    ],
    ids=["plain", "crlf", "bom", "utf-16", "cr"],
)
def test_a_teams_transcript_is_read_as_turns(write: Write, encoded: bytes) -> None:
    assert turns(write("a.vtt", encoded)) == [
        ("00:00:03", "Dana Reviewer", "What works well here that you would not want to lose?"),
        ("00:00:09", "Shah, Priya (Operations)", "We look after each other & laugh."),
    ]


def test_a_zoom_transcript_is_read_as_turns(write: Write) -> None:
    assert turns(write("a.vtt", ZOOM)) == [
        ("00:00:16", "Dana Reviewer", "What should we stop doing?"),
        (
            "00:00:27",
            "Tomasz Nowak",
            "Typing everything twice. One idea: a single screen. and it would save an hour.",
        ),
        ("00:01:10", "Dana Reviewer", "Thank you."),
    ]


def test_two_voices_in_one_cue_are_two_turns(write: Write) -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:04.000\n<v A Bee>Hello.</v>\n<v.loud C Dee>Good morning.</v>\n"
    assert [turn[1:] for turn in turns(write("a.vtt", text))] == [
        ("A Bee", "Hello."),
        ("C Dee", "Good morning."),
    ]


def test_cues_without_names_are_put_together_to_sentences(write: Write) -> None:
    cues = [
        f"00:{n:02}.000 --> 00:{n + 1:02}.000\n{w}\n"
        for n, w in enumerate(["We wait", "a lot.", "Why?", "No idea."])
    ]
    found = turns(write("a.vtt", "WEBVTT\n\n" + "\n".join(cues)))
    assert [turn[2] for turn in found] == ["We wait a lot. Why?", "No idea."]


def test_notes_and_styles_in_a_transcript_are_no_words(write: Write) -> None:
    before = "WEBVTT - x\n\nNOTE made by a machine\n\nSTYLE\n::cue {}\n\n"
    text = before + "00:01.000 --> 00:02.000\n<v A B>Hello there.\n"
    assert [turn[2] for turn in turns(write("a.vtt", text))] == ["Hello there."]


@pytest.mark.parametrize("text", ["not a transcript at all", "1\n00:00:01,000 --> 00:00:02,000\nwords\n"])
def test_what_is_no_transcript_is_a_fault_of_one_line(write: Write, text: str) -> None:
    with pytest.raises(InputError, match="no WebVTT"):
        read_notes(write("a.vtt", text))


def test_a_transcript_without_words_is_a_fault_of_one_line(write: Write) -> None:
    with pytest.raises(InputError, match="holds no words"):
        read_notes(write("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v A B></v>\n"))


def test_a_recording_of_a_whole_day_is_read(write: Write) -> None:
    cue = "{0:02}:{1:02}:{2:02}.000 --> {0:02}:{1:02}:{2:02}.900\n<v Priya Shah>word number {3}</v>\n"
    cues = [cue.format(n // 3600, n // 60 % 60, n % 60, n) for n in range(20_000)]
    (turn,) = turns(write("a.vtt", "WEBVTT\n\n" + "\n".join(cues)))
    assert turn[2].endswith("word number 19999")

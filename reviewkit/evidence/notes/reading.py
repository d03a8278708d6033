"""A file of notes as passages, whatever program wrote it."""

from __future__ import annotations

from pathlib import Path

from reviewkit.model import InputError

from .decoding import raw_bytes, read_text
from .facts import split_facts, tidied
from .passages import Notes, Passage
from .questions import is_question

TEXTS = {".txt", ".text", ".md", ".markdown"}
TABLES = {".csv", ".tsv", ".xlsx", ".xlsm", ".ods"}
KINDS = TEXTS | TABLES | {".docx", ".odt", ".vtt"}
"""Endings of the files that are read."""
_INSTEAD = {
    ".xls": ".xlsx",
    ".doc": ".docx",
    ".rtf": ".docx",
    ".pdf": ".docx",
    ".srt": ".vtt",
    ".docm": ".docx",
}


def read_notes(path: Path) -> Notes:
    """Read one file of notes.

    Word (``.docx``), OpenDocument (``.odt``), transcripts (``.vtt``), text and Markdown, and tables
    of comments (CSV and workbooks), told by the ending.

    Raises
    ------
    InputError : it is of another kind, damaged, unsafe or empty, or no column of comments is
        recognised; the message names the file, and the row where there is one.
    """
    try:
        notes = _read(path)
    except RecursionError:
        raise InputError(
            "is nested deeper than notes are", file=path, fix="Save its words as plain text."
        ) from None
    if not any(passage.kind != "heading" for passage in notes.passages):
        raise InputError("holds no words", file=path, fix="Take it out, or save it again.")
    return notes


def _read(path: Path) -> Notes:
    kind = path.suffix.lower()
    if kind not in KINDS:
        instead = _INSTEAD.get(kind)
        fix = f"Save it as {instead}." if instead else f"Kinds read: {', '.join(sorted(KINDS))}."
        raise InputError("is of a kind that is not read", file=path, fix=fix)
    if kind in TABLES:
        return _table(path, kind)
    guessed = ""
    if kind == ".docx":
        from .word import word_passages

        raw_bytes(path)
        passages = word_passages(path)
    elif kind == ".odt":
        from .opendocument import opendocument_passages

        raw_bytes(path)
        passages = opendocument_passages(path)
    else:
        text, guessed = read_text(path)
        passages = _text(text, kind, path)
    found, kept = split_facts(passages)
    facts, told = tidied(found)
    return Notes(path.stem, tuple(kept), facts, (*_said(guessed), *told))


def _text(text: str, kind: str, path: Path) -> list[Passage]:
    if kind == ".vtt":
        from .transcript import turns

        return turns(text, path)
    from .plain import blocks

    return blocks(text)


def _table(path: Path, kind: str) -> Notes:
    from .grid import csv_comments, workbook_comments

    if kind in (".csv", ".tsv"):
        comments, guessed = csv_comments(path, is_question)
    else:
        comments, guessed = workbook_comments(path, is_question), ""
    return Notes(path.stem, tuple(comments), told=_said(guessed), survey=True)


def _said(guessed: str) -> tuple[str, ...]:
    return (f"its encoding was guessed: {guessed}; look at its accents and quotes",) if guessed else ()

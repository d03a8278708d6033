"""Codebooks written to files, and what a file would change in the codebook that is there."""

from __future__ import annotations

from pathlib import Path

from reviewkit.content import Codebook, read_codebook
from reviewkit.model import InputError
from reviewkit.model.files import write_whole

from .change import Change, edit
from .table_form import as_csv, from_csv

WRITTEN = (".csv", ".qdc", ".yaml")
READ = (".csv", ".qdc", ".qdpx", ".yaml", ".yml")


def write_codebook_file(codebook: Codebook, path: Path) -> None:
    """Write a codebook by the ending of the path: CSV, REFI-QDA (.qdc) or YAML.

    CSV and YAML hold all of each code. REFI-QDA has no place for cue phrases, measures, causes, action
    areas and for what is retired. Where codings went stays in the evidence store.

    Raises
    ------
    InputError : the path ends otherwise.
    """
    suffix = path.suffix.lower()
    if suffix == ".qdc":
        from reviewkit.evidence.refi import write_codebook

        write_codebook(codebook, path)
    elif suffix == ".csv":
        write_whole(path, as_csv(codebook))
    elif suffix == ".yaml":
        write_whole(path, as_yaml(codebook))
    else:
        raise InputError(f"ends in none of {', '.join(WRITTEN)}", file=path)


def as_yaml(codebook: Codebook) -> str:
    """Return a codebook as the YAML of an engagement's own, its version in it."""
    from reviewkit.evidence.refi import as_yaml as written

    data = {
        "version": codebook.version,
        "headings": [heading.model_dump(mode="json") for heading in codebook.headings.values()],
        "codes": [code.model_dump(mode="json") for code in codebook.codes.values()],
    }
    return written(data)


def read_codebook_file(path: Path, codebook: Codebook) -> tuple[Change | None, list[str]]:
    """Return what a file would change in a codebook, and the codes in use that the file does not have.

    Codes are matched by id, those of REFI-QDA as projects' are: by our mark, id, name or nearest name.
    What is not in the file stays as it is: retire or merge it if that is meant.

    Returns
    -------
    The change, None where the file says nothing new; ids of codes in use that it leaves out.

    Raises
    ------
    InputError : the file cannot be read, or has a fault; place and next step are named.
    """
    suffix = path.suffix.lower()
    if suffix not in READ:
        raise InputError(f"ends in none of {', '.join(READ)}", file=path)
    if suffix == ".csv":
        other = from_csv(path)
    elif suffix in (".qdc", ".qdpx"):
        other = _from_refi(path, codebook)
    else:
        other = read_codebook(path)
    entries = [code for id, code in other.codes.items() if codebook.codes.get(id) != code]
    headings = [each for id, each in other.headings.items() if codebook.headings.get(id) != each]
    missing = [id for id in codebook.active.codes if id not in other.codes]
    return (edit(entries, headings) if entries or headings else None), missing


def _from_refi(path: Path, codebook: Codebook) -> Codebook:
    """The codebook of a REFI-QDA file, its codes under our ids where they are ours, with our cue phrases."""
    from tempfile import TemporaryDirectory

    from reviewkit.evidence.refi import codebook_yaml, match_codes, said_of
    from reviewkit.evidence.refi import read_codebook as read_codes
    from reviewkit.evidence.refi.codes import parents

    read = read_codes(path)
    with TemporaryDirectory() as folder:
        made = Path(folder) / "codebook.yaml"
        made.write_text(codebook_yaml(read), encoding="utf-8")
        theirs = read_codebook(made)
    ours = {each.name.casefold(): id for id, each in codebook.headings.items()}
    under = {id: ours.get(each.name.casefold(), id) for id, each in theirs.headings.items()}
    headings = {under[id]: codebook.headings.get(under[id], each) for id, each in theirs.headings.items()}
    matched, above = match_codes(read, codebook).ids, parents(read)
    # The codes of the YAML stand in the order of those read that can be coded with.
    codable = [code for code in read if code.codable or code.guid not in above]
    codes = {}
    for code, found in zip(codable, theirs.codes.values(), strict=True):
        mine = codebook.codes.get(matched.get(code.guid, ""))
        words = {name: text for name, text in said_of(code).items() if text} | {"name": found.name}
        entry = found if mine is None else mine.model_copy(update=words)
        codes[entry.id] = entry.model_copy(update={"heading": under[found.heading]})
    return theirs.model_copy(update={"headings": headings, "codes": codes})

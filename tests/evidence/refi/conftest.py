"""Projects made for a test: XML as other programs write it, in an archive."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Make = Callable[..., Path]
REFERENCE = Path(__file__).parents[2] / "reference" / "refi"


def guid(number: int) -> str:
    return f"00000000-0000-0000-0000-{number:012d}"


@pytest.fixture
def reference() -> Path:
    return REFERENCE


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Write a ``.qdpx`` of the given XML inside ``Project``, and its parts."""

    def write(
        inner: str,
        parts: Mapping[str, str | bytes] | None = None,
        *,
        qde: str = "project.qde",
        name: str = "p.qdpx",
    ) -> Path:
        path = tmp_path / name
        head = '<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns="urn:QDA-XML:project:1.0" name="P">'
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(qde, f"{head}{inner}</Project>")
            for part, content in (parts or {}).items():
                archive.writestr(part, content)
        return path

    return write


CODES = f"""<Users>
  <User guid="{guid(91)}" name="First Person"/><User guid="{guid(92)}" name="Second Person"/></Users>
<CodeBook><Codes>
  <Code guid="{guid(1)}" name="Work" isCodable="false">
    <Code guid="{{{guid(2).lower()}}}" name="Morale" isCodable="true">
      <Description>How people feel.</Description>
      <Code guid="{guid(3)}" name="Staffing and workload" isCodable="true"/>
    </Code>
  </Code>
  <Code guid="{guid(4)}" name="Parking" isCodable="true"/>
</Codes></CodeBook>"""


def selection(number: int, start: int, end: int, *codings: str, name: str = "") -> str:
    named = f' name="{name}"' if name else ""
    return (
        f'<PlainTextSelection guid="{guid(number)}"{named} startPosition="{start}" endPosition="{end}">'
        f"{''.join(codings)}</PlainTextSelection>"
    )


def coding(number: int, code: int, user: int | None = 91, note: int | None = None) -> str:
    by = f' creatingUser="{guid(user)}"' if user else ""
    noted = f'<NoteRef targetGUID="{guid(note)}"/>' if note else ""
    return (
        f'<Coding guid="{guid(number)}"{by} creationDateTime="2025-03-04T10:00:00Z">'
        f'<CodeRef targetGUID="{guid(code)}"/>{noted}</Coding>'
    )


def source(number: int, inner: str, *, name: str = "I1", path: str = "", text: str | None = None) -> str:
    where = f' plainTextPath="{path}"' if path else ""
    held = f"<PlainTextContent>{text}</PlainTextContent>" if text is not None else ""
    return f'<TextSource guid="{guid(number)}" name="{name}"{where}>{held}{inner}</TextSource>'

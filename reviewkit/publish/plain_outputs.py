"""What notebooks that are not ours show: text, tables and pictures, made safe to stand in a page.

Such outputs say nothing of whom they may be shown to. They are kept on a page of the team that stands
alone, never in the site of an engagement.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from reviewkit.model import InputError
from reviewkit.present.view import MIME

from .branding import clean_svg
from .sanitise import sanitise

if TYPE_CHECKING:
    from nbformat import NotebookNode

UNDESCRIBED = "Picture made by the notebook, which does not describe it"


def plain_count(notebook: NotebookNode) -> int:
    """Return how many outputs of a notebook are not views of ours; warnings do not count."""
    outputs = [
        output for cell in notebook.cells if cell.cell_type == "code" for output in cell.get("outputs", [])
    ]
    return sum(MIME not in output.get("data", {}) and output.get("name") != "stderr" for output in outputs)


def plain_html(output: Mapping[str, Any]) -> str:
    """Return what an output shows, as safe HTML: a table, a picture, else its text.

    What could run (scripts, widgets) is dropped, warnings too. A failure is told by its name alone: its
    message may hold rows of data.

    >>> print(plain_html({"output_type": "stream", "name": "stdout", "text": "a < b"}))
    <pre class="rk-output">a &lt; b</pre>
    >>> print(plain_html({"output_type": "error", "ename": "KeyError", "evalue": "'Ann'"}))
    <p class="rk-note">This cell failed (KeyError).</p>
    """
    kind = output.get("output_type")
    if kind == "error":
        return Markup('<p class="rk-note">This cell failed ({}).</p>').format(output.get("ename", "error"))
    if kind == "stream":
        return "" if output.get("name") == "stderr" else _text(_joined(output.get("text")))
    data, metadata = output.get("data", {}), output.get("metadata", {})
    return (
        _table(_joined(data.get("text/html")))
        or _picture(data, metadata)
        or _text(_joined(data.get("text/plain")))
    )


def _table(html: str) -> str:
    """A table or other HTML; scripts are gone, headings of columns and rows are named as such."""
    if not html:
        return ""
    kept = re.sub(r"<(?:script|style)\b.*?</(?:script|style)\s*>", "", html, flags=re.S | re.I)
    kept = re.sub(r"<thead\b.*?</thead>", lambda found: _scoped(found[0], "col"), kept, flags=re.S)
    kept = re.sub(r"<tbody\b.*?</tbody>", lambda found: _scoped(found[0], "row"), kept, flags=re.S)
    if "<caption" not in kept:
        kept = re.sub(r"<table\b[^>]*>", "<table><caption>Table made by the notebook</caption>", kept)
    clean = sanitise(re.sub(r"<(/?)h[1-6]\b[^>]*>", r"<\1p>", kept))
    if "<table" in clean:
        return f'<div class="rk-scroll" role="region" tabindex="0" aria-label="Table">{clean}</div>'
    return clean if re.sub(r"<[^>]*>|\s", "", clean) else ""


def _scoped(rows: str, scope: str) -> str:
    return re.sub(r"<th\b(?![^>]*\bscope=)", f'<th scope="{scope}"', rows)


def _picture(data: Mapping[str, Any], metadata: Mapping[str, Any]) -> str:
    for kind in ("image/png", "image/jpeg", "image/svg+xml"):
        made = _joined(data.get(kind))
        if not made:
            continue
        told = metadata.get(kind, {}) if isinstance(metadata.get(kind), Mapping) else {}
        words = str(told.get("alt") or metadata.get("alt") or UNDESCRIBED)
        source = _address(kind, made)
        if source:
            picture = '<figure class="rk-chart"><img class="rk-picture" src="{}" alt="{}"><figcaption>{}'
            return Markup(picture + "</figcaption></figure>").format(source, words, words)
    return ""


def _address(kind: str, made: str) -> str:
    """The picture as an address that holds it; empty where it is none."""
    try:
        content = (
            clean_svg(made).encode() if kind == "image/svg+xml" else base64.b64decode(made, validate=False)
        )
    except (InputError, binascii.Error):
        return ""
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def _text(text: str) -> str:
    # Colours of a terminal would stand as odd letters.
    plain = re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", text).rstrip()
    return Markup('<pre class="rk-output">{}</pre>').format(plain) if plain else ""


def _joined(text: Any) -> str:
    return "".join(text) if isinstance(text, list) else text if isinstance(text, str) else ""

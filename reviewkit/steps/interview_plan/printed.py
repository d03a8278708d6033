"""Guides and forms to print: a page each where they fit, with room to write."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from markupsafe import Markup

from reviewkit.content import Form
from reviewkit.disclosure import LEVEL_WORDS
from reviewkit.model.files import write_whole

ROWS = 6
"""Rows of a form that can be tall on one page."""
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
STYLE = Path(__file__).with_name("printable.css")


def write_forms(
    path: Path,
    guides: Mapping[tuple[str, str], pd.DataFrame],
    forms: Mapping[str, Form],
    script: list[str],
) -> Path:
    """Write one page of HTML to print: the opening script, a guide for each key, and the forms.

    Parameters
    ----------
    guides : (level, department) -> what :func:`reviewkit.voices.guide` returns; an empty department
        stands for all.
    forms : forms by id; ``script`` the paragraphs read out first.

    Returns
    -------
    ``path``. The file loads nothing and holds no names.
    """
    pieces = [_script(script)]
    pieces += [_guide(level, department, table) for (level, department), table in guides.items()]
    pieces += [_form(form) for form in forms.values()]
    page = Markup(
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="{}">'
        "<title>Interview guides and forms</title><style>{}</style></head><body>{}</body></html>\n"
    ).format(POLICY, Markup(STYLE.read_text(encoding="utf-8")), Markup("").join(pieces))
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, str(page))
    return path


def _script(script: list[str]) -> Markup:
    rows = Markup("").join(Markup("<li>{}</li>").format(line) for line in script)
    return Markup("<section><h1>Before the first question</h1><ol>{}</ol>{}</section>").format(
        rows, _head("Interview", "On the record: yes / no", "Attribution: role / broad / none", "Date")
    )


def _guide(level: str, department: str, table: pd.DataFrame) -> Markup:
    title = LEVEL_WORDS.get(level, level) + (f", {department}" if department else "")
    ask, rest = (table[(table["part"] == "ask") == wanted] for wanted in (True, False))
    asked = Markup("").join(
        Markup('<li><b>{}. {}</b> <span class="probe">{}</span>{}</li>').format(
            place, row["text"], row["probes"], Markup('<div class="lines"></div>') * 2
        )
        for place, row in enumerate(ask.to_dict("records"), start=1)
    )
    more = Markup("").join(Markup("<li>{}</li>").format(text) for text in rest["text"])
    also = Markup('<h2>If there is time</h2><ul class="more">{}</ul>').format(more) if len(rest) else ""
    return Markup('<section><h1>Interview guide: {}</h1>{}<ol class="ask">{}</ol>{}</section>').format(
        title, _head("Interview", "Date", "Interviewer"), asked, also
    )


def _form(form: Form) -> Markup:
    heads = Markup("").join(
        Markup('<th scope="col">{}{}</th>').format(
            field.label, Markup('<br><span class="hint">{}</span>').format(" ".join(field.choices))
            if field.choices else "",
        )
        for field in form.fields
    )  # fmt: skip
    row = Markup("<tr>{}</tr>").format(Markup("<td></td>") * len(form.fields))
    tall = Markup(' class="tall"') if form.rows <= ROWS else ""
    columns = Markup("").join(
        Markup('<col class="w{}">').format(4 if field.lines > 1 else 2) for field in form.fields
    )
    steps = Markup("").join(Markup("<li>{}</li>").format(line) for line in form.instructions)
    return Markup(
        "<section><h1>{}</h1><p>{}</p><ol>{}</ol><table{}><colgroup>{}</colgroup><thead><tr>{}</tr></thead><tbody>{}</tbody></table></section>"
    ).format(form.title, form.purpose, steps, tall, columns, heads, row * form.rows)


def _head(*labels: str) -> Markup:
    spans = Markup("").join(Markup("<span>{}</span>").format(label) for label in labels)
    return Markup('<div class="head">{}</div>').format(spans)

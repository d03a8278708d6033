"""Pages made ready for paper: what a link led to on a screen is named, or is on a sheet of the same file."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

_ID = re.compile(r'( id=")([^"]+)"')
_NAMING = re.compile(r'( (?:aria-labelledby|aria-describedby|headers|for)=")([^"]+)"')
_WITHIN = re.compile(r'( (?:xlink:)?href="#|url\(#)([\w.-]+)')
_TO_PAGE = re.compile(r'(<a\b[^>]*?) href="([^"#]+)(?:#([^"]*))?"')
_EVIDENCE = re.compile(r'(<a class="rk-trail"[^>]*>evidence)(<span class="rk-hidden"> for ([\w.]+))')
_STYLE = re.compile(r"<style>(.*?)</style>", re.S)
_BODY = re.compile(r'<body class="([^"]*)" data-mark="([^"]*)">(.*)</body>', re.S)
_LEFT_OUT = re.compile(
    r'<a class="rk-skip".*?</a>|<nav class="rk-(?:menu|steps)".*?</nav>'
    r'|<details class="rk-data">.*?</details>',
    re.S,
)


def single(page: str) -> str:
    """Return a page for a PDF of its own: links to other pages would lead to this computer's folders.

    >>> single('<a class="rk-trail" href="e.html#f">evidence<span class="rk-hidden"> for 1.1/a</span></a>')
    '<a class="rk-trail">evidence 1.1<span class="rk-hidden"> for 1.1/a</span></a>'
    """
    return _EVIDENCE.sub(r"\1 \3\2", _TO_PAGE.sub(r"\1", page))


def together(pages: Mapping[str, str], title: str) -> str:
    """Return all pages of an edition as one, each on sheets of its own, with the links between them kept.

    Parameters
    ----------
    pages : file name -> page, in the order they shall have.
    """
    names = {name: f"p{number}" for number, name in enumerate(pages)}
    first = next(iter(pages))  # keeps its ids: the style of the summary knows its sections by them
    parts, marks, styles = [], [], dict[str, None]()
    for name, page in pages.items():
        found = _BODY.search(page)
        if found is None:
            continue
        classes, mark, body = found.groups()
        styles |= dict.fromkeys(_STYLE.findall(page))
        marks.append(mark)
        own = "" if name == first else f"{names[name]}-"
        inner = _moved(_LEFT_OUT.sub("", body), own, names, first)
        parts.append(f'<div class="rk-sheet {classes}" id="{names[name]}">{inner}</div>')
    language = re.search(r'<html lang="([\w-]+)"', next(iter(pages.values())))
    added = ".rk-sheet{break-before:page}.rk-sheet:first-child{break-before:auto}"
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    # A sheet of an unsettled page must not look settled: the least settled mark stands on all.
    mark = next((one for one in ("Draft", "Changed") if one in marks), marks[0] if marks else "")
    return (
        f'<!DOCTYPE html><html lang="{language[1] if language else "en"}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"><title>{html.escape(title)}</title>'
        f"<style>{''.join(styles)}</style><style>{added}</style></head>"
        f'<body data-mark="{mark}">{"".join(parts)}</body></html>'
    )


def _moved(body: str, own: str, names: Mapping[str, str], first: str) -> str:
    """Put ``own`` before the ids of a page, so that those of two pages differ, and lead links to sheets."""

    def naming(found: re.Match[str]) -> str:
        return f'{found[1]}{" ".join(f"{own}{one}" for one in found[2].split())}"'

    def to_sheet(found: re.Match[str]) -> str:
        start, page, place = found.groups()
        if page not in names:
            return start
        sheet = names[page]
        there = (place if page == first else f"{sheet}-{place}") if place else sheet
        return f'{start} href="#{there}"'

    body = _ID.sub(rf'\g<1>{own}\g<2>"', body)
    body = _NAMING.sub(naming, body)
    body = _WITHIN.sub(rf"\g<1>{own}\g<2>", body)
    return _TO_PAGE.sub(to_sheet, body)

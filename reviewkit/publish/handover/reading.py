"""A published page read back: its words, lists, tables, quotes and charts, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import Comment, NavigableString

from .document import (
    Block,
    Figure,
    Heading,
    Items,
    Joint,
    Kind,
    Page,
    Quote,
    Role,
    Run,
    Section,
    Table,
    Tile,
    Tiles,
    Words,
)
from .keys import key_words

# What no XML file may hold, and what turns the direction of writing where nobody sees it.
_UNWRITABLE = re.compile(
    "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]"
)
_LEFT_OUT = ("rk-trail", "rk-data", "rk-hidden")
_ROLES: dict[str, Role] = {"rk-what": "what", "rk-why": "why"}


def written(text: str) -> str:
    """Return text as a file of Word or PowerPoint can hold it, white space made single.

    >>> written("a\\x00\\x1b  b\\n\\u202ec")
    'a b c'
    """
    return re.sub(r"\s+", " ", _UNWRITABLE.sub("", text))


def read_page(html: str) -> Page:
    """Read a published page.

    Raises
    ------
    ValueError : it is no page of a review: it has no main part or no heading.
    """
    soup = BeautifulSoup(html, "html.parser")
    main = soup.find("main")
    if not isinstance(main, Tag) or main.h1 is None:
        raise ValueError("no page of a review: it has no main part with a heading")
    opening = main.find(class_="rk-opening")
    footer = soup.find("footer", class_="rk-footer")
    return Page(
        title=_text(main.h1),
        client=_class(soup, "rk-client") or _logo(soup),
        status=_class(soup, "rk-badge"),
        edition=_class(soup, "rk-edition"),
        language=str(soup.html["lang"]) if soup.html and soup.html.get("lang") else "en",
        kicker=_class(soup, "rk-kicker"),
        simulated=_class(soup, "rk-simulated"),
        opening=tuple(_blocks(opening)) if isinstance(opening, Tag) else (),
        sections=tuple(_section(tag) for tag in main.find_all("section", recursive=False)),
        facts=tuple(_facts(footer)) if isinstance(footer, Tag) else (),
        closing=tuple(_text(p) for p in footer.find_all("p") if not p.a) if isinstance(footer, Tag) else (),
        style="".join(tag.get_text() for tag in soup.find_all("style")),
    )


def _section(tag: Tag) -> Section:
    return Section(_text(tag.h2) if tag.h2 else "", tuple(_blocks(tag)))


def _facts(footer: Tag) -> Iterator[tuple[str, str]]:
    for term in footer.find_all("dt"):
        value = term.find_next_sibling("dd")
        yield _text(term), _text(value) if value else ""


def _blocks(tag: Tag) -> Iterator[Block]:
    """Give what stands in an element, in order; what is only a frame is looked through."""
    for child in tag.children:
        if isinstance(child, Comment):
            continue
        if isinstance(child, NavigableString):
            if written(str(child)).strip():
                yield Words((Run(written(str(child)).strip()),))
        elif isinstance(child, Tag):
            yield from _block(child)


def _block(tag: Tag) -> Iterator[Block]:
    classes = _classes(tag)
    if tag.name in ("h1", "h2", "style", "svg", "nav") or classes & {*_LEFT_OUT, "rk-kicker"}:
        return
    if "rk-tiles" in classes:
        yield Tiles(tuple(_tile(item) for item in tag.find_all("li", recursive=False)))
    elif "rk-joint" in classes:
        inner = tuple(block for block in _blocks(tag) if not isinstance(block, Heading) or block.level > 3)
        yield Joint(_text(tag.h3) if tag.h3 else "", inner)
    elif tag.name == "figure":
        yield from _figure(tag)
    elif tag.name == "table":
        yield _table(tag)
    elif tag.name == "blockquote":
        by = _text(tag.footer) if tag.footer else ""
        said = " ".join(_text(p) for p in tag.find_all("p")) or _text(tag).removesuffix(by).strip()
        yield Quote(said, by)
    elif tag.name in ("ul", "ol"):
        start = str(tag.get("start") or "1")
        items = tuple(_words(item) for item in tag.find_all("li", recursive=False))
        yield Items(items, tag.name == "ol", int(start) if start.isdigit() else 1)
    elif re.fullmatch("h[3-6]", tag.name):
        yield Heading(_text(tag), int(tag.name[1]))
    elif tag.name == "dl":
        yield from (Words((Run(f"{name}: ", "strong"), Run(value))) for name, value in _facts(tag))
    elif tag.name in ("p", "summary", "pre", "figcaption"):
        made = _words(tag)
        if made.text:
            yield made
    else:
        yield from _blocks(tag)


def _words(tag: Tag) -> Words:
    """Words of a paragraph or item, with their roles; what leads elsewhere becomes its ids."""
    runs = [Run(written(text), role) for text, role in _runs(tag, "") if text]
    joined: list[Run] = []
    for run in runs:
        text = run.text.lstrip() if not joined or joined[-1].text.endswith(" ") else run.text
        if joined and joined[-1].role == run.role:
            joined[-1] = Run(joined[-1].text + text, run.role)
        elif text:
            joined.append(Run(text, run.role))
    while joined and not joined[-1].text.strip():
        joined.pop()
    if joined:
        joined[-1] = Run(joined[-1].text.rstrip(), joined[-1].role)
    return Words(tuple(joined), trail(tag), _kind(tag))


def _kind(tag: Tag) -> Kind:
    classes = _classes(tag)
    if tag.name == "summary":
        return "summary"
    if "rk-relation" in classes:
        return "relation"
    if classes & {"rk-note", "rk-source", "rk-missing"}:
        return "note"
    around = [_classes(parent) for parent in tag.parents]
    if any("rk-bottom" in one for one in around):
        return "bottom"
    return "lead" if any("rk-prose" in one for one in around) else ""


def _runs(tag: Tag, role: Role) -> Iterator[tuple[str, Role]]:
    for child in tag.children:
        if isinstance(child, Comment):
            continue
        if isinstance(child, NavigableString):
            yield str(child), role
        elif isinstance(child, Tag):
            classes = _classes(child)
            if child.name == "svg" or classes & set(_LEFT_OUT):
                continue
            named = next((_ROLES[name] for name in _ROLES if name in classes), None)
            stressed: Role = "strong" if child.name in ("strong", "b") else role
            if child.name in ("p", "ul", "ol", "li", "div", "br", "footer"):
                yield " ", role
            yield from _runs(child, named or stressed)


def trail(tag: Tag) -> tuple[str, ...]:
    """Return the ids of the findings that an element's words rest on."""
    found = [str(one["data-finding"]) for one in (tag, *tag.find_all()) if one.get("data-finding")]
    links = [link.find(class_="rk-hidden") for link in tag.find_all("a", class_="rk-trail")]
    found += [_text(link).removeprefix("for ") for link in links if isinstance(link, Tag)]
    return tuple(dict.fromkeys(written(one).strip() for one in found))


def _tile(item: Tag) -> Tile:
    label, value, direction = (_class(item, name) for name in ("rk-label", "rk-value", "rk-direction"))
    return Tile(label, value, direction, trail(item))


def _table(tag: Tag) -> Table:
    head = tag.thead.find_all("tr") if tag.thead else []
    cells = head[-1].find_all(["th", "td"]) if head else []
    body = [row for row in tag.find_all("tr") if row not in head]
    first = body[0].find_all(["th", "td"]) if body else []
    return Table(
        caption=_words(tag.caption).text if tag.caption else "",
        header=tuple(_wide(cells)),
        rows=tuple(tuple(_wide(row.find_all(["th", "td"]))) for row in body),
        numbers=frozenset(n for n, cell in enumerate(first) if "rk-number" in _classes(cell)),
        trail=trail(tag.caption) if tag.caption else (),
        row_trails=tuple(trail(row) for row in body),
    )


def _wide(cells: list[Tag]) -> Iterator[str]:
    """Give the texts of a row's cells; one that spans others is followed by empty ones."""
    for cell in cells:
        yield _words(cell).text
        span = str(cell.get("colspan") or "1")
        yield from [""] * (int(span) - 1 if span.isdigit() else 0)


def _figure(tag: Tag) -> Iterator[Block]:
    """Give a chart; a figure without one is its words alone."""
    canvas, keys = tag.find(class_="rk-canvas"), tag.find(class_="rk-keys")
    chart = tag.find("svg", class_="rk-svg")
    if not isinstance(canvas, Tag) or not isinstance(chart, Tag):
        yield from (block for child in tag.find_all(True, recursive=False) for block in _block(child))
        return
    after = [f"{n}: {_words(note).text}" for n, note in enumerate(tag.select(".rk-notes li"), 1)]
    after += [_words(p).text for p in tag.find_all("p", class_="rk-source")]
    yield Figure(
        title=_class(tag, "rk-title"),
        subtitle=_class(tag, "rk-subtitle"),
        alt=written(f"{chart.get('aria-label', '')} {key_words(keys)}").strip(),
        html=str(canvas) + (str(keys) if isinstance(keys, Tag) else ""),
        after=tuple(text for text in after if text),
        trail=trail(tag),
    )


def _classes(tag: Tag) -> set[str]:
    return set(tag.get_attribute_list("class")) - {None}


def _class(tag: Tag | BeautifulSoup, name: str) -> str:
    found = tag.find(class_=name)
    return _words(found).text if isinstance(found, Tag) else ""


def _logo(soup: BeautifulSoup) -> str:
    """A client's name where a logo stands in its place."""
    return "".join(str(logo["alt"]) for logo in soup.find_all("img", class_="rk-logo", alt=True))


def _text(tag: Tag) -> str:
    return written(tag.get_text(" ")).strip() if tag.find("svg") is None else _words(tag).text

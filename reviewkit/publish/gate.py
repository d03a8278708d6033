"""The gate: a page that breaks a promise is not published, and the reason is told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

from reviewkit.model import ReviewError

from .forbidden import Forbidden

LIMIT = 400_000
"""Most bytes a page may have."""
REFUSED_TAGS = {
    "script",
    "iframe",
    "object",
    "embed",
    "form",
    "input",
    "link",
    "base",
    "audio",
    "video",
    "foreignobject",
}
ADDRESSES = {
    "src",
    "href",
    "xlink:href",
    "srcset",
    "action",
    "formaction",
    "data",
    "poster",
    "background",
    "ping",
}
SPOKEN = {"alt", "aria-label", "title", "content", "data-finding", "id", "href"}
INLINE = {"a", "abbr", "b", "code", "em", "i", "small", "span", "strong", "sub", "sup", "tspan"}
VOID = {"area", "br", "col", "hr", "img", "meta", "wbr", "source"}


class Refused(ReviewError):
    """A page that may not be published.

    >>> print(Refused("index.html", "it holds a script"))
    page index.html is not published: it holds a script
    """

    def __init__(self, page: str, cause: str) -> None:
        super().__init__(page, cause)
        self.page, self.cause = page, cause

    def __str__(self) -> str:
        return f"page {self.page} is not published: {self.cause}"


@dataclass
class _Reader(HTMLParser):
    """Collects what the gate has to know of a page."""

    problems: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    open: list[tuple[str, bool]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name.lower(): value or "" for name, value in attrs}
        self.seen.add(tag)
        self._border(tag)
        if tag in REFUSED_TAGS:
            self.problems.append("it holds a script" if tag == "script" else f"it holds <{tag}>")
        if tag == "meta" and named.get("http-equiv", "").lower() == "refresh":
            self.problems.append("it sends the reader elsewhere")
        if tag == "meta" and named.get("http-equiv", "").lower() == "content-security-policy":
            self.seen.add("policy")
        for name, value in named.items():
            self._attribute(tag, name, value)
        if tag == "img" and "alt" not in named:
            self.problems.append("a picture has no alternative text")
        if tag == "svg" and not (named.get("aria-label", "").strip() or named.get("aria-hidden") == "true"):
            self.problems.append("a chart has no alternative text")
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag in ("figcaption", "caption") and self.open:
            self.open = [
                (t, True) if t == {"figcaption": "figure", "caption": "table"}[tag] else (t, c)
                for t, c in self.open
            ]
        if tag not in VOID:
            self.open.append((tag, False))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self._border(tag)
        while self.open:
            name, captioned = self.open.pop()
            if name in ("figure", "table") and not captioned:
                self.problems.append(f"a {'chart' if name == 'figure' else 'table'} has no caption")
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] == "style":
            if re.search(r"@import|url\(", data):
                self.problems.append("its style sheet loads something")
        else:
            self.words.append(data)

    def _border(self, tag: str) -> None:
        """Words on either side of a block do not run into one another."""
        if tag not in INLINE:
            self.words.append(" ")

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name.startswith("on"):
            self.problems.append(f"an element has the event handler {name}")
        if name in SPOKEN:
            self.words.append(f" {value} ")
        if name == "id":
            self.ids.append(value)
        if name in ADDRESSES and not re.fullmatch(r"(?:[\w.-]+/)*(?:[\w.-]+\.html)?(?:#[\w.-]+)?", value):
            self.problems.append(f"it has the outside address {value[:60]!r}")
        if name == "href" and value.startswith("#"):
            self.links.append(value[1:])
        if name == "style" and re.search(r"url\((?!#)", value):
            self.problems.append("a style loads something")


def check_page(name: str, html: str, *, forbidden: Forbidden | None = None) -> None:
    """Refuse a page that breaks a promise; return nothing where all is well.

    Parameters
    ----------
    name : the page, as it shall be called in a message, such as ``leadership/index.html``.
    html : the page.
    forbidden : names and words this edition may not see.

    Raises
    ------
    Refused : naming the page and the first cause found: script, event handler, outside address,
        missing alternative text or caption, a jump of headings, more than one h1, an id used
        twice, a link to nowhere on the page, more than 400 KB, or forbidden words.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    problems = [*reader.problems, *_size(html), *_headings(reader.headings), *_references(reader)]
    problems += [f"it has no {what}" for what in ("title", "main", "policy") if what not in reader.seen]
    if not re.match(r"<!DOCTYPE html>\s*<html lang=\"[\w-]+\"", html):
        problems.append("it does not name its language")
    if problems:
        raise Refused(name, problems[0])
    # Read twice: a name may be split by an inline tag, or stand right beside one.
    read = [joint.join(reader.words) for joint in ("", " ")]
    leak = next((found for text in read if (found := forbidden.found(text))), "") if forbidden else ""
    if leak:
        # The words themselves must not travel on in a log or an e-mail.
        raise Refused(
            name, f"it holds a name or words this edition may not see ({len(leak)} characters long)"
        )


def _size(html: str) -> list[str]:
    size = len(html.encode("utf-8"))
    return [f"it has {size // 1000} KB, more than {LIMIT // 1000}"] if size > LIMIT else []


def _headings(levels: list[int]) -> list[str]:
    if levels.count(1) != 1:
        return [f"it has {levels.count(1)} headings of the first level, not one"]
    jumps = [(a, b) for a, b in pairwise(levels) if b > a + 1]
    return [f"a heading of level {jumps[0][1]} follows one of level {jumps[0][0]}"] if jumps else []


def _references(reader: _Reader) -> list[str]:
    twice = (
        sorted({name for name in reader.ids if reader.ids.count(name) > 1})
        if len(set(reader.ids)) < len(reader.ids)
        else []
    )
    lost = sorted(set(reader.links) - set(reader.ids))
    return [f"the id {name!r} is used twice" for name in twice] + [
        f"the link #{name} leads nowhere" for name in lost
    ]

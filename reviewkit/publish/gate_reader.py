"""A page read as the gate has to know it: what is wrong with its parts, and the words on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from .sanitise import HTML_TAGS, SVG_TAGS

FRAME_TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "nav", "main", "section", "article", "h1",
    "bdi", "col", "colgroup", "img",
}  # fmt: skip
TAGS = FRAME_TAGS | HTML_TAGS | {tag.casefold() for tag in SVG_TAGS}
"""What a page is made of; anything else is refused, whatever it may be."""
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
PLACEHOLDER = re.compile(
    r"(?:an? )?(?:alt(?:ernative)? text|chart|diagram|figure|graph(?:ic)?|icon|image|img|logo|photo(?:graph)?"
    r"|picture|plot|svg|placeholder|untitled|unknown|none|null|nan|undefined|n/?a|to ?do|tb[acd]|x+)"
    r"(?: of(?: an?)?| description| here| goes here)?[\W\d]*"
    r"|no (?:alt|description|text)\b.*|.*\bdescription has been provided\b.*|figure size \d.*|matplotlib.*"
    r"|\S+\.(?:png|jpe?g|gif|svg|webp)|[\W\d]+",
    re.I,
)
"""What stands where nobody wrote what a picture shows; also an ending such as "Image of"."""
LOADS = re.compile(
    r"@import|image-set\(|\bsrc\(|expression\(|-moz-binding|behavior\s*:|url\((?!\s*[\"']?#)", re.I
)
"""What a style may fetch or run; parts of the page itself may be named."""
DATA_FILE = r"data/[\w-][\w.-]*\.(?:csv|xlsx)"
"""Where a file of data lies, as seen from the page that links to it."""
LOGO = r"data:image/(?:png|svg\+xml);base64,[A-Za-z0-9+/]+=*"
"""A picture that stands in the page itself; no browser runs or loads what is in one."""
SPOKEN = {"alt", "aria-label", "title", "content", "data-finding", "data-label", "id", "href"}
NAMING = {"title": "title", "caption": "caption", "figcaption": "caption"}
"""What must not be empty, beside headings."""
INLINE = {"a", "abbr", "b", "code", "em", "i", "small", "span", "strong", "sub", "sup", "tspan"}
VOID = {"area", "br", "col", "hr", "img", "meta", "wbr", "source"}


@dataclass
class Reader(HTMLParser):
    """Collects what the gate has to know of a page."""

    problems: list[tuple[str, str]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    open: list[tuple[str, bool]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    unsaid: str = ""
    titles: list[tuple[int, list[str]]] = field(default_factory=list)
    titling: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element and what is wrong with it."""
        named = {name.lower(): value or "" for name, value in attrs}
        self.seen.add(tag)
        self._border(tag)
        if tag not in TAGS:
            self._wrong("it holds a script" if tag == "script" else f"it holds <{tag}>")
        if tag == "meta" and named.get("http-equiv", "").lower() == "refresh":
            self._wrong("it sends the reader elsewhere")
        if tag == "meta" and named.get("http-equiv", "").lower() == "content-security-policy":
            self.seen.add("policy")
        for name, value in named.items():
            self._attribute(tag, name, value)
        self._pictured(tag, named)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag in NAMING or re.fullmatch(r"h[1-6]", tag):
            self.unsaid = tag
        if tag == "h2":
            self.titles.append((len(self.words), []))
            self.titling = True
        if tag in ("figcaption", "caption") and self.open:
            self.open = [
                (t, True) if t == {"figcaption": "figure", "caption": "table"}[tag] else (t, c)
                for t, c in self.open
            ]
        if tag not in VOID:
            self.open.append((tag, False))

    def sections(self) -> Iterator[tuple[str, list[str]]]:
        """Give each heading of the second level with the words from there to the next."""
        ends = [*(start for start, _ in self.titles[1:]), len(self.words)]
        for (start, title), end in zip(self.titles, ends, strict=False):
            yield " ".join("".join(title).split()), self.words[start:end]

    def _wrong(self, what: str) -> None:
        """Note what is wrong, and below which heading."""
        title = self.titles[-1][1] if self.titles else []
        self.problems.append((what, " ".join("".join(title).split())))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that ends where it begins."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note what an element should have held and did not."""
        self._border(tag)
        self.titling = self.titling and tag != "h2"
        if tag == self.unsaid:
            self._wrong(f"a {NAMING.get(tag, 'heading')} is empty")
        while self.open:
            name, captioned = self.open.pop()
            if name in ("figure", "table") and not captioned:
                self._wrong(f"a {'chart' if name == 'figure' else 'table'} has no caption")
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        """Keep the words; look into a style sheet."""
        if self.open and self.open[-1][0] == "style":
            if LOADS.search(_plain_style(data)):
                self._wrong("its style sheet loads something")
        else:
            self.words.append(data)
            if self.titling:
                self.titles[-1][1].append(data)
            self.unsaid = "" if data.strip() else self.unsaid

    def _pictured(self, tag: str, named: Mapping[str, str]) -> None:
        """A picture or chart says in words what it shows; what is decoration alone is hidden."""
        kind = {"img": "picture", "svg": "chart"}.get(tag, "picture" if named.get("role") == "img" else "")
        if not kind or (tag == "svg" and named.get("aria-hidden") == "true"):
            return
        said = " ".join(named.get("alt" if tag == "img" else "aria-label", "").split())
        if not said:
            self._wrong(f"a {kind} has no alternative text")
        elif PLACEHOLDER.fullmatch(said):
            self._wrong(f"a {kind} has a placeholder for its alternative text, {said[:40]!r}")

    def _border(self, tag: str) -> None:
        """Words on either side of a block do not run into one another."""
        if tag not in INLINE:
            self.words.append(" ")

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name.startswith("on"):
            self._wrong(f"an element has the event handler {name}")
        if name in SPOKEN:
            self.words.append(f" {value} ")
        if name == "id":
            self.ids.append(value)
        if name in ADDRESSES and not _inside(tag, value):
            self._wrong(f"it has the outside address {value[:60]!r}")
        if name == "href" and value.startswith("#"):
            self.links.append(value[1:])
        if name not in SPOKEN and LOADS.search(_plain_style(value)):
            self._wrong("a style loads something")


def _inside(tag: str, address: str) -> bool:
    """Whether an address is that of a page of ours or, as a link, of a file of data beside it."""
    page = re.fullmatch(r"(?:[\w.-]+/)*(?:[\w.-]+\.html)?(?:#[\w.-]+)?", address)
    if ".." in address.partition("#")[0].split("/"):
        return False  # an edition's folder is handed over alone
    own = {"a": DATA_FILE, "img": LOGO}.get(tag)
    return bool(page) or (own is not None and bool(re.fullmatch(own, address)))


def _plain_style(text: str) -> str:
    """Return a style with its escapes and comments undone, which may hide what it loads.

    >>> _plain_style(r"u\\72 l(/**/https://x.org)")
    'url(https://x.org)'
    """
    bare = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return re.sub(r"\\([0-9a-fA-F]{1,6})\s?", lambda found: chr(min(int(found[1], 16), 0x10FFFF)), bare)

"""Views: what a cell shows, made once for every edition that may see it.

A notebook runs once; the pages of four editions are built from it. So a cell's output
carries one version per edition, and the exporter picks. In JupyterLab the analyst sees
the team's version.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from reviewkit.model import EDITIONS, Edition

from .style import in_notebook, notebook_style
from .trail import on_page

MIME = "application/vnd.reviewkit.view+json"


class Block(Protocol):
    """Anything that can be shown: it renders itself as one safe piece of HTML."""

    def html(self) -> str:
        """Return the block as HTML, all text in it escaped."""
        ...


class View:
    """One output for several editions.

    Parameters
    ----------
    name : a short name of what is shown, used as plain text.
    blocks : the block for each edition; an edition that is not named sees nothing.
    styled : brings the style sheet into a notebook; one view of a notebook does.
    number : the step whose page it stands on; what names no finding leads to what that step rests on.
    """

    def __init__(
        self, name: str, blocks: Mapping[Edition, Block], *, styled: bool = False, number: str = ""
    ) -> None:
        self.name, self.blocks, self.styled, self.number = name, dict(blocks), styled, number

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        html: list[str] = []
        editions: dict[str, int] = {}
        distinct = {id(block): block for block in self.blocks.values()}
        with on_page(self.number):
            made = {key: block.html() for key, block in distinct.items()}
        for edition, block in self.blocks.items():
            text = made[id(block)]
            if text not in html:
                html.append(text)
            editions[edition] = html.index(text)
        first = html[editions.get("team", 0)] if html else ""
        return {
            "text/plain": f"<{self.name}>",
            "text/html": (notebook_style() if self.styled else "") + in_notebook(first),
            MIME: {"name": self.name, "html": html, "editions": editions},
        }


P = ParamSpec("P")
S = TypeVar("S")


def view(
    *editions: Edition,
    always: bool = False,
    styled: bool = False,
) -> Callable[[Callable[Concatenate[S, Edition, P], Block | None]], Callable[Concatenate[S, P], View]]:
    """Turn a method ``(self, edition, ...) -> Block`` into one that returns a :class:`View`.

    Without arguments every edition of the step's page is rendered. The method is called once
    an edition and may return ``None`` where that edition sees nothing. A step that cannot
    conclude anything (``can_conclude`` is false) shows only views marked ``always``. The view
    marked ``styled`` brings the style sheet into the notebook.

    Examples
    --------
    >>> class Page:
    ...     editions = ("team", "leadership")
    ...     @view()
    ...     def hello(self, edition):
    ...         return Text(f"for {edition}")
    >>> class Text:
    ...     def __init__(self, text): self.text = text
    ...     def html(self): return f"<p>{self.text}</p>"
    >>> Page().hello()._repr_mimebundle_()["text/html"]
    '<div class="rk-notebook"><p>for team</p></div>'
    """

    def wrap(method: Callable[Concatenate[S, Edition, P], Block | None]) -> Callable[Concatenate[S, P], View]:
        @functools.wraps(method)
        def show(self: S, *args: P.args, **kwargs: P.kwargs) -> View:
            wanted = _wanted(self, editions, always)
            made = {edition: method(self, edition, *args, **kwargs) for edition in wanted}
            return _shown(method, made, styled, self)

        return show  # type: ignore[return-value]  # wraps keeps the name; the edition is filled in

    return wrap


def common_view(
    *editions: Edition, always: bool = False
) -> Callable[[Callable[Concatenate[S, P], Block | None]], Callable[Concatenate[S, P], View]]:
    """Turn a method ``(self, ...) -> Block`` into one that returns a :class:`View`.

    Like :func:`view`, for what is the same in every edition: the method is not told the edition,
    is called once, and its block is rendered once.

    Examples
    --------
    >>> class Page:
    ...     editions = ("team", "leadership")
    ...     @common_view()
    ...     def hello(self):
    ...         return Text("for all")
    >>> class Text:
    ...     def __init__(self, text): self.text = text
    ...     def html(self): return f"<p>{self.text}</p>"
    >>> Page().hello()._repr_mimebundle_()[MIME]["editions"]
    {'team': 0, 'leadership': 0}
    """

    def wrap(method: Callable[Concatenate[S, P], Block | None]) -> Callable[Concatenate[S, P], View]:
        @functools.wraps(method)
        def show(self: S, *args: P.args, **kwargs: P.kwargs) -> View:
            wanted = _wanted(self, editions, always)
            block = method(self, *args, **kwargs) if wanted else None
            return _shown(method, dict.fromkeys(wanted, block), False, self)

        return show  # type: ignore[return-value]  # wraps keeps the name

    return wrap


def _wanted(owner: object, editions: tuple[Edition, ...], always: bool) -> tuple[Edition, ...]:
    """Return the editions to show something to: none where the step cannot conclude anything."""
    if not (always or getattr(owner, "can_conclude", True)):
        return ()
    return editions or getattr(owner, "editions", EDITIONS)


def _shown(
    method: Callable[..., Any], made: Mapping[Edition, Block | None], styled: bool, owner: object
) -> View:
    blocks = {edition: block for edition, block in made.items() if block is not None}
    number = getattr(owner, "number", "")
    return View(getattr(method, "__name__", "view"), blocks, styled=styled, number=number)

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
    """

    def __init__(self, name: str, blocks: Mapping[Edition, Block], *, styled: bool = False) -> None:
        self.name, self.blocks, self.styled = name, dict(blocks), styled

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        html: list[str] = []
        editions: dict[str, int] = {}
        for edition, block in self.blocks.items():
            text = block.html()
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
            wanted: tuple[Edition, ...] = editions or getattr(self, "editions", EDITIONS)
            if not (always or getattr(self, "can_conclude", True)):
                wanted = ()
            made = {edition: method(self, edition, *args, **kwargs) for edition in wanted}
            return View(
                getattr(method, "__name__", "view"),
                {edition: block for edition, block in made.items() if block is not None},
                styled=styled,
            )

        return show  # type: ignore[return-value]  # wraps keeps the name; the edition is filled in

    return wrap

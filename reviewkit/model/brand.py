"""A client's logo and accent on its pages: what may be one, and whether it can be read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, model_validator

from .errors import InputError
from .strict import Strict

if TYPE_CHECKING:
    from .engagement import Engagement

LEAST = 4.5
"""Least contrast of text with its background. Source: WCAG 2.2, success criterion 1.4.3."""
PAPERS = {"accent": "#ffffff", "accent_dark": "#14181c"}
"""Background that an accent is read on, by key: light pages and print, and dark pages."""
LARGEST = 20_000
"""Most bytes of a logo: it stands in every page."""
Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours written ``#rrggbb``, from 1 to 21.

    (L1 + 0.05) / (L2 + 0.05), with L1 the lighter's relative luminance. Source: WCAG 2.2.

    >>> round(contrast("#000000", "#ffffff"), 2), round(contrast("#767676", "#ffffff"), 2)
    (21.0, 4.54)
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def readable(colour: str, paper: str) -> str:
    """Return the colour itself where it can be read on ``paper``, else the nearest shade of it that can.

    It is mixed with black, or with white on dark paper, by hundredths.

    >>> readable("#123456", "#ffffff"), readable("#ffcc00", "#ffffff"), readable("#123456", "#14181c")
    ('#123456', '#8f7200', '#6e8398')
    """
    towards = 255 if _luminance(paper) < 0.18 else 0
    mixed = (_mixed(colour, towards, part / 100) for part in range(101))
    return next(shade for shade in mixed if contrast(shade, paper) >= LEAST)


class Brand(Strict):
    """A client's logo and accent; the accent colours links and rules and must be readable as text."""

    logo: str | None = Field(
        default=None,
        pattern=r"(?i)\.(svg|png)$",
        description="SVG or PNG of at most 20 KB, relative to this file",
    )
    accent: Colour | None = Field(
        default=None,
        description="Colour of links and rules, '#123456'; its contrast with white is 4.5 or more",
    )
    accent_dark: Colour | None = Field(
        default=None,
        description="The same for dark pages; made of the accent where left out",
    )

    @model_validator(mode="after")
    def _readable(self) -> Brand:
        if self.accent_dark and not self.accent:
            raise ValueError("accent_dark needs an accent: name that of light pages, too")
        for key, paper in PAPERS.items():
            colour = getattr(self, key)
            if colour and contrast(colour, paper) < LEAST:
                pages = "dark" if key == "accent_dark" else "light"
                raise ValueError(
                    f"{key} {colour} has a contrast of {contrast(colour, paper):.1f} on {pages} pages, where "
                    f"{LEAST} is needed; {readable(colour, paper)} would do"
                )
        return self

    @property
    def dark(self) -> str | None:
        """The accent of dark pages: as written, else made of the other.

        >>> Brand(accent="#123456").dark
        '#6e8398'
        """
        return self.accent_dark or (readable(self.accent, PAPERS["accent_dark"]) if self.accent else None)


def read_logo(path: Path, named: Path | None = None) -> bytes:
    """Return a logo's bytes.

    Parameters
    ----------
    path : the logo. named : the params file that names it, for messages.

    Raises
    ------
    InputError : there is none, it is too large, or it is neither SVG nor PNG.
    """
    try:
        made = path.read_bytes()
    except OSError as error:
        problem = f"the logo {path} cannot be read ({error.strerror})"
        raise _fault(problem, named, "Name a file that is there, or take the key out.") from None
    if len(made) > LARGEST:
        problem = f"the logo {path.name} has {len(made) / 1000:,.1f} KB, more than {LARGEST // 1000}"
        raise _fault(problem, named, "Save it smaller: it stands in every page.")
    png = made.startswith(b"\x89PNG\r\n\x1a\n")
    if not (png if path.suffix.lower() == ".png" else b"<svg" in made):
        problem = f"the logo {path.name} is no {path.suffix[1:].upper()}"
        raise _fault(problem, named, "Save it as SVG or PNG.")
    return made


def checked_logo(engagement: Engagement, params: Path) -> Path | None:
    """Return where an engagement's logo is; None where it has none. Raises as :func:`read_logo`."""
    if engagement.brand is None or engagement.brand.logo is None:
        return None
    path = params.parent / engagement.brand.logo
    read_logo(path, params)
    return path


def logo_faults(engagement: Engagement, params: Path) -> list[InputError]:
    """Return what is wrong with an engagement's logo, if anything."""
    try:
        checked_logo(engagement, params)
    except InputError as error:
        return [error]
    return []


def _fault(problem: str, named: Path | None, fix: str) -> InputError:
    return InputError(problem, file=named, key="brand.logo", fix=fix)


def _luminance(colour: str) -> float:
    parts = [int(pair, 16) / 255 for pair in re.findall("..", colour[1:])]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _mixed(colour: str, towards: int, part: float) -> str:
    channels = (int(pair, 16) for pair in re.findall("..", colour[1:]))
    return "#" + "".join(f"{round(channel + (towards - channel) * part):02x}" for channel in channels)

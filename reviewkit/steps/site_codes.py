"""Sites that the data call by a code alone: a page that shows them says so once."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reviewkit.model.words import listing, plural_of

_CODE = re.compile(r"[A-Z0-9][A-Z0-9._/-]{0,7}")


def codes_told(sites: Iterable[str], label: str = "site") -> str:
    """Return that sites are told by their codes, where most names of theirs are codes; else "".

    A code is short and has no small letters and no blanks. The params file can give each its name, under
    ``values`` of the source; then that name is all that pages know.

    Parameters
    ----------
    sites : as the data name them; the first are taken for examples. label : what a site is called.

    Examples
    --------
    >>> codes_told(["RXC", "R1F", "RXC"], "organisation")
    'Organisations are told by the codes the data give them, such as RXC and R1F; no names are on file.'
    >>> codes_told(["Castle Quay", "HQ", "Elm Court"])
    ''
    """
    named = list(dict.fromkeys(site for site in sites if site))
    codes = [site for site in named if _CODE.fullmatch(site)]
    if 2 * len(codes) <= len(named):
        return ""
    called = f"{label[:1].upper()}{plural_of(label)[1:]} are told by the codes the data give them"
    return f"{called}, such as {listing(codes[:2])}; no names are on file."

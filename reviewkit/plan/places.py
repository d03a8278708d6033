"""Where an action acts, by its own words, and where its measure is taken: the two need not be the same."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import pandas as pd

from reviewkit.findings.wording import filled
from reviewkit.model import Finding, slug
from reviewkit.model.words import listing, plural_of

from .aims import SETTLED
from .rows import records

_LEFT_OUT = re.compile(
    r"\b(except|but not|not at|never at|other than|apart from|outside|unlike"
    r"|(?<!would )like(?! to\b)|as at|as in)\b[^,;.]*$",
    re.I,
)
_BEGINS = re.compile(r"\bbegin at\b|\bfirst\b(?!-|\s+\w)", re.I)


def known_sites(*tables: pd.DataFrame) -> list[str]:
    """Return the sites that tables name, each once: those of the measures, and of the register of people.

    >>> known_sites(pd.DataFrame({"site": ["Elm", "", None, "Elm"]}), pd.DataFrame())
    ['Elm']
    """
    named = (str(site) for table in tables if "site" in table for site in table["site"].dropna().unique())
    return list(dict.fromkeys(site for site in named if site))


def acts_at(what: str, sites: Collection[str]) -> list[str]:
    """Return the sites that an action's words name as places where it acts, in the order they name them.

    A site that the words leave out ("except at Elm") or follow ("Elm's way") is none of them.

    >>> acts_at("Give Castle Quay and Dale Mill an hour a week", ["Dale Mill", "Elm", "Castle Quay"])
    ['Castle Quay', 'Dale Mill']
    >>> acts_at("Everywhere except at Elm; at Elm Court first", ["Elm", "Elm Court"])
    ['Elm Court']
    """
    if not sites:
        return []
    # Of two names of which one begins the other, the longer is meant.
    names = "|".join(re.escape(site) for site in sorted(sites, key=len, reverse=True))
    found = re.finditer(rf"(?<!\w)(?:{names})(?!\w|['’]s\b)", what)
    return list(dict.fromkeys(hit.group() for hit in found if not _LEFT_OUT.search(what[: hit.start()])))


def acts_words(what: str, sites: Collection[str]) -> str:
    """Return where an action acts or begins, without a full stop; "" where its words name no site.

    >>> acts_words("Train. As decided: At Dale and Elm first.", ["Dale", "Elm", "Oak"])
    'It begins at Dale and Elm'
    """
    named = acts_at(what, sites)
    if not named:
        return ""
    return f"It {'begins' if _BEGINS.search(_clause(what, named[0])) else 'acts'} at {listing(named)}"


def where_words(row: Mapping[str, Any], sites: Collection[str], label: str = "site") -> str:
    """Return in a sentence where an action acts and where it is measured; "" where its words name no site.

    Nothing is said either where the heading of an action names its one site already, and where it acts at
    all sites and is measured over all.

    Parameters
    ----------
    row : an action: ``what, title, measure, site, contract``. sites : all there are. label : what a site is
        called.

    Examples
    --------
    >>> action = {"what": "Train. Begin at Dale and Elm.", "title": "Train", "measure": "fcr", "contract": ""}
    >>> where_words(action | {"site": "Dale"}, ["Dale", "Elm", "Oak"])
    'It begins at Dale and Elm and is measured at Dale alone: its figures do not show Elm.'
    >>> where_words(action | {"what": "Train at Dale.", "site": ""}, ["Dale", "Elm"])
    'It acts at Dale and is measured over all sites together, which move only by what that one moves.'
    """
    what, site = str(row["what"]), row["site"] if filled(row["site"]) else ""
    named, lead = acts_at(what, sites), acts_words(what, sites)
    if not lead or set(named) >= set(sites):
        return ""
    if not filled(row["measure"]) or row["measure"] == SETTLED or str(row["measure"]).startswith("theme:"):
        return f"{lead}."
    if not site:
        those = "that one moves" if len(named) == 1 else "those move"
        return (
            f"{lead} and is measured over all {plural_of(label)} together, which move only by what {those}."
        )
    if named == [site]:
        told = site in str(row.get("title") or what).split(". ")[0]
        return "" if told else f"{lead}, where it is measured."
    others = [name for name in named if name != site]
    if site in named:
        return f"{lead} and is measured at {site} alone: its figures do not show {listing(others)}."
    return f"{lead} but is measured at {site}, which its words do not name: settle which is meant."


def with_places(findings: Iterable[Finding], table: pd.DataFrame, words: Collection[str]) -> list[Finding]:
    """Return findings on actions, each saying where its action acts and is measured before its next check.

    ``words`` has a sentence a row of ``table``, as :func:`where_words` returns it.
    """
    told = {
        slug(str(row["action_id"])): said for row, said in zip(records(table), words, strict=True) if said
    }
    found = []
    for finding in findings:
        if finding.subject in told:
            said, check, when = finding.statement.partition(" Next check ")
            words_now = f"{said} {told[finding.subject]}{check}{when}"
            finding = finding.model_copy(update={"statement": words_now})
        found.append(finding)
    return found


def _clause(what: str, site: str) -> str:
    """Return the sentence of an action's words that names a site first."""
    return next((part for part in re.split(r"(?<=[.;:])\s", what) if site in part), what)

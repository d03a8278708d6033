"""The key of a chart in words, for those who do not see its shapes."""

from __future__ import annotations

from bs4 import Tag
from bs4.element import PageElement

from reviewkit.present.icons import CROSS, SHAPES


def key_words(keys: PageElement | None) -> str:
    """Return what the shapes of a chart mean; "" where it has no key.

    Parameters
    ----------
    keys : the page's list of shapes, each an icon and its meaning.

    Examples
    --------
    >>> from bs4 import BeautifulSoup
    >>> page = '<ul><li><svg class="rk-key rk-concern"></svg>worsening</li></ul>'
    >>> key_words(BeautifulSoup(page, "html.parser").ul)
    'Key: triangle, worsening.'
    """
    if not isinstance(keys, Tag):
        return ""
    told = [f"{_shape(item)}, {item.get_text(' ', strip=True)}" for item in keys.find_all("li")]
    return f"Key: {'; '.join(told)}." if told else ""


def _shape(item: Tag) -> str:
    icon = item.find("svg")
    names = icon.get_attribute_list("class") if isinstance(icon, Tag) else []
    tones = [str(name).removeprefix("rk-") for name in names]
    return next((SHAPES[tone] for tone in tones if tone in SHAPES), CROSS)

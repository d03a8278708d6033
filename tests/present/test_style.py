"""Views look in JupyterLab as they do on pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from reviewkit.present.style import in_notebook, notebook_style
from reviewkit.present.tables import Table

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# What JupyterLab says of the tables of every output.
JUPYTERLAB = """
.jp-RenderedHTMLCommon td, .jp-RenderedHTMLCommon th, .jp-RenderedHTMLCommon tr {text-align: right}
.jp-RenderedHTMLCommon tbody tr:nth-child(odd) {background: rgb(245, 245, 245)}
"""


@pytest.mark.browser
def test_tables_in_jupyterlab_are_aligned_as_on_pages(browser: Browser) -> None:
    frame = pd.DataFrame({"site": ["Dale Mill"], "rate": [61.2], "why": ["no lasting change"]})
    table = Table(frame, caption="Rates", headings={"site": "Site", "rate": "Rate", "why": "Why"}).html()
    page = browser.new_page()
    # JupyterLab's rules come last: ours win by rank, not by order.
    page.set_content(
        f'<div class="jp-RenderedHTMLCommon">{notebook_style()}{in_notebook(table)}</div>'
        f"<style>{JUPYTERLAB}</style><table><tr><td id=theirs>1</td></tr></table>"
    )
    cells = page.locator(".rk-notebook tbody th, .rk-notebook tbody td").all()
    aligned = [cell.evaluate("e => getComputedStyle(e).textAlign") for cell in cells]
    assert aligned == ["left", "right", "left"]
    striped = page.locator(".rk-notebook tbody tr").evaluate("e => getComputedStyle(e).backgroundColor")
    assert striped == "rgba(0, 0, 0, 0)"
    # It stays inside: the rest of JupyterLab keeps its own rules.
    page.locator("#theirs").evaluate("e => e.closest('table').className = 'jp-RenderedHTMLCommon'")
    assert page.locator("#theirs").evaluate("e => getComputedStyle(e).textAlign") == "right"
    page.close()

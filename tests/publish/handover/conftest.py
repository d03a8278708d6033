"""A small page with every part a page may have, and hostile words in each."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from reviewkit.publish.handover.document import Page
from reviewkit.publish.handover.reading import read_page

TRAIL = '<a class="rk-trail" href="evidence_1.1.html#f-x">evidence<span class="rk-hidden"> for {}</span></a>'
CHART = (
    '<figure class="rk-chart" id="c-1"><figcaption><p class="rk-title">Waits have grown at Dale Mill</p>'
    '<p class="rk-subtitle">Waits, by week.</p></figcaption><div class="rk-canvas"><svg class="rk-svg" '
    'role="img" aria-label="Process behaviour chart of waits." viewBox="0 0 440 234"></svg>'
    '</div><ul class="rk-keys" aria-hidden="true"><li><svg class="rk-key rk-concern"></svg>'
    'worsening</li><li><svg class="rk-key rk-gap"></svg>no figure</li></ul><ol class="rk-notes"><li>10 Feb'
    ' 2025, new rota</li></ol><p class="rk-source">Source: contacts</p><details class="rk-data"><summary>Data'
    " as a table</summary><table><caption>Data</caption><tr><td>secret figure</td></table></details></figure>"
)
ALT = "Process behaviour chart of waits. Key: triangle, worsening; cross, no figure."
"""What the chart is told by where nobody sees its shapes."""
HOSTILE = "=cmd|' /C calc'!A0 \x07\x00\x1b\ufffe\u202e &lt;script&gt; ${x} {{y}}"


def page_html(**words: str) -> str:
    said = {"finding": "Waits have grown.", "quote": "We queue.", "cell": "12.4", "mark": "Draft"} | words
    return f"""<!DOCTYPE html>
<html lang="en"><head><title>Leadership summary – Waits</title><style>.rk-svg{{width:100%}}</style></head>
<body class="rk-status-draft rk-summary" data-mark="{said["mark"]}">
<a class="rk-skip" href="#content">Skip</a>
<header><p class="rk-client">Acme</p><p class="rk-state"><span class="rk-badge">Draft</span>
<span class="rk-edition">Leadership edition</span></p>
<p class="rk-simulated"><strong>Simulated data.</strong> All is invented.</p>
<nav class="rk-menu"><a href="1.1_x.html">Menu</a></nav></header>
<main id="content"><div class="rk-opening"><p class="rk-kicker">Week 4, step 4.2</p>
<h1>Leadership summary</h1>
<div class="rk-prose"><p>What must leadership know?</p></div>
<div class="rk-view"><div class="rk-bottom"><p data-finding="4.2/headline/a">{said["finding"]}
{TRAIL.format("4.2/headline/a")}</p><p>People agree.</p></div></div></div>
<section><h2 id="s-figures">Which figures matter?</h2><div class="rk-view"><ul class="rk-tiles">
<li class="rk-tile" data-finding="1.1/a"><p class="rk-label">Waits</p><p class="rk-value">12.4</p>
<p class="rk-direction"><svg class="rk-icon" aria-hidden="true"></svg>up, for the worse</p></li></ul>
</div></section>
<section><h2 id="s-points">What are the main points?</h2><div class="rk-view">
<ol class="rk-list rk-statements" start="3">
<li data-finding="1.1/b"><span class="rk-what">Costs have risen.</span>
<span class="rk-why">It is a contract
measure.</span> {TRAIL.format("1.1/b")}</li><li><span class="rk-what">Two.</span></li></ol></div></section>
<section><h2 id="s-joint">Do they align?</h2><div class="rk-view"><div class="rk-joint">
<h3>Rota, beside waits</h3>
<p class="rk-relation"><strong>People and data agree.</strong> Both stand out.</p>
<div class="rk-beside"><div>
<p>9 of 14 interviews.</p><blockquote class="rk-quote"><p>{said["quote"]}</p><footer>front line</footer>
</blockquote></div><div>{CHART}</div></div></div></div></section>
<section><h2 id="s-gaps">Where are the gaps?</h2><div class="rk-view"><table class="rk-table">
<caption>The gaps</caption>
<thead><tr><th scope="col">Gap</th><th scope="col" class="rk-number">Now</th></tr></thead><tbody><tr>
<th scope="row">Waits</th><td class="rk-number">{said["cell"]}</td></tr></tbody></table>
<p>They cost much.</p></div>
</section></main><footer class="rk-footer"><dl><div><dt>Data as of</dt><dd>1 May 2025</dd></div></dl>
<p>Status: Draft. Simulated data.</p></footer></body></html>"""


@pytest.fixture
def page() -> Page:
    return read_page(page_html(finding=HOSTILE, quote=HOSTILE, cell=HOSTILE))


@pytest.fixture(scope="session")
def drawing() -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (600, 330), "white").save(held, "PNG")
    return held.getvalue()

"""What gets through the two allow-lists."""

from __future__ import annotations

import pytest

from reviewkit.publish.sanitise import sanitise

HOSTILE = (
    "<script>alert(1)</script>",
    "<svg><script>alert(1)</script></svg>",
    '<svg onload="alert(1)"></svg>',
    "<svg><foreignObject><img src=x onerror=alert(1)></foreignObject></svg>",
    '<svg><use href="https://x.org/a.svg#b"></use></svg>',
    '<svg><rect style="fill: url(https://x.org/a)"></rect></svg>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="https://x.org">x</a>',
    '<img src="x" onerror="alert(1)">',
    '<p style="background: url(https://x.org)">x</p>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<p aria-label="<svg><text>&quot; onmouseover=alert(1) x=&quot;</text></svg>">x</p>',
    "<p aria-label='<svg><text>\" onmouseover=\"alert(1)</text></svg>'>x</p>",
)


@pytest.mark.parametrize("html", HOSTILE)
def test_sanitise_leaves_nothing_that_runs_or_loads(html: str) -> None:
    from html.parser import HTMLParser

    names: list[str] = []
    reader = HTMLParser()
    reader.handle_starttag = lambda tag, attrs: names.extend([tag, *(f"@{n}={v}" for n, v in attrs)])  # type: ignore[method-assign]
    reader.feed(sanitise(html))
    assert not {"script", "img", "iframe", "style", "math", "foreignobject"} & set(names)
    assert not any(name.startswith("@on") or "javascript:" in name or "https:" in name for name in names)


def test_sanitise_keeps_a_chart_as_it_is() -> None:
    chart = (
        '<svg class="rk-svg" role="img" aria-label="Chart" viewBox="0 0 480 250"><defs><path id="c-a-m1" d="M 0 0"></path></defs>'  # noqa: E501
        '<g clip-path="url(#c-a-p)"><use href="#c-a-m1" x="1" y="2" style="fill:var(--ink, #1c2126)"></use></g></svg>'  # noqa: E501
    )
    assert sanitise(chart) == chart


def test_sanitise_keeps_tables_and_trail_links() -> None:
    html = (
        '<table class="rk-table"><caption>C</caption><tbody><tr><th scope="row">a</th></tr></tbody></table>'
    )
    link = '<a class="rk-trail" href="evidence.html#f-1.1-opinion-fcr">evidence</a>'
    assert sanitise(html + link) == html + link

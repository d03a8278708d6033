"""One test a reason for which a page is refused."""

from __future__ import annotations

import pytest

from reviewkit.publish.forbidden import Forbidden
from reviewkit.publish.gate import Refused, check_page
from reviewkit.publish.gate_told import Cause
from reviewkit.publish.templates import CONTENT_POLICY


def page(body: str = "", title: str = "<h1>T</h1>", head: str = "") -> str:
    policy = f'<meta http-equiv="Content-Security-Policy" content="{CONTENT_POLICY}">'
    top = f'<!DOCTYPE html>\n<html lang="en"><head>{policy}<title>t</title>{head}</head>'
    return f"{top}<body><main>{title}{body}</main></body></html>"


def test_check_page_passes_a_good_page() -> None:
    check_page(
        "p.html", page('<h2>A</h2><figure><figcaption>F</figcaption><svg aria-label="c"></svg></figure>')
    )


@pytest.mark.parametrize(
    ("html", "cause"),
    [
        (page("<script>1</script>"), "script"),
        (page('<p onclick="x">a</p>'), "event handler onclick"),
        (page('<img src="https://x.org/a.png" alt="">'), "outside address"),
        (page('<a href="//x.org">a</a>'), "outside address"),
        (page('<a href="javascript:alert(1)">a</a>'), "outside address"),
        (page(head='<link rel="preconnect" href="https://x.org">'), "<link>"),
        (page(head='<meta http-equiv="refresh" content="0">'), "elsewhere"),
        (page(head="<style>@import 'a';</style>"), "style sheet loads"),
        (page('<p style="background:url(a.png)">a</p>'), "style loads"),
        (page("<form></form>"), "<form>"),
        (page('<img src="a.html">'), "picture has no alternative text"),
        (page('<img src="a.html" alt=" ">'), "picture has no alternative text"),
        (page('<span role="img"></span>'), "picture has no alternative text"),
        (page("<h2> </h2>"), "heading is empty"),
        (page("<table><caption><b></b></caption><tr><td>a</td></tr></table>"), "caption is empty"),
        (
            page("<h2>before</h2>", title="").replace("</main>", "<h1>T</h1></main>"),
            "before that of the first",
        ),
        (page("<math><mi>x</mi></math>"), "<math>"),
        (page("<svg aria-label='c'><animate></animate></svg>"), "<animate>"),
        (page('<a href="../team/index.html">a</a>'), "outside address"),
        (page('<svg aria-label="c"><path fill="url(https://x.org/a)"></path></svg>'), "style loads"),
        (page(r'<p style="background:u\72 l(https://x.org)">a</p>'), "style loads"),
        (page(head="<style>a{background:image-set('https://x.org/a' 1x)}</style>"), "style sheet loads"),
        (page(head="<style>a{background:u/**/rl(a.png)}</style>"), "style sheet loads"),
        (page("<svg></svg>"), "chart has no alternative text"),
        (page('<figure><svg aria-label="c"></svg></figure>'), "chart has no caption"),
        (page("<table><tr><td>a</td></tr></table>"), "table has no caption"),
        (page("<h3>jump</h3>"), "level 3 follows one of level 1"),
        (page("<h1>second</h1>"), "2 headings of the first level"),
        (page(title=""), "0 headings of the first level"),
        (page('<p id="a"></p><p id="a"></p>'), "used twice"),
        (page('<a href="#nowhere">a</a>'), "leads nowhere"),
        (page("<p>" + "x" * 400_001), "400"),
        (page().replace(' lang="en"', ""), "language"),
        (page().replace("Content-Security-Policy", "x"), "policy"),
    ],
)
def test_check_page_refuses(html: str, cause: str) -> None:
    with pytest.raises(Refused, match=cause) as caught:
        check_page("leadership/p.html", html)
    assert caught.value.page == "leadership/p.html"


@pytest.mark.parametrize(
    "alt",
    ["image", "Image of", "A chart", "chart 3", "Figure 1.", "picture of a", "alt text here", "TODO", "n/a",
     "…", "No description has been provided for this image", "Figure size 640x480 with 1 Axes", "a_7.png",
     "xxx"],
)  # fmt: skip
@pytest.mark.parametrize("body", ['<img src="a.html" alt="{}">', '<svg aria-label="{}"></svg>'])
def test_check_page_refuses_a_placeholder_for_alternative_text(body: str, alt: str) -> None:
    with pytest.raises(Refused, match="placeholder for its alternative text"):
        check_page("p.html", page(body.format(alt)))


@pytest.mark.parametrize(
    "alt", ["Concern", "Chart: costs rose by a third", "Image of the desk at noon", "x̄ rose"]
)
def test_check_page_takes_words_for_alternative_text(alt: str) -> None:
    check_page("p.html", page(f'<svg aria-label="{alt}"></svg>'))


@pytest.mark.parametrize(
    "body", ["<p>said Ann <b>Lee</b></p>", '<svg aria-label="by ann  lee"></svg>', "<p>ANN LEE</p>"]
)
def test_check_page_refuses_a_name(body: str) -> None:
    with pytest.raises(Refused, match="may not see") as caught:
        check_page("p.html", page(body), forbidden=Forbidden({"Ann Lee"}))
    assert "Ann" not in str(caught.value)


def test_check_page_refuses_an_unapproved_remark() -> None:
    remark = "We find out about changes from customers, every single time."
    with pytest.raises(Refused, match="may not see"):
        check_page("p.html", page(f"<p>{remark.lower()}</p>"), forbidden=Forbidden({remark}))


def test_forbidden_leaves_ordinary_words_alone() -> None:
    assert Forbidden({"May", "Ann Lee"}).found("it may be; Ann leed nobody") == ""


def test_refused_is_picklable() -> None:
    import pickle

    again = pickle.loads(pickle.dumps(Refused("a.html", Cause("why", "Do this."), "Here")))
    assert str(again).startswith('page a.html is not published: why, under "Here". Do this. ')


@pytest.mark.parametrize(
    ("bad", "step"),
    [
        ("<p>said Ann Lee</p>", "quotes.ipynb"),
        ("<figure><svg aria-label='c'></svg></figure>", "docs/publishing.md"),
        ("<script>1</script>", "docs/publishing.md"),
    ],
)
def test_refused_names_the_place_and_the_next_step(bad: str, step: str) -> None:
    body = f"<h2>First</h2><p>a</p><h2>What do <b>people</b> say?</h2>{bad}<h2>Last</h2><p>b</p>"
    with pytest.raises(Refused) as caught:
        check_page("leadership/p.html", page(body), forbidden=Forbidden({"Ann Lee"}))
    told = str(caught.value)
    assert 'under "What do people say?"' in told and step in told and "published before stay" in told
    assert "\n" not in told and "Ann" not in told


def test_refused_does_not_repeat_a_name_in_a_heading() -> None:
    with pytest.raises(Refused) as caught:
        check_page("p.html", page("<h2>Of Ann Lee</h2>"), forbidden=Forbidden({"Ann Lee"}))
    assert caught.value.place == "" and "Ann" not in str(caught.value)


@pytest.mark.parametrize(("words", "drawn", "good"), [(149, 0, 1), (151, 0, 0), (50, 120, 1), (70, 120, 0)])
def test_check_page_holds_the_summary_to_its_size_where_its_charts_allow(
    words: int, drawn: int, good: int
) -> None:
    chart = f'<svg aria-label="c"><path d="{"1" * drawn * 1000}"></path></svg>' if drawn else ""
    html = page(f"<p>{'x' * (words * 1000 - 600)}</p>{chart}").replace("<body>", '<body class="rk-summary">')
    if good:
        check_page("leadership/index.html", html)
    else:
        with pytest.raises(Refused, match=r"KB, more than 1.*Show fewer charts"):
            check_page("leadership/index.html", html)

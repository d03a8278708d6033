"""Views: one output, a version for each edition that may see it."""

from __future__ import annotations

from reviewkit.model import Edition
from reviewkit.present.view import MIME, View, common_view, view


class Counted:
    """A block that counts how often it is rendered."""

    def __init__(self, text: str) -> None:
        self.text, self.rendered = text, 0

    def html(self) -> str:
        self.rendered += 1
        return f"<p>{self.text}</p>"


class Page:
    editions: tuple[Edition, ...] = ("team", "leadership", "participants")

    def __init__(self, can_conclude: bool = True) -> None:
        self.can_conclude, self.block, self.asked = can_conclude, Counted("alike"), 0

    @common_view()
    def alike(self) -> Counted:
        self.asked += 1
        return self.block

    @common_view("team")
    def inside(self) -> Counted:
        return self.block

    @view()
    def told(self, edition: Edition) -> Counted:
        return Counted(edition)


def shown(made: View) -> dict[str, object]:
    found: dict[str, object] = made._repr_mimebundle_()[MIME]
    return found


def test_common_view_makes_and_renders_once() -> None:
    page = Page()
    found = shown(page.alike())
    assert found["editions"] == {"team": 0, "leadership": 0, "participants": 0}
    assert (page.asked, page.block.rendered) == (1, 1)


def test_common_view_named_edition_only() -> None:
    assert shown(Page().inside())["editions"] == {"team": 0}


def test_common_view_nothing_where_step_cannot_conclude() -> None:
    page = Page(can_conclude=False)
    assert shown(page.alike())["editions"] == {}
    assert page.asked == 0


def test_view_tells_the_edition() -> None:
    assert shown(Page().told())["html"] == ["<p>team</p>", "<p>leadership</p>", "<p>participants</p>"]

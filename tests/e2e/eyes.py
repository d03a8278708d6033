"""Pages opened from disk in Chromium, with everything watched that they ask for, say or run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

WATCH = """
window.ran = [];
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'])
  window[name] = (...said) => { window.ran.push(name + ' ' + said); };
document.addEventListener('securitypolicyviolation', e => window.ran.push('policy: ' + e.blockedURI));
"""


@dataclass
class Watched:
    """A page, and what it asked for and said since it was opened."""

    page: Any
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def open(self, path: Path) -> None:
        """Open a file; forget what the one before it did."""
        self.asked.clear()
        self.said.clear()
        self.page.goto(path.resolve().as_uri())

    def trouble(self, path: Path) -> list[str]:
        """Return requests other than for the page itself, and whatever ran or was said."""
        asked = [one for one in self.asked if one != path.resolve().as_uri()]
        return [*asked, *self.said, *self.page.evaluate("window.ran")]


@contextmanager
def watched(browser: Any, **context: Any) -> Iterator[Watched]:
    """One page in a context of its own, watched."""
    made = browser.new_context(**context)
    made.add_init_script(WATCH)
    one = Watched(made.new_page())
    made.on("request", lambda request: one.asked.append(request.url))
    one.page.on("websocket", lambda socket: one.asked.append(socket.url))
    for event in ("console", "pageerror", "dialog", "popup"):
        one.page.on(event, lambda what, event=event: one.said.append(f"{event}: {what}"))
    yield one
    made.close()

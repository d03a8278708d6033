"""The one template family and its one style sheet."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reviewkit.present.style import stylesheet
from reviewkit.publish.details import STATUS_WORDS

TEMPLATES = Path(__file__).parent
CONTENT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
)
"""What a page may load: nothing. Styles stand in the page itself."""


DEFAULTS: Mapping[str, Any] = {
    "lang": "en",
    "status": "draft",
    "flag": "",
    "summary": False,
    "engagement": "",
    "client": "",
    "simulated": False,
    "menu": (),
    "before": None,
    "after": None,
    "week": "",
    "facts": (),
    "attribution": (),
    "notes": (),
    "data": "",
    "logo": "",
    "accent": "",
}
"""What a page says of itself where nothing is known of its engagement."""


@cache
def environment() -> Environment:
    """Return the templates' environment: everything escaped, nothing undefined."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES / "review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(name: str, **values: Any) -> str:
    """Return a page made from the template ``name``; ``about`` fills what every page says of itself."""
    about = {**DEFAULTS, **values.pop("about", {})}
    about["status_words"] = STATUS_WORDS[about["status"]]
    return (
        environment()
        .get_template(name)
        .render(about=about, style=Markup(stylesheet()), policy=CONTENT_POLICY, **values)
    )

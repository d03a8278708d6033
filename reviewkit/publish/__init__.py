"""Pages for readers: executed notebooks in, self-contained HTML of every edition out."""

from .details import RunDetails
from .gate import Refused, check_page
from .index import publish_index
from .site import publish_site

__all__ = ["Refused", "RunDetails", "check_page", "publish_index", "publish_site"]

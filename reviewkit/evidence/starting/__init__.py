"""Starting a client: its files looked at, their tables and columns guessed, params and templates written."""

from .sniff import Dialect, sniff_csv
from .start import Start, start
from .templates import write_templates

__all__ = ["Dialect", "Start", "sniff_csv", "start", "write_templates"]

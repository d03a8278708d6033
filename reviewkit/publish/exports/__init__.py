"""Tables and findings of a run for other programs: CSV, a workbook, Parquet, each with its dictionary."""

from .scan import Leak
from .write import FORMATS, Exported, export, selected

__all__ = ["FORMATS", "Exported", "Leak", "export", "selected"]

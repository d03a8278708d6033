"""reviewkit: a Jupyter workbook for organisational performance reviews."""

__version__ = "0.1.0"

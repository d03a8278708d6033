"""Notebooks run and pages published, for one engagement or many."""

from .fleet import run_engagements
from .manifest import Manifest, StepRecord, read_manifest
from .pipeline import Limits
from .report import Report

__all__ = ["Limits", "Manifest", "Report", "StepRecord", "read_manifest", "run_engagements"]

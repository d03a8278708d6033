"""Notebooks run and pages published, for one engagement or many."""

from .finish import publish_run
from .manifest import Manifest, StepRecord, read_manifest
from .pipeline import Report, run_engagements

__all__ = ["Manifest", "Report", "StepRecord", "publish_run", "read_manifest", "run_engagements"]

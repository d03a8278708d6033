"""What everything else speaks of: engagements, steps, tables, findings and errors."""

from .engagement import (
    Attribution,
    Contract,
    Disclosure,
    Engagement,
    Measure,
)
from .errors import InputError, ReviewError, StepError
from .finding import SCHEMA_VERSION, Evidence, Finding, slug
from .interviewing import Interviewing
from .params import read_engagement, schema
from .provenance import asked_for, commit, file_hash, hashes, library_digest, paths, sources_of, versions
from .source import Source, named_secrets, with_secrets, without_secrets
from .step_spec import EDITIONS, Edition, StepSpec
from .steps import STEPS, step
from .tables import LEVELS, SOURCES, TABLES, Column, Table
from .yamlfile import read_yaml

__all__ = [
    "EDITIONS",
    "LEVELS",
    "SCHEMA_VERSION",
    "SOURCES",
    "STEPS",
    "TABLES",
    "Attribution",
    "Column",
    "Contract",
    "Disclosure",
    "Edition",
    "Engagement",
    "Evidence",
    "Finding",
    "InputError",
    "Interviewing",
    "Measure",
    "ReviewError",
    "Source",
    "StepError",
    "StepSpec",
    "Table",
    "asked_for",
    "commit",
    "file_hash",
    "hashes",
    "library_digest",
    "named_secrets",
    "paths",
    "read_engagement",
    "read_yaml",
    "schema",
    "slug",
    "sources_of",
    "step",
    "versions",
    "with_secrets",
    "without_secrets",
]

"""What everything else speaks of: engagements, steps, tables, findings and errors."""

from .engagement import Attribution, Contract, Disclosure, Engagement, Measure, Source, read_engagement, schema
from .errors import InputError, ReviewError, StepError
from .finding import SCHEMA_VERSION, Evidence, Finding, slug
from .provenance import library_digest, versions
from .schemas import LEVELS, SOURCES, TABLES, Column, Table
from .steps import EDITIONS, STEPS, Edition, StepSpec, step
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
    "Measure",
    "ReviewError",
    "Source",
    "StepError",
    "StepSpec",
    "Table",
    "library_digest",
    "read_engagement",
    "read_yaml",
    "schema",
    "slug",
    "step",
    "versions",
]

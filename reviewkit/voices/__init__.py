"""What people say: whom to hear, what was said, how it is coded, what recurs."""

from .agreement import alpha, alpha_by_theme, kappa
from .coding import SUGGESTED, code_remarks, counted, uncoded
from .coverage_findings import hole_findings
from .partnering import (
    GROUP_WORDS,
    by_kind,
    gap_words,
    oriented,
    partner_findings,
    partner_gaps,
    present_signs,
    sign_findings,
    standing,
)
from .patterns.candidates import candidate_codes
from .patterns.customer_voice import traced
from .patterns.findings import leading, theme_findings, theme_words
from .patterns.languages import language
from .patterns.priority import FORMULA, priority_issues
from .patterns.readable import checked, readability_words
from .patterns.remarks import all_remarks
from .patterns.representing import closeness, quotable, representative, telling
from .patterns.richness import Richness, richness
from .patterns.saturation import curve, saturation
from .patterns.saturation_findings import expectation, saturation_finding
from .patterns.sources import by_source
from .patterns.standing import comments_standing_out, standing_out
from .patterns.themes import CONCERNS, themes
from .patterns.together import together
from .patterns.wording import how_many, is_banded, noun
from .planning import HELD, asked_codes, clashes, coverage, guide, mix, timetable, tracker
from .quality_findings import agreement_finding, verdict
from .suggesting.coder import ThemeCoder

__all__ = [
    "CONCERNS",
    "FORMULA",
    "GROUP_WORDS",
    "HELD",
    "SUGGESTED",
    "Richness",
    "ThemeCoder",
    "agreement_finding",
    "all_remarks",
    "alpha",
    "alpha_by_theme",
    "asked_codes",
    "by_kind",
    "by_source",
    "candidate_codes",
    "checked",
    "clashes",
    "closeness",
    "code_remarks",
    "comments_standing_out",
    "counted",
    "coverage",
    "curve",
    "expectation",
    "gap_words",
    "guide",
    "hole_findings",
    "how_many",
    "is_banded",
    "kappa",
    "language",
    "leading",
    "mix",
    "noun",
    "oriented",
    "partner_findings",
    "partner_gaps",
    "present_signs",
    "priority_issues",
    "quotable",
    "readability_words",
    "representative",
    "richness",
    "saturation",
    "saturation_finding",
    "sign_findings",
    "standing",
    "standing_out",
    "telling",
    "theme_findings",
    "theme_words",
    "themes",
    "timetable",
    "together",
    "traced",
    "tracker",
    "uncoded",
    "verdict",
]

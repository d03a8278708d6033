"""What people say: whom to hear, what was said, how it is coded, what recurs."""

from .agreement import alpha, alpha_by_theme, kappa
from .coder import ThemeCoder
from .coding import SUGGESTED, code_remarks, counted, uncoded
from .customer_voice import traced
from .findings import leading, theme_findings, theme_words
from .gap_findings import gap_words, hole_findings, partner_findings, sign_findings
from .guide import asked_codes, guide
from .partnering import GROUP_WORDS, by_kind, oriented, partner_gaps, present_signs, standing
from .priority import FORMULA, priority_issues
from .quality_findings import agreement_finding, saturation_finding, verdict
from .remarks import all_remarks
from .saturation import curve, saturation
from .stakeholders import HELD, coverage, mix
from .themes import CONCERNS, standing_out, themes, together
from .timetable import clashes, timetable, tracker
from .wording import how_many, is_banded, noun

__all__ = [
    "CONCERNS",
    "FORMULA",
    "GROUP_WORDS",
    "HELD",
    "SUGGESTED",
    "ThemeCoder",
    "agreement_finding",
    "all_remarks",
    "alpha",
    "alpha_by_theme",
    "asked_codes",
    "by_kind",
    "clashes",
    "code_remarks",
    "counted",
    "coverage",
    "curve",
    "gap_words",
    "guide",
    "hole_findings",
    "how_many",
    "is_banded",
    "kappa",
    "leading",
    "mix",
    "noun",
    "oriented",
    "partner_findings",
    "partner_gaps",
    "present_signs",
    "priority_issues",
    "saturation",
    "saturation_finding",
    "sign_findings",
    "standing",
    "standing_out",
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

"""Internal partners: where front line, support, management, departments and sites see things differently."""

from .compare import (
    Superiority,
    benjamini_hochberg,
    delta_words,
    holm,
    superiority,
    welch,
)
from .exposure import CUTS, exposed, over, showable
from .findings import (
    effect_words,
    front_line_findings,
    gap_words,
    interval_words,
    partner_findings,
    sign_findings,
)
from .gaps import COLUMNS, PART_COLUMNS, SMALLEST, partner_gaps, parts_against_rest, staff
from .reliability import (
    Alpha,
    cronbach_alpha,
    omega_total,
    reliability,
    same_answer_throughout,
)
from .response import rates_differ, response, side_headcounts, sides_of
from .scales import (
    GROUP_WORDS,
    GROUPS,
    by_kind,
    heard_sides,
    oriented,
    scale_scores,
    standing,
    subject,
)
from .seen import front_line_alone, present_signs, side_views, who_sees
from .voice_months import lag_words, voice_and_signals, voice_by_month

__all__ = [
    "COLUMNS",
    "CUTS",
    "GROUPS",
    "GROUP_WORDS",
    "PART_COLUMNS",
    "SMALLEST",
    "Alpha",
    "Superiority",
    "benjamini_hochberg",
    "by_kind",
    "cronbach_alpha",
    "delta_words",
    "effect_words",
    "exposed",
    "front_line_alone",
    "front_line_findings",
    "gap_words",
    "heard_sides",
    "holm",
    "interval_words",
    "lag_words",
    "omega_total",
    "oriented",
    "over",
    "partner_findings",
    "partner_gaps",
    "parts_against_rest",
    "present_signs",
    "rates_differ",
    "reliability",
    "response",
    "same_answer_throughout",
    "scale_scores",
    "showable",
    "side_headcounts",
    "side_views",
    "sides_of",
    "sign_findings",
    "staff",
    "standing",
    "subject",
    "superiority",
    "voice_and_signals",
    "voice_by_month",
    "welch",
    "who_sees",
]

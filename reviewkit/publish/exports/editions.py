"""Which columns of which tables an edition may see, and by what they are made safe to see.

The team sees everything. For the others a table is shown only where it stands here, and of it only
the columns that stand here: what their pages show, no more. A new table or column is thus left out
until somebody has decided.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from reviewkit.disclosure import Discloser
from reviewkit.model import Edition

from . import guarded

Change = Callable[[pd.DataFrame, Discloser, Edition], pd.DataFrame]


@dataclass(frozen=True)
class Rule:
    """The columns an edition may see, after ``change`` has left out or banded what is small."""

    columns: str
    change: Change | None = None

    def apply(self, frame: pd.DataFrame, gate: Discloser, edition: Edition) -> pd.DataFrame:
        """Return what of a table the edition may see."""
        shown = self.change(frame, gate, edition) if self.change else frame
        return shown[[name for name in self.columns.split() if name in shown.columns]]


_PLAN = (
    "action_id recommendation_id what owner measure unit site baseline target starts due days cost "
    "resources specific measurable achievable relevant time_bound smart name contract direction "
    "summit sustained held_by stretch gap_ids verdict title agreed effect_contract return_low "
    "return_high"
)
_ASCENT = (
    "measure name unit site contract direction basis stage stage_name percent level due passed "
    "baseline target stretch"
)
_OPINION = "opinion_id rank measure name site contract statement tone size since worth contract_kpi fails "
_SIGNAL = (
    "measure name unit direction site contract n period latest mean lower upper target icon "
    "variation assurance rule since effect worth promoted reason contract_kpi chance"
)
_WHOLE: Mapping[str, Rule] = {"3.2_action_plan": Rule(_PLAN), "3.2_ascent": Rule(_ASCENT)}

LEADERSHIP: Mapping[str, Rule] = {
    "1.1_signals": Rule(_SIGNAL),
    "1.1_site_comparison": Rule(
        "measure site denominator rate lower upper method outlier direction centre lower95 upper95 "
        "observed plain_outlier first last suppressed",
        guarded.sites,
    ),
    "1.1_opinions": Rule(_OPINION),
    "1.2_reviewed_opinions": Rule(
        _OPINION + "status role reason words gone changed stands knowledge decided_on traced remains "
        "new_limits flag"
    ),
    "1.2_new_limits": Rule(
        _SIGNAL + " changed_on change told_by points enough remains words"
    ),
    "1.4_themes": Rule(
        "code heading name stance kind note raised_in in_departments unprompted", guarded.themes
    ),
    "1.4_priority_issues": Rule(
        "code name contract_relevance kind rank formula raised_in", guarded.issues
    ),
    "1.5_convergence": Rule(
        "code name heading measure measure_name site contract relationship reason sensitivity meaning "
        "measure_does next_step stance data kind size asked raised_as firm leading computed overruled_by "
        "overruled_on overruled_why overruled_note"
    ),
    "1.6_first_gaps": Rule(
        "gap_id kind measure code name site contract expected actual evidence likely_cause cause department"
    ),
    "2.1_gaps": Rule(
        "gap_id kind measure name unit site contract target actual gap lower upper since "
        "cost_per_year overlaps code raised_by statement basis expected level"
    ),
    "2.1_causes": Rule(
        "gap_id cause name test effect p_value n verdict statement settle department_from "
        "department_to raised measure site kind"
    ),
    "2.2_journey_variants": Rule("site contract variant cases share suppressed", guarded.variants),
    "2.2_journey_consistency": Rule(
        "site contract cases index lower upper conformance outcome_rate attainment stated_clarity "
        "suppressed",
        guarded.consistency,
    ),
    "2.3_partner_gaps": Rule(
        "statement text kind group_a group_b mean_a mean_b difference lower upper p_value n_a n_b "
        "we_they adjusted delta delta_lower delta_upper",
        guarded.partners,
    ),
    "3.1_recommendations": Rule(
        "recommendation_id intervention title action_area type department what why gap_ids cause "
        "verdict measure site effect_contract effect_improvement expected impact effort return_low "
        "return_high first_year_low first_year_high assumptions priority first stop status role decided_on "
        "dissent flag owner days weeks shows watch strength support library_says estimated"
    ),
    **_WHOLE,
    "4.1_progress": Rule(
        "action_id what measure baseline latest target percent_done stage_reached signal benefit "
        "verdict next_check name unit site contract owner level points_after promise_low promise_high "
        "before estimate estimate_low estimate_high agreed direction starts due timing judged_from change "
        "change_low change_high chance points_before seasonal limits_from limits_reason compared_with more "
        "more_low more_high change_elsewhere place drift drift_low drift_high not_compared caveats "
        "leans time_gone seen_from"
    ),
    "themes_by_group": Rule("by group code name raised_in"),
}  # fmt: skip
MANAGERS: Mapping[str, Rule] = {
    "2.4_capability_gaps": Rule(
        "stakeholder_id department level site competency name needed assessed basis gap self_rating "
        "self_over_others kind route why manager_rating team_rating raters lower upper own_view "
        "needed_from led",
        guarded.gaps_to_close,
    ),
    "2.5_people": Rule(
        "agent team site measure n rate shrunk lower upper centre rank rank_lower rank_upper standing reason",
        guarded.enough_contacts,
    ),
    **_WHOLE,
}
RULES: Mapping[Edition, Mapping[str, Rule]] = {
    "leadership": LEADERSHIP,
    "managers": MANAGERS,
    "participants": {},
}

_INDIVIDUALS = "it holds statements about individuals"
_WORDS = "its rows are single remarks"
WHY: Mapping[str, str] = {
    "1.3_coverage": "it tells of groups of one or a few people whether they were heard",
    "1.4_coded_remarks": f"{_WORDS}, with what was said and by whom",
    "1.4_saturation": "it counts the interviews of small groups",
    "2.4_capability_gaps": _INDIVIDUALS,
    "2.5_people": _INDIVIDUALS,
    "theme_matrix": _WORDS,
    "theme_matrix_coders": _WORDS,
}
"""Why a table is not for an edition whose pages come from its step."""
SOFTENED: Mapping[str, str] = {
    "1.1_site_comparison": "sites with too few cases, or that give those away, are suppressed",
    "1.4_themes": "themes that recur alone; small counts are bands, levels and sites are left out",
    "1.4_priority_issues": "small counts are bands; the parts of the score are left out",
    "1.5_convergence": "numbers of interviews stand only in the sentences, banded where small",
    "2.1_gaps": "the number of interviews behind a described gap stands only in its sentence",
    "2.2_journey_variants": "paths of all sites together; those few customers took are suppressed",
    "2.2_journey_consistency": "sites with too few customers, or that give those away, are suppressed",
    "2.3_partner_gaps": "means are left out where a side has too few respondents",
    "2.4_capability_gaps": "only what there is to close",
    "2.5_people": "agents with too few contacts are left out",
    "4.1_progress": "what was said at checks is left out",
    "themes_by_group": "bands for counts; small groups are put together or left out",
    "findings": "figures and remark ids of what rests on remarks are left out",
}  # fmt: skip
"""What is left out of tables that an edition may see in part."""

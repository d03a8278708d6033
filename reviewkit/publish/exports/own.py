"""The tables that an export makes itself: findings with their figures and evidence, themes by group."""

from __future__ import annotations

from reviewkit.model import EDITIONS, STEPS
from reviewkit.model.finding import STATUSES
from reviewkit.model.tables import Table

from .columns import CODE, CODE_NAME, FINGERPRINT, KIND_OF_SOURCE, SOURCE, count, number, text, yes

FINDING_ID = text("finding_id", "Finding, by its id; the same from run to run")
BANDS = ("none", "one", "a few", "several", "most")

OWN = (
    Table(
        "findings",
        "Every statement of the review that the edition may read",
        (
            FINDING_ID,
            text("step", "Step that found it", *(spec.number for spec in STEPS)),
            text("kind", "Kind of finding"),
            text("subject", "What it is about, the last parts of its id"),
            text("statement", "The finding in words"),
            text("status", "How far it is agreed", *STATUSES),
            yes("changed_since_decided", "Its figures changed since people decided"),
            yes("personal", "It is about one individual"),
            text("audience", f"Editions that may read it, of {', '.join(EDITIONS)}, with commas between"),
            FINGERPRINT,
        ),
        key=("finding_id",),
    ),
    Table(
        "finding_figures",
        "The figures of the findings, one row a figure",
        (
            FINDING_ID,
            text("figure", "Name of the figure"),
            text("kind", "Whether it is a number, a text, true or false, or missing", "number", "text",
                 "boolean", "missing"),
            number("number", "The figure where it is a number"),
            text("text", "The figure where it is a text, true or false"),
        ),
        key=("finding_id", "figure"),
    ),
    Table(
        "finding_evidence",
        "What the findings rest on, one row a source",
        (
            FINDING_ID,
            count("place", "Order of the sources of a finding, from 1"),
            text("source", "Table it rests on"),
            text("rule", "Rule that was applied"),
            count("rows", "Rows read; empty where that does not apply"),
            text("query", "Which rows, in words"),
            count("remarks", "Remarks it rests on"),
            text("remark_ids", "Remarks it rests on, by id, with commas between"),
        ),
        key=("finding_id", "place"),
    ),
    Table(
        "themes_by_group",
        "Concerns by department, level and site, in bands; small groups are put together or left out",
        (
            text("by", "What the group is one of", "department", "level", "site"),
            text("group", "The group"),
            CODE,
            CODE_NAME,
            text("raised_in", "Interviews of the group that raise it, as a band", *BANDS),
        ),
        key=("by", "group", "code"),
    ),
    Table(
        "dictionary",
        "Every table and column here: meaning, kind, unit, and where it is from",
        (
            text("table", "Table, by name"),
            text("column", "Column; empty in the row that describes the table"),
            text("kind", "Kind of the values", "table", "text", "integer", "number", "boolean", "date"),
            text("unit", "Unit of the values; the measure's unit is that of the measure in the same row"),
            text("meaning", "What it is"),
            text("values", "Values it may take, with commas between; empty where any"),
            text("where_from", "Step and evidence it is made from"),
        ),
        key=("table", "column"),
    ),
)  # fmt: skip

MATRIX = Table(
    "theme_matrix",
    "Remarks by themes: 1 where a remark carries the theme, else 0; the codes that count in step 1.4",
    (
        text("remark_id", "Remark, customer's comment or observation, by id"),
        SOURCE,
        KIND_OF_SOURCE,
        text("unit_id", "What is counted: the interview, the comment or the observation"),
        text("department", "Department"),
        text("level", "Level in the organisation"),
        text("site", "Site"),
        text("contract", "Contract, by its id in the params file"),
        count(
            "coders", "Analysts who coded the remark; 0 where codes are only suggested, or nobody coded it"
        ),
        yes("suggested", "A code in the row is suggested by cue phrases; no analyst has confirmed it"),
    ),
    key=("remark_id",),
    personal=True,
)
CODERS_MATRIX = Table(
    "theme_matrix_coders",
    "Remarks by themes: how many analysts gave the remark the theme; suggestions do not count",
    tuple(column for column in MATRIX.columns if column.name != "suggested"),
    key=("remark_id",),
    personal=True,
)

"""Schemas of what was made of people's words: codings, the codebook's changes, quotes, corrections."""

from __future__ import annotations

from .schema import Column, Table

CODED = (
    Table(
        "codings",
        "Remarks coded to the codebook",
        (
            Column("remark_id", "text", "Remark or customer feedback", required=True),
            Column("code", "text", "Code, by id in the codebook", required=True),
            Column("coder", "text", "Who coded, by role", required=True),
            Column("stance", "text", "Stance", allowed=("concern", "strength", "suggestion")),
            Column("prompting", "text", "How it came up", allowed=("spontaneous", "prompted", "asked")),
            Column("memo", "text", "Note by the coder"),
            Column("codebook_version", "integer", "Version of the codebook it was made under", minimum=1),
        ),
        key=("remark_id", "code", "coder"),
        collect="Code the remarks in step 1.4.",
    ),
    Table(
        "codebook_changes",
        "What was changed in the codebook, one row a version",
        (
            Column("version", "integer", "Version of the codebook that it made", required=True, minimum=2),
            Column(
                "kind",
                "text",
                "Kind of change",
                required=True,
                allowed=("rename", "merge", "split", "move", "retire", "edit"),
            ),
            Column("codes", "text", "Codes it changed, by id, with semicolons between"),
            Column("into", "text", "What they became, by id, with semicolons between"),
            Column("detail", "text", "Names, entries and remarks of the change, as JSON"),
            Column("role", "text", "Who changed it, by role", required=True),
            Column("reason", "text", "Why"),
            Column("changed_on", "date", "When"),
        ),
        key=("version",),
        collect="Change the codebook with `reviewkit codebook`.",
    ),
    Table(
        "blind_sample",
        "Remarks drawn to be coded by a second person who sees neither codes nor suggestions",
        (
            Column("remark_id", "text", "Remark or customer feedback", required=True),
            Column("stratum", "text", "Part of the remarks it stands for"),
            Column("role", "text", "Who drew it, by role"),
            Column("drawn_on", "date", "When"),
        ),
        key=("remark_id",),
        collect="Draw a sample with `reviewkit codebook sample`.",
    ),
    Table(
        "resolutions",
        "What was settled about a remark that coders coded differently",
        (
            Column("remark_id", "text", "Remark or customer feedback", required=True),
            Column("code", "text", "Code in question, by id in the codebook", required=True),
            Column("holds", "boolean", "Whether the code holds", required=True),
            Column("stance", "text", "Stance", allowed=("concern", "strength", "suggestion")),
            Column("memo", "text", "Why, so that the next such remark is coded alike"),
            Column("role", "text", "Who settled it, by role", required=True),
            Column("resolved_on", "date", "When"),
        ),
        key=("remark_id", "code"),
        collect="Settle disagreements of coders with `reviewkit codebook settle` or in step 1.4.",
    ),
    Table(
        "quotes",
        "Quotes considered for publication, as redacted",
        (
            Column("remark_id", "text", "Remark or customer feedback", required=True),
            Column("words", "text", "The words as they may appear", required=True),
            Column("status", "text", "Decision", required=True, allowed=("approved", "refused")),
            Column("role", "text", "Who decided, by role", required=True),
            Column("attribution", "text", "Broader attribution, where the rule's own would tell too much"),
            Column("reason", "text", "Why"),
            Column("decided_on", "date", "When"),
        ),
        key=("remark_id",),
        collect="Approve quotes in the review screen.",
    ),
    Table(
        "corrections",
        "Corrections by people who were heard, and what became of them",
        (
            Column("correction_id", "text", "Identifier", required=True),
            Column(
                "about", "text", "Statement, by finding id, or theme, by code; empty for something left out"
            ),
            Column("correction", "text", "What it should say, as received", required=True),
            Column("words", "text", "The correction as it may be shown, without what leads to a person"),
            Column("role", "text", "From whom, by broad role or pseudonym; empty where no name was given"),
            Column(
                "status",
                "text",
                "What became of it",
                required=True,
                allowed=("open", "accepted", "rejected"),
            ),
            Column("reason", "text", "Why it was accepted or rejected"),
            Column("decided_by", "text", "Who decided, by role"),
            Column("received_on", "date", "When it came"),
            Column("decided_on", "date", "When it was decided"),
        ),
        key=("correction_id",),
        personal=True,
        collect="Send the page of what was heard to those who took part, and write down what they put right.",
    ),
)

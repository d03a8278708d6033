"""Ways to spoil what a params file says: measures that do harm, and what does not agree."""

from __future__ import annotations

from .world import Case, added, changed

P = "tiny.yaml"

_TEXTS = {
    "two statements": "sum(value); drop table kpis",
    "a select": "(select 1)",
    "a file": "read_csv('/etc/passwd')",
    "a file in an aggregate": "sum(read_text('/etc/passwd'))",
    "union": "sum(value) union select 1",
    "environment": "getenv('HOME')",
    "comment and more": "sum(value) -- ; drop table kpis\\n; attach 'x'",
    "no such column": "sum(figure)",
    "column outside": "value",
    "no such function": "sum(explode(value))",
    "window": "sum(value) over ()",
    "bracket open": "sum(value",
    "quote open": "sum(value) || 'x",
    "nested without end": "sum(" + "(" * 400 + "value" + ")" * 400 + ")",
    "too long": "sum(value)" + " + sum(value)" * 400,
    "text and number": "sum(site)",
    "a word": "''",
    "text where a number is due": "max(site)",
    "another table": "sum(targets.target)",
    "cast": "sum(cast(value as varchar))",
    "lambda": "list_transform([1], x -> x)",
    "pragma": "pragma database_list",
    "copy": "copy kpis to '/tmp/x.csv'",
    "a star": "*",
    "colours of a terminal": "sum(value) \\e[31m\\a",
    "unicode quotes": "sum(‘value’)",
}
INJECTION = [
    Case(
        "injection in measure text",
        name,
        changed(
            "numerator: sum(value)",
            f'numerator: "{text}"' if "\\" in text else f"numerator: >-\n      {text}",
        ),
        (P, "line", "csat"),
        loads=False,
    )
    for name, text in _TEXTS.items()
] + [
    Case(
        "injection in measure text",
        "condition an aggregate",
        changed("where: measure = 'csat'", "where: sum(value) > 1"),
        (P, "line", "csat"),
        loads=False,
    ),
    Case(
        "injection in measure text",
        "condition no condition",
        changed("where: measure = 'csat'", "where: site"),
        (P, "line", "csat"),
        loads=False,
    ),
    Case(
        "injection in measure text",
        "condition always true",
        changed("where: measure = 'csat'", "where: 1=1 or (select 1)"),
        (P, "line", "csat"),
        loads=False,
    ),
    Case(
        "injection in measure text",
        "date of no column",
        changed("    unit: score", "    unit: score\n    at: yesterday"),
        (P, "line 22", "csat", "measures.0.at"),
        loads=False,
    ),
]

_DISAGREE = {
    "code nobody knows": ("    codes: [morale, moral]", (P, "measures.0.codes", "Did you mean 'morale'")),
    "contract ends before": (
        ("ends: 2026-12-31", "ends: 2023-12-31"),
        (P, "line 12", "contracts.0.ends"),
    ),
    "plan ends before": ("plan_starts: 2025-09-01\nplan_ends: 2025-08-01", (P, "line 28", "plan_ends")),
    "no folder of data": (("data: data", "data: nowhere"), ("nowhere", P, "line 6")),
    "data folder a file": (("data: data", "data: tiny.yaml"), (P, "line 6")),
    "no folder of notebooks": ("notebooks: nowhere", (P, "line 27", "nowhere")),
    "codebook not there": ("codebook: codes.yaml", ("codes.yaml", "no such file")),
}
DISAGREE = [
    Case(
        "disagreements",
        name,
        added(how) if isinstance(how, str) else changed(*how),
        words,
        loads="data" in name or "codebook" in name,
    )
    for name, (how, words) in _DISAGREE.items()
]

CASES = [*INJECTION, *DISAGREE]

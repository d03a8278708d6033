"""Ways to spoil the keys of a params file."""

from __future__ import annotations

from .world import PARAMS, Case, added, changed, params

P = "tiny.yaml"

_KEYS = {
    "top": ("language_: en", "key language_"),
    "contract": (("    purpose: To answer\n", "    purpose: To answer\n    begins: 2024-01-01\n"), "begins"),
    "measure": (("    unit: score\n", "    unit: score\n    units: score\n"), "units"),
    "source": (("{file: kpis.csv}", "{file: kpis.csv, coding: utf-8}"), "coding"),
    "disclosure": ("disclosure: {minimum: 5}", "minimum"),
    "attribution": ("attribution: [{source: A, licence: B, owner: C}]", "owner"),
    "schedule": ('schedule: {cron: "0 6 * * 1", zone: UTC}', "zone"),
    "near": ("plan_start: 2025-01-01", "plan_starts"),
}
UNKNOWN = [
    Case(
        "unknown keys",
        name,
        added(how) if isinstance(how, str) else changed(*how),
        (P, "line", word, "not known"),
    )
    for name, (how, word) in _KEYS.items()
]
_LINES = ("id: tiny", "name: Tiny", "client: A tiny client", "purpose: To answer calls", "data: data")
MISSING = [
    *(
        Case(
            "missing keys",
            line.split(":")[0],
            params(PARAMS.replace(f"{line}\n", "", 1)),
            (P, "this key is missing"),
        )
        for line in (*_LINES, "data_as_of: 2025-06-30")
    ),
    *(
        Case(
            "missing keys",
            f"measure's {key}",
            changed(f"    {key}: {value}\n", ""),
            (P, f"measures.0.{key}", "missing"),
        )
        for key, value in {
            "name": "Satisfaction",
            "unit": "score",
            "direction": "increase",
            "table": "kpis",
            "numerator": "sum(value)",
        }.items()
    ),
]

_TYPES = {
    "id a number": (("id: tiny", "id: 7"), "key id"),
    "id capital": (("id: tiny", "id: Tiny"), "key id"),
    "id with a path": (("id: tiny", "id: ../tiny"), "key id"),
    "id too long": (("id: tiny", "id: " + "a" * 60), "key id"),
    "name a list": (("name: Tiny", "name: [a]"), "key name"),
    "name a date": (("name: Tiny", "name: {a: b}"), "key name"),
    "client empty": (("client: A tiny client", "client:"), "key client"),
    "date no date": (("data_as_of: 2025-06-30", "data_as_of: soon"), "key data_as_of"),
    "date not of the calendar": (("data_as_of: 2025-06-30", "data_as_of: 2025-02-30"), "key data_as_of"),
    "date the other way": (("data_as_of: 2025-06-30", "data_as_of: 30/06/2025"), "key data_as_of"),
    "date a list": (("data_as_of: 2025-06-30", "data_as_of: [2025]"), "key data_as_of"),
    "contracts no list": ("plan_starts: [1]", "key plan_starts"),
    "sources a list": (("  targets: targets.csv\n", "  - targets.csv\n"), "line"),
    "source a number": (("targets: targets.csv", "targets: 7"), "sources.targets"),
    "source empty": (("targets: targets.csv", "targets:"), "sources.targets"),
    "unknown table": (("targets: targets.csv", "aims: targets.csv"), "aims"),
    "measures no list": (("measures:\n  - id: csat", "measures:\n    id: csat"), "measures"),
    "measure a word": ("period: daily", "key period"),
    "unit unknown": (("unit: score", "unit: stars"), "measures.0.unit"),
    "direction unknown": (("direction: increase", "direction: up"), "measures.0.direction"),
    "measure of no table": (("table: kpis", "table: figures"), "measures.0.table"),
    "effect negative": ("    minimum_effect: -1", "minimum_effect"),
    "effect not a number": ("    minimum_effect: much", "minimum_effect"),
    "effect not finite": ("    minimum_effect: .inf", "minimum_effect"),
    "value NaN": ("    value_per_unit: .nan", "value_per_unit"),
    "decimals a fraction": ("    decimals: 1.5", "decimals"),
    "decimals too many": ("    decimals: 9", "decimals"),
    "yes is no boolean": ("simulated: maybe", "key simulated"),
    "baseline too short": ("baseline_points: 3", "baseline_points"),
    "journey no list": ("journey: {line: start}", "journey.line"),
    "threshold nought": ("disclosure: {minimum_pool: 0}", "minimum_pool"),
    "threshold without reason": ("disclosure: {minimum_pool: 2}", "reason"),
    "ascent basis": ("ascent_basis: all", "ascent_basis"),
    "secret in lower case": ("secrets: [password]", "secrets.0"),
    "secrets a word": ("secrets: PASSWORD", "secrets"),
    "keep_until no date": ("keep_until: never", "keep_until"),
    "two measures of one id": (
        "  - {id: csat, name: A, unit: score, direction: increase, table: kpis, numerator: sum(value)}",
        "two measures",
    ),
    "header nought": (("{file: kpis.csv}", "{file: kpis.csv, header: 0}"), "header"),
    "separator of two letters": (("{file: kpis.csv}", "{file: kpis.csv, separator: '||'}"), "separator"),
    "decimal sign": (("{file: kpis.csv}", "{file: kpis.csv, decimal: ';'}"), "decimal"),
    "unit of a column": (("{file: kpis.csv}", "{file: kpis.csv, units: {value: miles}}"), "units.value"),
    "columns a list": (("{file: kpis.csv}", "{file: kpis.csv, columns: [a, b]}"), "columns"),
    "values not nested": (("{file: kpis.csv}", "{file: kpis.csv, values: {site: N}}"), "values.site"),
    "sheet of a CSV": (("{file: kpis.csv}", "{file: kpis.csv, sheet: May}"), "sheet"),
    "file of no known kind": (("{file: kpis.csv}", "{file: kpis.docx}"), "kpis.docx"),
    "neither file nor database": (("{file: kpis.csv}", "{header: 2}"), "sources.kpis"),
    "file and database": (("{file: kpis.csv}", "{file: kpis.csv, database: a, table: b}"), "sources.kpis"),
    "database without table": (("{file: kpis.csv}", "{database: a}"), "sources.kpis"),
    "database nobody named": (("{file: kpis.csv}", "{database: a, table: b}"), "'a'"),
}
TYPES = [
    Case("wrong types", name, added(how) if isinstance(how, str) else changed(*how), (P, word))
    for name, (how, word) in _TYPES.items()
]

_CRONS = {
    "one field": "'6'",
    "six fields": "'0 6 * * 1 2025'",
    "hour 25": "'0 25 * * *'",
    "minute 60": "'60 6 * * *'",
    "day 32": "'0 6 32 * *'",
    "month 13": "'0 6 1 13 *'",
    "30 February": "'0 6 30 2 *'",
    "words": "'every Monday'",
    "shell": "'0 6 * * 1; rm -rf /'",
    "a number": "7",
    "a list": "[0, 6]",
    "no cron": "{timezone: UTC}",
    "no such zone": "{cron: '0 6 * * 1', timezone: Mars/Olympus}",
    "zone a path": "{cron: '0 6 * * 1', timezone: ../../etc/passwd}",
}
CRON = [
    Case("bad cron", name, added(f"schedule: {how}"), (P, "line 27", "schedule"))
    for name, how in _CRONS.items()
]

_ADDRESSES = {
    "http": "http://db.example/x",
    "no scheme": "db.example",
    "file": "file:///etc/passwd",
    "MySQL": "mysql://a@b/c",
    "password in it": "postgresql://a:hunter2@db.example/ops",
    "secret and more": "'postgresql://a:x${PW}@db.example/ops'",
    "a number": "7",
    "a list": "[postgresql://a]",
}
URLS = [
    *(
        Case(
            "bad URLs",
            f"database, {name}",
            added(f"databases: {{w: {how}}}"),
            (P, "line 27", "databases.w"),
            never=("hunter2",),
        )
        for name, how in _ADDRESSES.items()
    ),
    *(
        Case(
            "bad URLs", f"store, {name}", added(f"store: {how}"), (P, "line 27", "store"), never=("hunter2",)
        )
        for name, how in _ADDRESSES.items()
    ),
]

CASES = [*UNKNOWN, *MISSING, *TYPES, *CRON, *URLS]

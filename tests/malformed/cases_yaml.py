"""Ways to spoil a params file as YAML."""

from __future__ import annotations

from pathlib import Path

from .world import PARAMS, Case, added, changed, params

P = "tiny.yaml"


def _directory(folder: Path) -> None:
    (folder / P).unlink()
    (folder / P).mkdir()


_BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 30))

CASES = [
    Case("YAML syntax", "tab as indent", changed("  - id: csat", "\t- id: csat"), (P, "line")),
    Case("YAML syntax", "quote not closed", changed("name: Tiny", 'name: "Tiny'), (P, "line")),
    Case("YAML syntax", "bracket not closed", changed("{file: kpis.csv}", "{file: kpis.csv"), (P, "line")),
    Case("YAML syntax", "colon in plain text", changed("name: Tiny", "name: Tiny: small"), (P, "line 2")),
    Case(
        "YAML syntax", "indent wrong", changed("    name: Satisfaction", "   name: Satisfaction"), (P, "line")
    ),
    Case("YAML syntax", "two documents", added("---\nid: other"), (P, "line")),
    Case("YAML syntax", "percent directive", params("%FOO\n" + PARAMS), (P,)),
    Case("YAML syntax", "complex key", added("? [a, b]\n: c"), (P,)),
    Case("YAML syntax", "merge key", added("<<: {name: x}"), (P,)),
    Case("YAML syntax", "block without end", changed("name: Tiny", "name: [a, b"), (P, "line")),
    Case("YAML syntax", "at sign", changed("name: Tiny", "name: @tiny"), (P, "line 2")),
    Case("empty params", "nothing", params(""), (P, "holds no keys")),
    Case("empty params", "comments alone", params("# nothing\n"), (P, "holds no keys")),
    Case("empty params", "a list", params("- a\n- b\n"), (P, "holds no keys")),
    Case("empty params", "a word", params("hello\n"), (P, "holds no keys")),
    Case("empty params", "null", params("~\n"), (P, "holds no keys")),
    Case(
        "params bytes",
        "not UTF-8",
        params(PARAMS.replace("Tiny", "T\xefny", 1).encode("latin-1")),
        (P, "UTF-8"),
    ),
    Case("params bytes", "UTF-16 without mark", params(PARAMS.encode("utf-16-le")), (P,)),
    Case("params bytes", "null byte", params(PARAMS.replace("Tiny", "T\0ny", 1)), (P,)),
    Case("params bytes", "control character", params(PARAMS.replace("Tiny", "T\x07ny", 1)), (P,)),
    Case("params bytes", "binary rubbish", params(bytes(range(256)) * 40), (P,)),
    Case("params bytes", "zip file", params(b"PK\x03\x04" + bytes(200)), (P,)),
    Case("params bytes", "a folder", _directory, (P, "folder")),
    Case("params bytes", "not there", lambda folder: (folder / P).unlink(), (P, "no such file")),
    Case("duplicate keys", "top", added("name: Other"), (P, "line 27", "named twice")),
    Case("duplicate keys", "in a measure", added("    unit: count"), (P, "line 27", "named twice")),
    Case(
        "duplicate keys",
        "a source",
        changed("  targets: t", "  kpis: k.csv\n  targets: t"),
        (P, "named twice"),
    ),
    Case("YAML tags", "python object", added("x: !!python/object/apply:os.system ['id']"), (P, "line 27")),
    Case("YAML tags", "python name", added("x: !!python/name:os.system"), (P, "line 27")),
    Case("YAML tags", "own tag", added("x: !secret a"), (P, "line 27")),
    Case("YAML tags", "binary", changed("name: Tiny", "name: !!binary aGVsbG8="), (P, "line 2")),
    Case("YAML tags", "wrong base64", changed("name: Tiny", "name: !!binary '*'"), (P,)),
    Case("aliases", "one", params(PARAMS.replace("Tiny", "&n Tiny", 1) + "language: *n\n"), (P, "alias")),
    Case("aliases", "bomb", params(_BOMB), (P, "alias")),
    Case("aliases", "of itself", params("a: &a [*a]\n"), (P, "line 1", "alias")),
    Case("aliases", "undefined", added("language: *nobody"), (P, "line 27")),
    Case("aliases", "star at the start", changed("name: Tiny", "name: *Tiny*"), (P, "line 2")),
    Case("nesting", "lists", params("a: " + "[" * 5000 + "]" * 5000), (P, "nested")),
    Case("nesting", "keys", params("a: " + "{a: " * 500 + "1" + "}" * 500), (P, "nested")),
    Case("nesting", "number of 5,000 digits", changed("name: Tiny", "baseline_points: " + "9" * 5000), (P,)),
]

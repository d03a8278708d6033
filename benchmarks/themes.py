"""How well the ThemeCoder codes remarks it has not seen, and how fast; writes docs/themecoder.md.

``python benchmarks/themes.py REMARKS.csv`` reads a file with the columns ``text`` and ``theme``.
"""

from __future__ import annotations

import argparse
import re
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from reviewkit.voices import ThemeCoder

FOLDS, DRAWS, SEED = 5, 2000, 11
TARGETS = {"accuracy": 0.735, "macro-F1": 0.62}


def held_out(texts: Any, themes: Any) -> pd.DataFrame:
    """Return each remark with its theme, and what both ways say of it unseen; duplicates in one fold."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.model_selection import StratifiedGroupKFold
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    plainly = [re.sub(r"[^a-z0-9]+", " ", text.lower()).strip() for text in texts]
    group = np.unique(plainly, return_inverse=True)[1]
    parts = []
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED)
    for known, held in folds.split(texts, themes, group):
        coder = ThemeCoder().fit(texts[known], themes[known])
        plain = make_pipeline(TfidfVectorizer(), LinearSVC(random_state=0)).fit(texts[known], themes[known])
        found = coder.suggest(texts[held])[["theme", "confidence"]]
        parts.append(found.assign(true=themes[held], plain=plain.predict(texts[held]), group=group[held]))
    return pd.concat(parts, ignore_index=True)


def scores(true: Any, found: Any) -> dict[str, float]:
    """Return accuracy, balanced accuracy, Matthews' correlation and macro-F1."""
    from sklearn import metrics

    return {
        "accuracy": metrics.accuracy_score(true, found),
        "balanced accuracy": metrics.balanced_accuracy_score(true, found),
        "Matthews' correlation": metrics.matthews_corrcoef(true, found),
        "macro-F1": metrics.f1_score(true, found, average="macro"),
    }


def gains(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the gain over the plain way with its 95 % interval, groups of duplicates drawn together."""
    random, names = np.random.default_rng(SEED), sorted(rows["true"].unique())
    place = {name: number for number, name in enumerate(names)}
    true, own, plain = (rows[name].map(place).to_numpy() for name in ("true", "theme", "plain"))
    member = rows["group"].rank(method="dense").astype(int).to_numpy() - 1
    found, size = [], int(member.max()) + 1
    for _ in range(DRAWS):
        drawn = np.bincount(random.integers(0, size, size), minlength=size)[member]
        ours, theirs = (_weighted(true, labels, drawn, len(names)) for labels in (own, plain))
        found.append(np.subtract(ours, theirs))
    low, high = np.quantile(found, [0.025, 0.975], axis=0)
    return pd.DataFrame(
        {"gain": np.mean(found, axis=0), "lower": low, "upper": high}, index=["accuracy", "macro-F1"]
    )


def _weighted(true: Any, found: Any, weight: Any, size: int) -> tuple[float, float]:
    table = np.bincount(true * size + found, weights=weight, minlength=size * size).reshape(size, size)
    both = np.diag(table)
    f1 = 2 * both / np.maximum(table.sum(axis=0) + table.sum(axis=1), 1e-9)
    return both.sum() / table.sum(), f1.mean()


def report(remarks: pd.DataFrame) -> str:
    """Return the page."""
    texts, themes = (remarks[name].astype("str").to_numpy(dtype=object) for name in ("text", "theme"))
    rows = held_out(texts, themes)
    parts = [_lead(rows), _quality(rows), _speed(texts, themes), _calibration(rows), _abstaining(rows)]
    return "\n".join([*parts, _by_theme(rows)])


def _table(headings: list[str], rows: list[list[str]]) -> str:
    lines = [headings, ["---", *["---:"] * (len(headings) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _lead(rows: pd.DataFrame) -> str:
    return (
        "# ThemeCoder measured\n"
        "Written by `make themes`, of one go on one machine, from remarks of patients with one of "
        f"{rows['true'].nunique()} themes\n(pxtextmining, phase 1): {len(rows):,} remarks, "
        f"{rows['group'].nunique():,} of them different,\n"
        f"{FOLDS}-fold cross-validation with duplicates in one fold.\n"
    )


def _quality(rows: pd.DataFrame) -> str:
    own, plain, gain = scores(rows["true"], rows["theme"]), scores(rows["true"], rows["plain"]), gains(rows)
    gained = {
        str(name): f"{row['gain']:+.3f} ({row['lower']:+.3f} to {row['upper']:+.3f})"
        for name, row in gain.iterrows()
    }
    body = [
        [name, f"{value:.3f}", f"{plain[name]:.3f}", gained.get(name, ""), str(TARGETS.get(name, ""))]
        for name, value in own.items()
    ]
    table = _table(["", "ThemeCoder", "TF-IDF + LinearSVC", "gain, 95 % interval", "aim"], body)
    return f"{table}\nThe interval is a paired bootstrap of {DRAWS:,} draws."


def _speed(texts: Any, themes: Any) -> str:
    coder = ThemeCoder().fit(texts, themes)
    began = time.process_time()
    coder.suggest(texts)
    speed = len(texts) / (time.process_time() - began)
    told = f"Suggestions, with words and confidence: {speed:,.0f} remarks a second of one core's time"
    return f"{told} (aim: 8,000).\n"


def _calibration(rows: pd.DataFrame) -> str:
    right = rows["theme"] == rows["true"]
    bins = rows.groupby(pd.cut(rows["confidence"], np.linspace(0, 1, 11)), observed=True)
    sure = pd.DataFrame({"n": bins.size(), "said": bins["confidence"].mean()})
    sure["right"] = right.groupby(pd.cut(rows["confidence"], np.linspace(0, 1, 11)), observed=True).mean()
    off = float((sure["n"] * (sure["said"] - sure["right"]).abs()).sum() / len(rows))
    body = [
        [
            f"{at.left:.1f} to {at.right:.1f}",
            f"{row.n:,}",
            f"{100 * row.said:.0f} %",
            f"{100 * row.right:.0f} %",
        ]
        for at, row in zip(sure.index, sure.itertuples(), strict=True)
    ]
    lead = f"Confidence is off by {100 * off:.1f} percentage points (expected calibration error, ten bins)."
    table = _table(["confidence", "remarks", "said", "right"], body)
    return f"## Can confidence be believed?\n{lead}\n\n{table}"


def _abstaining(rows: pd.DataFrame) -> str:
    right = rows["theme"] == rows["true"]
    kept = [(level, rows["confidence"] >= level) for level in (0.0, 0.5, 0.6, 0.7, 0.8, 0.9)]
    body = [
        [f"{level:.1f}", f"{100 * chosen.mean():.0f} %", f"{100 * right[chosen].mean():.0f} %"]
        for level, chosen in kept
    ]
    return "## What abstaining buys\n" + _table(["accepted from", "remarks accepted", "of these right"], body)


def _by_theme(rows: pd.DataFrame) -> str:
    right = rows["theme"] == rows["true"]
    body = []
    for name, count in rows["true"].value_counts().items():
        found, given = right[rows["true"] == name].mean(), right[rows["theme"] == name].mean()
        body.append([str(name), f"{count:,}", f"{100 * found:.0f} %", f"{100 * given:.0f} %"])
    return "## By theme\n" + _table(["theme", "remarks", "found", "of those suggested, right"], body)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("remarks", type=Path)
    text = report(pd.read_csv(asked.parse_args().remarks))
    (Path(__file__).parents[1] / "docs" / "themecoder.md").write_text(text, encoding="utf-8")
    print(text)

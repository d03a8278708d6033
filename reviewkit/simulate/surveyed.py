"""Surveys and ratings: the partnering survey, leaders' competencies and facts, customers' comments."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .contacts import Scene
from .speech import Speaker, spoken
from .written import notes

STATEMENTS = (
    *(f"sign_{i}" for i in range(1, 10)),
    *(f"key_{i}" for i in range(1, 7)),
    *(f"expectation_{i}" for i in range(1, 4)),
    *(f"support_{i}" for i in range(1, 4)),
)
"""Statements of the partnering survey. Agreement with a sign is bad news, with the others good."""

COMPETENCIES = (
    "coaching",
    "goal_setting",
    "business_acumen",
    "analytical_thinking",
    "communicating_direction",
    "empathy",
    "integrity",
    "resilience",
)
_LEVELS = ("senior_leadership", "department_head", "team_lead")


def perceptions(scene: Scene, register: pd.DataFrame) -> pd.DataFrame:
    """Return answers to the partnering survey, one row a respondent and statement."""
    rng = scene.rng("perceptions")
    asked = register[register["headcount"] == 1]
    asked = asked[rng.random(len(asked)) < scene.size.survey]
    means = {truth.statement: truth for truth in scene.truths.partners}
    rows = []
    for i, person in enumerate(asked.itertuples()):
        side = _side(scene, str(person.department), str(person.level))
        own = rng.normal(0, 0.35)
        for statement in STATEMENTS:
            if rng.random() < 0.02:
                continue
            usual = 2.6 if statement.startswith("sign") else 3.5
            mean = getattr(means[statement], side) if statement in means else usual
            answer = int(np.clip(np.round(mean + own + rng.normal(0, 0.8)), 1, 5))
            rows.append((f"Q{i + 1:03d}", side, person.department, person.site, statement, answer))
    return pd.DataFrame(rows, columns=["respondent_id", "group", "department", "site", "statement", "answer"])


def _side(scene: Scene, department: str, level: str) -> str:
    if level in ("senior_leadership", "department_head"):
        return "management"
    return "front_line" if department in scene.world.front_line else "support"


def competencies(scene: Scene, register: pd.DataFrame) -> pd.DataFrame:
    """Return leaders' competencies: what the role needs and how self, manager and team see it."""
    rng, rows = scene.rng("competencies"), []
    reports = register.groupby("reports_to").size()
    for leader in _leaders(register).itertuples():
        team = int(reports.get(leader.stakeholder_id, 0))
        raters = int(rng.binomial(team, 0.8)) if team else 0
        for competency in COMPETENCIES:
            needed = float(np.clip(np.round(rng.normal(3.8, 0.35) * 2) / 2, 3, 5))
            lack = _lack(scene, str(leader.department), str(leader.level), competency)
            real = needed - lack + rng.normal(-0.1, 0.3)
            seen = [real + rng.normal(0.35, 0.3), real + rng.normal(0.05, 0.3), real + rng.normal(0, 0.15)]
            own, boss, people = (float(np.clip(value, 1, 5)) for value in seen)
            scores = (np.round(own * 2) / 2, np.round(boss * 2) / 2, round(people, 1) if raters else None)
            rows.append((leader.stakeholder_id, competency, needed, *scores, raters))
    ratings = ["self_rating", "manager_rating", "team_rating", "team_raters"]
    return pd.DataFrame(rows, columns=["stakeholder_id", "competency", "needed", *ratings])


def _lack(scene: Scene, department: str, level: str, competency: str) -> float:
    found = [
        truth.gap
        for truth in scene.truths.leaders
        if (truth.department, truth.level, truth.competency) == (department, level, competency)
    ]
    return found[0] if found else 0.0


def _leaders(register: pd.DataFrame) -> pd.DataFrame:
    return register[register["level"].isin(_LEVELS) & (register["headcount"] == 1)]


def leaders(scene: Scene, register: pd.DataFrame) -> pd.DataFrame:
    """Return facts about leaders: desire, promotion, what they are judged by, succession."""
    rng, people = scene.rng("leaders"), _leaders(register)
    n = len(people)
    desire = np.clip(np.round(rng.normal(3.7, 0.9, n)), 1, 5)
    basis = ["results_in_last_role", "length_of_service", "leadership_assessment", "vacancy"]
    return pd.DataFrame(
        {
            "stakeholder_id": people["stakeholder_id"].to_numpy(),
            "desire_to_lead": desire,
            "team_answer": np.clip(desire - 0.3 + rng.normal(0, 0.6, n), 1, 5).round(1),
            "promoted_on": rng.choice(basis, n, p=[0.46, 0.2, 0.18, 0.16]),
            "measured_on": rng.choice(["results", "tasks", "both"], n, p=[0.3, 0.45, 0.25]),
            "years_to_retirement": np.clip(rng.gamma(3, 6, n), 0.5, 40).round(0),
            "successor_ready": rng.random(n) < 0.35,
        }
    )


def customer_feedback(scene: Scene, contacts: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return customers' comments on contacts that were scored, and what each truly says."""
    rng = scene.rng("customer_feedback")
    kinds = notes(scene.world.id)["customer_texts"]
    scored = contacts[contacts["csat"].notna()]
    chosen = scored.sample(min(scene.size.feedback, len(scored)), random_state=rng).sort_values("at")
    customer = Speaker(scene.world.id, "", "", ("another department",))
    rows, truth = [], []
    for i, contact in enumerate(chosen.itertuples()):
        code, stance, text = _comment(rng, kinds, str(contact.site), float(str(contact.csat)), customer)
        number = f"CF{i + 1:04d}"
        columns = (contact.at, contact.site, contact.contract, contact.contact_id)
        rows.append((number, *columns, "What could we do better, or what was good?", contact.csat, text))
        if code:
            truth.append({"remark_id": number, "code": code, "stance": stance, "prompting": "spontaneous"})
    columns_ = ["feedback_id", "at", "site", "contract", "contact_id", "question", "score", "text"]
    return pd.DataFrame(rows, columns=columns_), pd.DataFrame(truth)


def _comment(
    rng: np.random.Generator, kinds: list[list[object]], site: str, score: float, customer: Speaker
) -> tuple[str, str, str]:
    """A comment that goes with the score: praise above three, complaint below; some say it twice."""
    weights = np.array([_weight(kind, site, score) for kind in kinds])
    code, stance, _, _, texts = kinds[int(rng.choice(len(kinds), p=weights / weights.sum()))]
    assert isinstance(texts, list)
    order = rng.permutation(len(texts))
    said = [spoken(rng, texts[i], customer) for i in order[: 1 + int(code != "" and rng.random() < 0.4)]]
    return str(code), str(stance), _typed(rng, " ".join(said))


def _typed(rng: np.random.Generator, text: str) -> str:
    """The text as customers type: some without capitals, some without a full stop."""
    style = rng.random()
    if style < 0.12:
        return text.lower().rstrip(".")
    return text.rstrip(".") if style < 0.3 else text


def _weight(kind: list[object], site: str, score: float) -> float:
    _, stance, share, sites, _ = kind
    if isinstance(sites, list) and sites and site not in sites:
        return 0.0
    factor = 1.0
    if stance == "strength":
        factor = 0.15 if score <= 2 else 1.4
    elif stance == "concern":
        factor = 1.8 if score <= 3 else 0.6
    return float(str(share)) * factor * (3 if sites else 1)

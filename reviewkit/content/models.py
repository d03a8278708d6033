"""The kinds of content written for this project, each a frozen record."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Words = Annotated[str, Field(min_length=2)]
ActionType = Literal["process_optimisation", "resource_allocation", "cross_departmental_collaboration"]
QuestionKind = Literal[
    "opening",
    "performance",
    "operational_improvement",
    "customer_facing",
    "strategy_and_alignment",
    "partnering",
    "journey",
    "leadership",
    "expectations",
    "support",
]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Id


class Heading(_Entry):
    """One of the four headings under which everything said is gathered."""

    name: Words
    definition: Words

    def __str__(self) -> str:
        return self.name


class Code(_Entry):
    """A code for what people say.

    ``example`` is a remark that carries it, in words of our own; ``cues`` are phrases that announce
    a concern, ``strengths`` phrases that announce praise; ``measures`` name measures the code speaks
    to, ``causes`` the causes it points at. A retired code keeps its codings and takes no new ones.
    """

    name: Words
    heading: Id
    definition: Words
    use_when: Words
    not_when: Words
    example: str = ""
    cues: tuple[Words, ...]
    strengths: tuple[Words, ...]
    measures: tuple[Id, ...] = ()
    causes: tuple[Id, ...] = ()
    action_areas: tuple[Id, ...] = ()
    retired: bool = False


class Recoding(BaseModel):
    """Codings of ``code`` became codings of ``to`` with a version; those of some remarks only, or all."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    code: Id
    to: Id
    remarks: frozenset[str] | None = None


NO_CODE = "no_code"
"""Given by a coder who read a remark and found no code that fits: a judgement, and no theme."""


class Codebook(BaseModel):
    """Headings and the codes beneath them, by id.

    ``recodings`` say what became of codes that were merged or split, in the order it happened.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    headings: dict[str, Heading]
    codes: dict[str, Code]
    version: int = Field(default=1, ge=1)
    recodings: tuple[Recoding, ...] = ()

    @property
    def active(self) -> Codebook:
        """The codebook without its retired codes: what new codings choose from."""
        kept = {name: code for name, code in self.codes.items() if not code.retired}
        return self if len(kept) == len(self.codes) else self.model_copy(update={"codes": kept})


class Cause(_Entry):
    """A likely cause of a gap: the test declared for it, the tables it needs, what would settle it."""

    name: Words
    description: Words
    test: Id
    needs: tuple[Id, ...]
    settle: Words


class Intervention(_Entry):
    """Something that can be done about a cause.

    ``impact`` and ``effort`` run from 1 (little) to 5 (much); ``days`` is the working time it
    takes, ``weeks`` how long until it is in place, ``shows`` the weeks from the start until its
    measure can show it; ``codes`` are what people say that it answers directly; ``stop`` marks
    things to stop doing. ``moves`` says which way it is meant to take each measure: where that is
    the wrong way, a side effect. ``watch`` is what may go wrong, ``evidence`` what speaks for it
    in general and ``strength`` how well that is established.
    """

    title: Words
    what: Words
    why: Words
    causes: tuple[Id, ...]
    action_areas: tuple[Id, ...]
    codes: tuple[Id, ...] = ()
    type: ActionType
    effort: int = Field(ge=1, le=5)
    impact: int = Field(ge=1, le=5)
    stop: bool = False
    owner: Words
    days: float = Field(gt=0)
    weeks: int = Field(ge=1, le=52)
    effect_contract: Words
    effect_improvement: Words
    moves: dict[Id, Literal["up", "down"]] = Field(default_factory=dict)
    shows: int = Field(ge=1, le=104)
    watch: Words
    strength: Literal["studied", "practised", "argued"]
    evidence: Words

    @property
    def measures(self) -> tuple[str, ...]:
        """Measures it moves either way, the one it is meant for first."""
        return tuple(self.moves)


class Question(_Entry):
    """A question of the bank.

    ``levels`` left empty means every level; ``departments`` are functions such as ``sales``, by which
    departments are recognised, and every department where empty. ``codes`` are what it asks about.
    ``minutes`` is what it takes; ``essential`` questions are asked where time is short. ``probes``
    follow up.
    """

    topic: Id
    kind: QuestionKind
    text: Words
    open: bool = True
    levels: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    order: int = Field(ge=1)
    codes: tuple[Id, ...] = ()
    minutes: float = Field(default=3, gt=0, le=30)
    essential: bool = False
    probes: tuple[Words, ...] = ()


class Topic(_Entry):
    """A topic the bank must cover, and the codes that its questions ask about."""

    name: Words
    codes: tuple[Id, ...] = ()


class Statement(_Entry):
    """A statement of the partnering survey; ``reverse`` where agreeing is a bad sign."""

    kind: Literal["sign", "key", "expectation", "support"]
    text: Words
    reverse: bool = False
    heading: Id


class Competency(_Entry):
    """A leadership competency: a skill that can be taught, or a talent to be placed or hired.

    ``chosen``: a talent that coaching is not meant for, however small the gap.
    """

    name: Words
    definition: Words
    kind: Literal["teachable", "talent"]
    reason: Words
    chosen: bool = False

    @property
    def teachable(self) -> bool:
        """Whether training or coaching can be expected to raise it."""
        return self.kind == "teachable"

    @property
    def talent(self) -> bool:
        """Whether it is better met by placing or hiring than by training."""
        return self.kind == "talent"


class ActionArea(_Entry):
    """What is done, as opposed to what is said: one of the areas of action."""

    name: Words
    meaning: Words


class Camp(_Entry):
    """One stage of the ascent: its name and the share of the climb reached there, in per cent."""

    name: Words
    percent: float = Field(gt=0, le=100)


class FormField(_Entry):
    """One field of a printable form."""

    label: Words
    hint: str = ""
    choices: tuple[str, ...] = ()
    lines: int = Field(default=1, ge=1)


class Form(_Entry):
    """A printable form: purpose, instructions and fields; ``rows`` times the fields are printed."""

    title: Words
    purpose: Words
    instructions: tuple[Words, ...]
    fields: tuple[FormField, ...]
    rows: int = Field(default=1, ge=1)


class Stage(_Entry):
    """One stage of a conversation: what to do and words that may help."""

    title: Words
    purpose: Words
    say: tuple[Words, ...]
    avoid: tuple[Words, ...] = ()

"""What the schema allows and yet looks wrong: rules, and what they found."""

from .find import suspicions
from .rules import RULES
from .suspicion import Rule, Suspicion

__all__ = ["RULES", "Rule", "Suspicion", "suspicions"]

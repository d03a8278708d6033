"""The start screen: pick an engagement, see how its steps stand, open one with its parameters set."""

from .opening import prepared
from .state import STATES, StepState, Tracked, Tracker

__all__ = ["STATES", "StepState", "Tracked", "Tracker", "prepared"]

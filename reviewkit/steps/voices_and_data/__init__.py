"""Step 1.5: do people's concerns align with the data?"""

from .step import VoicesAndData

__all__ = ["VoicesAndData"]

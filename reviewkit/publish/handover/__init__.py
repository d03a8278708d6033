"""Forms of an edition that can be handed over: PDF, slides, documents and a zip of them all."""

from .write import FORMS, HandedOver, hand_over

__all__ = ["FORMS", "HandedOver", "hand_over"]

"""How far coders agree: kappa by pair, alpha over all, which themes hold, what they coded differently."""

from .agreed import Agreed, agreed
from .cohen import Cohen, cohen, strength
from .disagreements import disagreements, settled_codes
from .krippendorff import Alpha, alpha, alpha_by_theme, alpha_interval, masi
from .pairs import kappa
from .sample import blind_sample, size_for_width
from .standing import LEAST_GIVEN, LEAST_REMARKS, standing_of, with_care
from .suggested import suggestions_judged

__all__ = [
    "LEAST_GIVEN",
    "LEAST_REMARKS",
    "Agreed",
    "Alpha",
    "Cohen",
    "agreed",
    "alpha",
    "alpha_by_theme",
    "alpha_interval",
    "blind_sample",
    "cohen",
    "disagreements",
    "kappa",
    "masi",
    "settled_codes",
    "size_for_width",
    "standing_of",
    "strength",
    "suggestions_judged",
    "with_care",
]

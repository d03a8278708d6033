"""Step 2.2: is there a journey, is it followed, and does following it go with outcomes?"""

from .step import CustomerJourney

__all__ = ["CustomerJourney"]

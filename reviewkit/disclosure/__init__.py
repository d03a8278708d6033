"""What may be shown to whom: editions, the pool rule, suppression, redaction, pseudonyms."""

from .bands import band, is_small
from .consent import with_consent
from .discloser import Discloser, is_customer
from .editions import for_edition, may_see
from .pool import ANYONE, LEVEL_WORDS, WITHHELD, attributions, headcounts
from .pseudonyms import new_key, pseudonym
from .redact import Proposal, proposals, redact, redact_registered
from .suppress import suppress

__all__ = [
    "ANYONE",
    "LEVEL_WORDS",
    "WITHHELD",
    "Discloser",
    "Proposal",
    "attributions",
    "band",
    "for_edition",
    "headcounts",
    "is_customer",
    "is_small",
    "may_see",
    "new_key",
    "proposals",
    "pseudonym",
    "redact",
    "redact_registered",
    "suppress",
    "with_consent",
]

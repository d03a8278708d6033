"""What may be shown to whom: editions, the pool rule, suppression, redaction, pseudonyms."""

from .audit import Exposed, Published, Tables, audit
from .bands import band, is_small
from .consent import with_consent
from .discloser import Discloser
from .editions import for_edition, may_see
from .inference import Inference, could_infer
from .pool import ANYONE, LEVEL_WORDS, WITHHELD, attributions, headcounts
from .proposal import Proposal, applied
from .protect import protected
from .pseudonyms import new_key, pseudonym
from .redact import proposals, redact, redact_registered
from .release import Release, released
from .said import is_customer
from .suppress import suppress

__all__ = [
    "ANYONE",
    "LEVEL_WORDS",
    "WITHHELD",
    "Discloser",
    "Exposed",
    "Inference",
    "Proposal",
    "Published",
    "Release",
    "Tables",
    "applied",
    "attributions",
    "audit",
    "band",
    "could_infer",
    "for_edition",
    "headcounts",
    "is_customer",
    "is_small",
    "may_see",
    "new_key",
    "proposals",
    "protected",
    "pseudonym",
    "redact",
    "redact_registered",
    "released",
    "suppress",
    "with_consent",
]

"""Step 2.3: where front line, support and management see different organisations."""

from .step import InternalPartners

__all__ = ["InternalPartners"]

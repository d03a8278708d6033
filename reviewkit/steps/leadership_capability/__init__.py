"""Step 2.4: what the organisation needs of its leaders against what it has."""

from .step import LeadershipCapability

__all__ = ["LeadershipCapability"]

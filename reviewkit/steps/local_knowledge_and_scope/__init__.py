"""Step 1.2: which opinions stand once local knowledge is laid over them, and what is in scope."""

from .step import LocalKnowledgeAndScope

__all__ = ["LocalKnowledgeAndScope"]

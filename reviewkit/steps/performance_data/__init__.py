"""Step 1.1: what hard data, aligned to the purpose of the contract, say."""

from .step import PerformanceData

__all__ = ["PerformanceData"]

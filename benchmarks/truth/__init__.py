"""Are planted truths found, and is nothing found where there is nothing? ``python -m benchmarks.truth``."""

"""Traps in the data: what would make one believe what is not so, each found, counted and said."""

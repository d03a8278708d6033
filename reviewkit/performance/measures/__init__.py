"""Measures from their definition to figures over time, with the target in force at each."""

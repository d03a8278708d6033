"""Patterns in what people say: themes counted, saturation, priorities, quotes that represent."""

"""Candidate causes, each with a declared test and a verdict in words of association."""

"""Tests of how a client is begun."""

"""The customer's journey from its event log."""

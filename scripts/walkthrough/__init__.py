"""The walk through one review that ``docs/walkthrough.md`` tells: its commands run, its pictures taken."""

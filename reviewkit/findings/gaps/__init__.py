"""The distance between what was agreed and what is: measured, described, and in money."""

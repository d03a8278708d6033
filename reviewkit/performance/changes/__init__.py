"""From icon to opinion: what has changed for long enough, and by enough, to be told."""

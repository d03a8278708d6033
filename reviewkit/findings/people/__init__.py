"""People's results, compared fairly and told without names."""

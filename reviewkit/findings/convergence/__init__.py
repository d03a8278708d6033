"""Where what people say and what was measured agree, add, are silent or disagree."""

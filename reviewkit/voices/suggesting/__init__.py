"""Suggesting a theme for a remark: by cue phrases from the first minute, and learnt from codings."""

"""Charts, tables and words: data frames in, safe pieces of a page out."""

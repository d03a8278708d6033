"""An engagement in whose every text field stands text that attempts to run."""

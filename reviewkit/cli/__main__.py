"""``python -m reviewkit.cli``."""

from . import main

main()

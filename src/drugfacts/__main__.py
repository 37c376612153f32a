"""``python -m drugfacts``."""

from drugfacts.cli import main

main()

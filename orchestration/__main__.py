"""`python -m orchestration` is the `feedhouse` command."""

from orchestration.cli import main

main()

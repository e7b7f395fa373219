"""Runs the command as `python -m handrail`."""

from handrail.cli import main

main()

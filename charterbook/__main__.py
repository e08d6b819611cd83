"""Entry point of `python -m charterbook`."""

from charterbook.cli import run

run()

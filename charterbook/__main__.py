"""`python -m charterbook` is `charterbook`."""

from charterbook.cli import run

run()

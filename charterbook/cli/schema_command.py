"""`charterbook schema`."""

from __future__ import annotations

import click

from charterbook.terminal import show


@click.command()
def schema() -> None:
    """Print the JSON Schema of charter.yml, for editors and other programs."""
    from charterbook.charter.charter_schema import schema_text

    show(schema_text(), style="json")

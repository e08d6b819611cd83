"""`charterbook serve`."""

from __future__ import annotations

import click

from charterbook.cli.build_options import LogLevel, log_level, strict
from charterbook.cli.group import FOUND
from charterbook.cli.handbook import Handbook, config_file


@click.command()
@config_file
@click.option(
    "-a", "--dev-addr", metavar="IP:PORT", help="The address to serve at; 127.0.0.1:8000 by default."
)
@click.option("-o", "--open", "open_in_browser", is_flag=True, help="Open it in a browser.")
@strict
@log_level
@click.pass_context
def serve(
    ctx: click.Context,
    book: Handbook,
    dev_addr: str | None,
    level: LogLevel | None,
    *,
    open_in_browser: bool,
    strict: bool | None,
) -> None:
    """Serve the handbook's draft and rebuild it as files change, as `mkdocs serve` does."""
    from charterbook.site.mkdocs_commands import serve_site

    file = book.mkdocs_file()
    if not serve_site(file, dev_addr, open_in_browser=open_in_browser, strict=strict, level=level):
        ctx.exit(FOUND)

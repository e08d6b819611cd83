"""`charterbook headers`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from charterbook.cli.handbook import Handbook, config_file
from charterbook.terminal import show


@click.command()
@config_file
@click.argument("server", type=click.Choice(["netlify", "nginx", "apache"]))
@click.argument("site", type=click.Path(path_type=Path), default="site", required=False)
def headers(book: Handbook, server: Literal["netlify", "nginx", "apache"], site: Path) -> None:
    """Print the configuration with which SERVER sends security headers for the finished site in the folder SITE.

    It has the Content-Security-Policy of all pages, and the rules that pages cannot set themselves: who may
    frame them, what browsers may use, and which files may be cached for ever. netlify is the file _headers,
    also for Cloudflare Pages.
    """
    from charterbook.export.server_headers import server_headers

    show(server_headers(site, server, dict(book.settings.content_security_policy or ())))

"""`charterbook offline`."""

from __future__ import annotations

from pathlib import Path

import click

from charterbook.terminal import note


@click.command()
@click.argument("site", type=click.Path(path_type=Path), default="site", required=False)
def offline(site: Path) -> None:
    """Rewrite the links of the site in the folder SITE so that it opens without a server.

    For a preview that is shared as a folder or a CI artifact. Search and the version selector still need a server.
    """
    from charterbook.export.offline_site import make_offline

    count = make_offline(site)
    note(f"{count} page{'s' * (count != 1)} can be read without a server: open {site / 'index.html'}")

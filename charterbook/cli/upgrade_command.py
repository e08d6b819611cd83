"""`charterbook upgrade`."""

from __future__ import annotations

import click

from charterbook.cli.group import FOUND
from charterbook.cli.handbook import Handbook, config_file
from charterbook.cli.notices import CHANGED, NO_UPGRADE, NOT_CHANGED, UPGRADE, UPGRADE_UNNAMED, notice
from charterbook.terminal import show


@click.command()
@config_file
@click.option(
    "--check", "only_check", is_flag=True, help="Only say what would change; exit code 1 if anything would."
)
@click.pass_context
def upgrade(ctx: click.Context, book: Handbook, *, only_check: bool) -> None:
    """Rewrite the charter in the current format, and print the changed lines.

    Comments and everything else stay byte for byte. Nothing is written if the result would not be
    the same charter. Old charters can also be read without it.
    """
    from charterbook.atomic_write import replace_file
    from charterbook.charter import SCHEMA
    from charterbook.load.language import language_of
    from charterbook.problems import escape_terminal
    from charterbook.propose.format_upgrade import upgrade_format

    path = book.existing_charter()
    found = upgrade_format(path.read_bytes(), str(path))
    language = language_of(found.old)
    if found.new == found.old:
        notice(NO_UPGRADE if found.old_format else UPGRADE_UNNAMED, language, file=path, format=SCHEMA)
        return
    notice(UPGRADE, language, file=path, old=found.old_format, new=SCHEMA)
    show("".join(f"{escape_terminal(line)}\n" for line in found.changed_lines))
    if only_check:
        notice(NOT_CHANGED, language, file=path)
        ctx.exit(FOUND)
    replace_file(path, found.new, expected=found.old)
    notice(CHANGED, language, file=path)

"""The command line. One file for each command; what they do is done in the rooms below.

Exit codes: 0 fine, 1 something was found, 2 it could not be done. Errors that a person can mend become
one message in `group` and nowhere else.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence

import click

from charterbook import __version__, gc_tuning
from charterbook.cli.apply_command import apply
from charterbook.cli.build_command import build
from charterbook.cli.check_command import check
from charterbook.cli.ci_command import ci
from charterbook.cli.diff_command import diff_command
from charterbook.cli.due_command import due
from charterbook.cli.group import Group
from charterbook.cli.log_command import log
from charterbook.cli.new_command import new
from charterbook.cli.offline_command import offline
from charterbook.cli.propose_command import propose
from charterbook.cli.report_command import report
from charterbook.cli.schema_command import schema
from charterbook.cli.serve_command import serve
from charterbook.cli.versions_command import versions


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="charterbook")
def main() -> None:
    """Turns a team's charter into a handbook people trust."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


_COMMANDS = (
    check,
    build,
    serve,
    versions,
    schema,
    diff_command,
    log,
    propose,
    apply,
    report,
    due,
    new,
    offline,
    ci,
)
for _command in _COMMANDS:
    main.add_command(_command)


def run(arguments: Sequence[str] | None = None) -> None:
    """The program: `charterbook`, and `python -m charterbook`."""
    gc_tuning.collect_rarely()
    try:
        main(list(arguments) if arguments is not None else sys.argv[1:], prog_name="charterbook")
    finally:
        gc_tuning.keep()

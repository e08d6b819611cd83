"""The command line: one module for each command. The work is done in packages of lower layers.

Exit codes: 0 success, 1 a problem or a difference was found, 2 the command could not do its work. Only `group` turns
exceptions into messages.

- `check_command`: problems of a charter
- `build_command`: the site
- `serve_command`: a preview that follows edits
- `versions_command`: the versions in git history
- `schema_command`: the JSON Schema
- `diff_command`: the changes between two charters
- `log_command`: the history of an item
- `propose_command`: writing a proposal
- `apply_command`: applying proposals
- `report_command`: the effect of a proposed change
- `review_command`: the pre-read of a review
- `sign_command`: recording a sign-off
- `figures_command`: new values of metrics from files
- `due_command`: due dates
- `calendar_command`: due dates as a calendar
- `digest_command`: changes for one reader, for Slack, Teams and e-mail
- `export_command`: a charter as a document, a spreadsheet or data
- `promises_command`: promises measured from a request log
- `upgrade_command`: the charter in the current format
- `import_command`: a charter from a document
- `new_command`: starting a handbook
- `offline_command`: a site that opens without a server
- `headers_command`: security headers for a web server
- `verify_command`: comparing a published site with its commit
- `ci_command`: CI workflows
- `diff_query`: the arguments of `diff_command`: two names, or the files that git passes
- `measured_log`: the measurement for `promises_command`
- `new_figures`: the proposal of `figures_command`
- `review_facts`: figures and requests that are entered before a review
- `day_option`: the type of options that are days
- `notices`: lines about the result, in the language of the charter
- `proposal_file`: writing a proposal
- `edited_workbook`: the edits of a workbook as changes
- `editable_charter`: the charter that a command changes
- `lazy_commands`: import of a command on its first use
- `build_options`: options of `build_command` and `serve_command`
- `table_options`: options of commands that read CSV and XLSX files
- `quick_exit`: process exit without interpreter teardown
- `group`: error messages, exit codes and printing
- `handbook`: the option --config-file, and the handbook that it names
"""

from __future__ import annotations

import io
import signal
import sys

import click

from charterbook import __version__, gc_tuning
from charterbook.cli.group import CommandGroup
from charterbook.cli.lazy_commands import LazyCommands
from charterbook.cli.quick_exit import exit_quickly

#: Each has a module, such as `check_command`, with a function of its name.
_COMMANDS = (
    "check",
    "build",
    "serve",
    "versions",
    "schema",
    "diff",
    "log",
    "propose",
    "apply",
    "promises",
    "report",
    "review",
    "sign",
    "due",
    "calendar",
    "digest",
    "figures",
    "export",
    "upgrade",
    "import",
    "new",
    "offline",
    "headers",
    "verify",
    "ci",
)


@click.group(
    cls=CommandGroup,
    commands=LazyCommands(__name__, _COMMANDS),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="charterbook")
def main() -> None:
    """Turn a charter under git into a handbook with versions."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def run() -> None:
    """The program. Interruptions are reported from now on, unless the process ignores them."""
    gc_tuning.tune_gc()
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    with exit_quickly():
        main(prog_name="charterbook")

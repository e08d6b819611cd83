"""`charterbook propose`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from charterbook.cli.group import text
from charterbook.cli.handbook import Handbook, config_file, warn
from charterbook.errors import CharterbookError
from charterbook.problems import escape_terminal
from charterbook.terminal import note

if TYPE_CHECKING:
    from charterbook.propose import ProposedChange


def _two_names(
    _ctx: click.Context, _parameter: click.Parameter, value: tuple[str, str] | None
) -> tuple[str, str] | None:
    """Refuse an option in the position of the second name: Click would take it for that name."""
    if value and any(name.startswith("--") for name in value):
        raise click.BadParameter(f"it needs two names, such as --from {escape_terminal(value[0])} draft.")
    return value


@click.command()
@config_file
@click.option("--set", "values", multiple=True, type=text, metavar="PATH=VALUE", help="The new value.")
@click.option(
    "--remove", "gone", multiple=True, type=text, metavar="PATH", help="A value or an item to remove."
)
@click.option(
    "--rename",
    "renames",
    multiple=True,
    type=text,
    metavar="KIND/ID=NEW-ID",
    help="A new id for an item; adds `was` and updates all references.",
)
@click.option(
    "--from",
    "names",
    nargs=2,
    callback=_two_names,
    metavar="OLD NEW",
    help="Propose the differences between two charters: versions, latest, draft, files or git revisions.",
)
@click.option(
    "--from-xlsx",
    "workbook",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Propose the edits in a workbook of `charterbook export xlsx`.",
)
@click.option("--reason", type=text, help="The reason; without it, a terminal prompts for it.")
@click.option("--by", type=text, help="Who proposes it.")
@click.option("--output", type=click.Path(path_type=Path), help="The file to write; - for standard output.")
def propose(
    book: Handbook,
    values: tuple[str, ...],
    gone: tuple[str, ...],
    renames: tuple[str, ...],
    names: tuple[str, str] | None,
    workbook: Path | None,
    reason: str | None,
    by: str | None,
    output: Path | None,
) -> None:
    """Write a proposal: a small file that lists the values to change in the charter, and why.

    A PATH goes by keys and ids, such as services.onboarding.name; VALUE is a text, or YAML for other values:
    services.clinics="{name: Clinics, summary: …}" is a new item, and --rename services/training=certification gives
    one a new id. --from-xlsx compares a workbook with its own export: only edited cells, new rows and removed rows
    count. Without --set, --remove, --rename, --from and --from-xlsx it proposes the differences between the newest
    version and the draft. It goes into proposals/, and no file is overwritten.
    """
    from charterbook.cli.proposal_file import write_proposal
    from charterbook.propose import Proposal
    from charterbook.propose.paths import text_of

    has_edits = bool(values or gone or renames)
    if bool(names) + bool(workbook) + has_edits > 1:
        raise click.UsageError("--from, --from-xlsx and --set, --remove or --rename cannot be combined.")
    if workbook:
        from charterbook.cli.edited_workbook import changes_in_workbook, usual_reason

        changes = changes_in_workbook(book, workbook)
        reason = reason or usual_reason(book, workbook)
    elif has_edits:
        changes = _changes_from_options(book, values, gone, renames)
    else:
        changes = _changes_between_charters(book, names)
    if reason is None and sys.stdin is not None and sys.stdin.isatty():
        reason = click.prompt("Why is this change wanted?", value_proc=text, err=True)
    if not (reason or "").strip():
        raise click.UsageError("a proposal needs a reason: --reason TEXT.")
    for change in changes if renames else ():
        note(f"  {escape_terminal(text_of(change.path))}")
    proposal = Proposal(str(reason).strip(), changes, by, book.settings.charter)
    write_proposal(book, proposal, str(output) if output else None)


def _changes_from_options(
    book: Handbook, values: tuple[str, ...], gone: tuple[str, ...], renames: tuple[str, ...]
) -> tuple[ProposedChange, ...]:
    """The changes that the options describe, against the current charter."""
    from charterbook.propose import CommandLineEdits, Proposal, apply_proposals
    from charterbook.propose.paths import text_of

    charter = book.existing_charter()
    data = charter.read_bytes()
    edits = CommandLineEdits(data, str(charter))
    renamed = [change for option in renames for change in edits.rename(option)]
    changes = (*renamed, *(edits.set(value) for value in values), *(edits.remove(path) for path in gone))
    outcome = apply_proposals(data, [Proposal("-", changes)], str(charter))
    if outcome.refusals:
        faulty = [
            change
            for change in changes
            if apply_proposals(data, [Proposal("-", (change,))], str(charter)).refusals
        ]
        path = f"{text_of(faulty[0].path)}: " if faulty else ""
        raise CharterbookError(f"{path}{outcome.refusals[0].problem.words}")
    if outcome.already:
        raise CharterbookError("nothing to propose: the charter already says this.")
    return changes


def _changes_between_charters(book: Handbook, names: tuple[str, str] | None) -> tuple[ProposedChange, ...]:
    """The changes from one charter to the other; without names, from the newest version to the draft."""
    from charterbook.history.resolve_charter import CharterResolver
    from charterbook.propose import changes_between
    from charterbook.versions import DRAFT

    known = CharterResolver(book.folder, book.settings, warn)
    old, new = (known.find(name).charter for name in names or (known.newest_published, DRAFT))
    changes = changes_between(old, new)
    if not changes:
        raise CharterbookError("nothing to propose: the two charters are the same.")
    return changes

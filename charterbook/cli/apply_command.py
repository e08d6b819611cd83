"""`charterbook apply`."""

from __future__ import annotations

import glob
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from charterbook.cli.group import FOUND
from charterbook.cli.handbook import Handbook, config_file
from charterbook.errors import CharterbookError
from charterbook.folders import resolved_path
from charterbook.problems import escape_terminal
from charterbook.terminal import note, show

if TYPE_CHECKING:
    from charterbook.propose import Proposal, Refusal


@click.command()
@config_file
@click.argument("proposals", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--charter",
    "file",
    type=click.Path(path_type=Path),
    help="The charter, if it is not the one in mkdocs.yml.",
)
@click.option("--check", "only_check", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--delete", is_flag=True, help="Delete the files of proposals that have been applied.")
@click.option(
    "--message",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a commit message to this file: the reasons, with the numbers of their pull requests.",
)
@click.pass_context
def apply(
    ctx: click.Context,
    book: Handbook,
    proposals: tuple[Path, ...],
    file: Path | None,
    only_check: bool,
    delete: bool,
    message: Path | None,
) -> None:
    """Apply PROPOSALS to the charter: all of them or none.

    A proposal is a .yml file, or a message that contains one: an e-mail saved as .eml, or the text of an issue as .txt
    or .md. Only the proposed values change: comments, order, quotes and blank lines stay unchanged. Exit code 1 if a
    proposal is refused, for example because its old value is no longer in the charter.
    """
    from charterbook.atomic_write import replace_file, write_file
    from charterbook.export.proposals import refused, summary
    from charterbook.propose import apply_proposals

    charter = file or book.existing_charter()
    files = _files(proposals)
    if message and message.exists() and any(message.samefile(one) for one in (charter, *files)):
        raise click.UsageError("--message names the charter or a proposal, which it would replace.")
    data = _bytes(charter)
    requested, refusals = _read(files, data, charter)
    outcome = None if refusals else apply_proposals(data, requested, str(charter))
    refusals = refusals or list(outcome.refusals if outcome else ())
    if outcome is None or refusals:
        show(refused(refusals, data))
        note(f"{escape_terminal(str(charter))}: nothing was changed.")
        ctx.exit(FOUND)
    show(summary(outcome, str(charter), dict(book.settings.severity)))
    if not only_check:
        if message:
            write_file(message, _message(requested).encode())
        if outcome.data != data:
            replace_file(charter, outcome.data, expected=data)
    note(_summary(outcome.applied, outcome.already, str(charter), only_check=only_check))
    for path in files if delete and not only_check else ():
        path.unlink()


def _message(proposals: Sequence[Proposal]) -> str:
    from charterbook.export.commit_message import commit_message
    from charterbook.log.change_request import request_of

    return commit_message([(proposal, request_of(Path(proposal.file))) for proposal in proposals])


def _summary(applied: int, already: int, charter: str, *, only_check: bool) -> str:
    counted = f"{applied} {'change' if applied == 1 else 'changes'} {'possible' if only_check else 'made'}"
    return f"{escape_terminal(charter)}: {counted}{f', {already} made already' if already else ''}."


def _files(names: Sequence[Path]) -> list[Path]:
    """The files, each once. A glob pattern that the shell did not expand is expanded here, even to nothing."""
    found: dict[Path, None] = {}
    for name in names:
        pattern = glob.has_magic(str(name)) and not name.exists()
        found |= dict.fromkeys(map(Path, sorted(glob.glob(str(name)))) if pattern else [name])  # noqa: PTH207
    return list(found)


def _bytes(path: Path) -> bytes:
    """A file's content, read up to the size limit of charters."""
    from charterbook.load import MAX_BYTES
    from charterbook.pipes import read_input

    if path.is_dir():
        raise CharterbookError(f"{path}: this is a folder. Name the files in it: {path / '*.yml'}")
    return read_input(path, MAX_BYTES)


def _read(files: Sequence[Path], data: bytes, charter: Path) -> tuple[list[Proposal], list[Refusal]]:
    """All proposals, and refusals for files that are invalid or for a different charter."""
    from charterbook.load.language import language_of
    from charterbook.propose import Refusal, for_another, read_proposal
    from charterbook.propose.enclosed_proposal import proposal_data

    language = language_of(data)
    proposals: list[Proposal] = []
    refusals: list[Refusal] = []
    for path in files:
        proposal, problems = read_proposal(proposal_data(_bytes(path), str(path)), str(path), language)
        if proposal and proposal.charter and not _is_for(proposal.charter, charter):
            problems = [for_another(proposal, str(charter), language)]
        elif proposal:
            proposals.append(proposal)
        refusals += [Refusal(str(path), problem) for problem in problems]
    return proposals, refusals


def _is_for(name: str, charter: Path) -> bool:
    """Whether a proposal's name of the charter is a tail of the file's path, resolved or not."""
    parts = PurePosixPath(name).parts
    ends = [path.parts[-len(parts) :] for path in (charter.absolute(), resolved_path(charter))]
    return bool(parts) and parts in ends

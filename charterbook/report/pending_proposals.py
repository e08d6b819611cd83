"""Proposals that come with a change: they are applied after its merge, so a report includes their effect."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path, PurePath, PurePosixPath

from charterbook import git
from charterbook.folders import resolved_path
from charterbook.history.charter_source import CharterSource
from charterbook.history.resolve_charter import CharterResolver
from charterbook.load import load
from charterbook.load.language import language_of
from charterbook.problems import Problem
from charterbook.proposal_folder import FOLDER, is_proposal
from charterbook.propose import Proposal, apply_proposals, read_proposal
from charterbook.repository import find_repository

#: Maximum number of proposals in a report.
_MAX_FILES = 500

#: A file, and its problem.
Refused = tuple[str, Problem]


def with_proposals(
    folder: Path, names: CharterResolver, base: str, head: str, after: CharterSource
) -> tuple[CharterSource, list[Refused]]:
    """The charter of `head` with the proposals added since `base` applied.

    If one of them is refused, none is applied, and the reasons are returned. Proposals are applied only to git
    revisions: a version is already published, and a file is independent. Raises GitError.
    """
    charter = resolved_path(folder / names.settings.charter)
    ends = names.commit_range(base, head)
    if ends is None or load(after.data).charter is None:
        return after, []
    known, found = (_files(folder, commit) for commit in ends)
    language = language_of(after.data)
    proposals: list[Proposal] = []
    refused: list[Refused] = []
    for name, data in found.items():
        if known.get(name) != data:
            proposal, problems = read_proposal(data, name, language)
            refused += [(name, problem) for problem in problems]
            proposals += [proposal] if proposal and _is_for(proposal, charter) else []
    if refused or not proposals:
        return after, refused
    outcome = apply_proposals(after.data, proposals, after.where)
    return replace(after, data=outcome.data), [(one.file, one.problem) for one in outcome.refusals]


def _is_for(proposal: Proposal, charter: PurePath) -> bool:
    """Whether a proposal is for the charter at this path: it names a tail of the path, or no charter."""
    wanted = PurePosixPath(proposal.charter or "").parts
    return charter.parts[len(charter.parts) - len(wanted) :] == wanted


def _files(folder: Path, commit: str) -> dict[str, bytes]:
    """The proposals of a commit, by their path in the repository, without links and folders."""
    repository = find_repository(folder / FOLDER)
    out = git.run(repository.folder, "ls-tree", "-z", "--full-tree", commit, f"{repository.path}/")
    entries = [entry.partition("\t") for entry in os.fsdecode(out).split("\0") if entry]
    blobs = {
        name: head.split()[2] for head, _, name in entries if head.startswith("100") and is_proposal(name)
    }
    selected = dict(sorted(blobs.items())[:_MAX_FILES])
    with git.ObjectReader(repository.folder) as objects:
        contents = objects.read_all(selected.values())
        return {name: found.content for name, found in zip(selected, contents, strict=True) if found}

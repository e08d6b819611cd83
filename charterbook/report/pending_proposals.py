"""The proposals that come with a change: they are applied once it is merged, so a report tells what they will do."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path, PurePath, PurePosixPath

from charterbook import git
from charterbook.history.resolve_charter import CharterResolver, CharterSource
from charterbook.load import load
from charterbook.load.language import language_of
from charterbook.problems import Problem
from charterbook.proposal_folder import FOLDER, is_proposal
from charterbook.propose import Proposal, apply_proposals, read_proposal
from charterbook.repository import find_repository

#: More files than this are no proposal that anybody could judge.
_MOST = 500

#: A file, and what is wrong with it.
Refused = tuple[str, Problem]


def with_proposals(
    folder: Path, names: CharterResolver, base: str, head: str, after: CharterSource
) -> tuple[CharterSource, list[Refused]]:
    """What the charter of `head` will be once the proposals that came since `base` are applied.

    Where one of them is refused, none is applied, and the reasons are given. Only of git revisions is anything
    applied: a version is what was published, and a file is only itself. Raises GitError.
    """
    charter = (folder / names.settings.charter).resolve()
    ends = names.line(base, head)
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
    """Whether a proposal is for the charter at this path: it names it, seen from any folder above, or none."""
    wanted = PurePosixPath(proposal.charter or "").parts
    return charter.parts[len(charter.parts) - len(wanted) :] == wanted


def _files(folder: Path, commit: str) -> dict[str, bytes]:
    """The proposals of a commit, by their path in the repository. Links and folders are none."""
    repository = find_repository(folder / FOLDER)
    out = git.run(repository.folder, "ls-tree", "-z", "--full-tree", commit, f"{repository.path}/")
    entries = [entry.partition("\t") for entry in os.fsdecode(out).split("\0") if entry]
    blobs = {
        name: head.split()[2] for head, _, name in entries if head.startswith("100") and is_proposal(name)
    }
    kept = dict(sorted(blobs.items())[:_MOST])
    with git.ObjectReader(repository.folder) as objects:
        contents = objects.read_all(kept.values())
        return {name: found.content for name, found in zip(kept, contents, strict=True) if found}

"""Verification of the commits that recorded the sign-offs of editions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from charterbook.git.commit_signatures import signatures_of
from charterbook.log import Snapshot, moments
from charterbook.review import recorded_in
from charterbook.site.edition import Edition, PastVersion


def with_signatures(editions: Sequence[Edition], folder: Path) -> list[Edition]:
    """The editions with the signatures of their commits, as git can verify them now. Raises GitError."""
    known_moments: dict[str, list[Snapshot]] = {}
    commits = [sorted(set(_commits(edition, known_moments))) for edition in editions]
    known = signatures_of(folder, sorted({commit for own in commits for commit in own}))
    return [
        replace(edition, signatures={commit: known[commit] for commit in own if commit in known})
        for edition, own in zip(editions, commits, strict=True)
    ]


def _commits(edition: Edition, known: dict[str, list[Snapshot]]) -> Iterator[str]:
    """The commits that recorded the sign-offs of an edition. `known` are the moments of versions, by name."""
    signs = edition.charter.review.sign_offs if edition.charter.review else []
    if not signs:
        return
    versions = (*edition.past, edition.own)
    past = [moment for version in versions for moment in _moments(version, known)]
    for sign_off in signs:
        recorded = recorded_in(past, None, sign_off)
        if recorded is not None and recorded.revision is not None:
            yield recorded.revision.commit


def _moments(version: PastVersion, known: dict[str, list[Snapshot]]) -> list[Snapshot]:
    if version.name not in known:
        known[version.name] = list(moments([version]))
    return known[version.name]

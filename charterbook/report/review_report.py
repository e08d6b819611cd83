"""What a report says, as data. Nothing is computed here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from charterbook.compare import Comparison, Statement
from charterbook.problems import Problem


@dataclass(frozen=True)
class AffectedAudience:
    """An audience, and the changes that touch it."""

    id: str
    label: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class ConsultedRole:
    """A role that is asked for its opinion or its consent, and the changes that it is asked about.

    `handles` are the accounts that play the role. `stands_in_for` is the label of the vacant role whose
    backup this one is.
    """

    role: str
    label: str
    handles: tuple[str, ...]
    statements: tuple[Statement, ...]
    stands_in_for: str | None = None


@dataclass(frozen=True)
class NewContents:
    """What a charter has that cannot be compared with an older one.

    `items` are the labels of its items by the key of their list. `reason` says why the older charter cannot be read,
    None where there is none.
    """

    items: tuple[tuple[str, tuple[str, ...]], ...]
    reason: str | None = None


@dataclass(frozen=True)
class Report:
    """What a change does. `asked` is what the two charters were asked for by, `names` what they are called.

    `comparison` is None where the newer charter cannot be read: the problems say why. It is None as well where there
    is no older charter that can be read; then the newer one's `contents` are told. `reviewers` answer for
    what changed, `signers` have to agree to changed commitments, `unowned` are changes that nobody answers
    for. `problems` are those that the change adds, with their places in `file`; `refused` are
    the files of proposals that cannot be applied, and why.
    """

    names: tuple[str, str]
    language: str
    file: str
    comparison: Comparison | None = None
    contents: NewContents | None = None
    touched: Sequence[AffectedAudience] = ()
    reviewers: Sequence[ConsultedRole] = ()
    signers: Sequence[ConsultedRole] = ()
    unowned: Sequence[Statement] = ()
    problems: Sequence[Problem] = ()
    refused: Sequence[tuple[str, Problem]] = ()
    asked: tuple[str, ...] = ()

"""A report, as data. Nothing is computed here."""

from __future__ import annotations

from collections.abc import Sequence

from charterbook.compare import Comparison, Statement
from charterbook.frozen_dataclass import dataclass
from charterbook.problems import Problem
from charterbook.signing import ConsultedRole, SignOffState


@dataclass(frozen=True)
class AffectedAudience:
    """An audience, and the changes that affect it."""

    id: str
    label: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class NewContents:
    """The contents of a charter that cannot be compared with an older one.

    `items` are the labels of its items by the key of their list. `reason` is the error of the older charter, None if
    there is none.
    """

    items: tuple[tuple[str, tuple[str, ...]], ...]
    reason: str | None = None


@dataclass(frozen=True)
class OutdatedBase:
    """The base has changed since the proposal began at the state named `began`.

    The report is about the merge of both, unless they conflict or the merged charter has a `problem`.
    """

    base: str
    began: str
    conflicts: bool = False
    problem: Problem | None = None

    @property
    def is_merged(self) -> bool:
        """Whether the report is about the merge."""
        return not self.conflicts and self.problem is None


@dataclass(frozen=True)
class Report:
    """The effect of a change. `requested` are the names of the two charters as given by the user, `names` as displayed.

    `comparison` is None for an invalid newer charter; its errors are then in `problems`. It is also None without a
    valid older charter; then `contents` lists those of the newer one. `reviewers` review the changes, `signers` must
    agree to changed commitments, `unowned` are changes without either. `problems` are the problems that the change
    adds, with their places in `file`; `refused` are the files and problems of proposals that cannot be applied.
    `sign_offs` are the states of the newer charter's sign-offs, `currency` is its currency. `outdated` says that the
    base has changed since the proposal began.
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
    sign_offs: Sequence[SignOffState] = ()
    currency: str | None = None
    requested: tuple[str, ...] = ()
    outdated: OutdatedBase | None = None

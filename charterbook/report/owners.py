"""Who answers for what changed, and who has to agree to changed commitments.

Who answers for a part: the setting `owners`, else the role that the item itself names, else that of the
funding for what is paid. Who has to agree: the setting `signers`, else for money its owner and approvers,
else all who have signed off the charter. Where a role is vacant, its backup is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from charterbook.charter import Charter, Item, all_items
from charterbook.compare import Statement, at_least, fits
from charterbook.report.review_report import ConsultedRole
from charterbook.settings import Names, Settings

#: The fields by which an item names the role that answers for it, the first that is filled.
_OWNERS = ("owner", "manager", "approver", "liaison", "data_owner", "admin", "by")

_Finder = Callable[[Statement], list[str]]


class Owners:
    """The roles of two charters, and what each answers for."""

    def __init__(self, old: Charter | None, new: Charter, settings: Settings) -> None:
        charters = (old, new) if old else (new,)
        self._charters = charters[::-1]
        self._settings = settings
        self._items = {(kind, item.id): item for charter in charters for kind, item in all_items(charter)}
        self._former = {(kind, item.id): item for kind, item in all_items(old)} if old else {}
        self._roles = {role.id: role for charter in charters for role in charter.roles}

    def reviewers(self, statements: Iterable[Statement]) -> list[ConsultedRole]:
        """The roles that answer for what changed, each with the changes that it is asked about."""
        return self._asked(statements, self._reviewers)

    def signers(self, statements: Iterable[Statement]) -> list[ConsultedRole]:
        """The roles that have to agree to changed commitments."""
        return self._asked(_commitments(statements), self._signers)

    def signers_of_all(self) -> list[ConsultedRole]:
        """The roles that have to agree to a whole charter: those of the setting, of the money and of the sign-offs."""
        named = [role for _, roles in self._settings.signers for role in roles]
        for charter in self._charters:
            named += filter(None, (charter.funding.owner, charter.funding.approver))
            named += [source.approver for source in charter.funding.sources if source.approver]
            named += [signed.role for signed in (charter.review.sign_offs if charter.review else ())]
        return [self._ask(*self._present(role), ()) for role in _each_once(named)]

    def unowned(self, statements: Iterable[Statement]) -> list[Statement]:
        """The changes of more than wording that nobody is asked about."""
        return [
            statement
            for statement in statements
            if at_least(statement.severity, "meaning")
            and not self._reviewers(statement)
            and not (statement.severity == "commitment" and self._signers(statement))
        ]

    def _reviewers(self, statement: Statement) -> list[str]:
        own = _of_setting(self._settings.owners, statement)
        if own:
            return own
        items = [known.get(statement.item) for known in (self._items, self._former) if statement.item]
        named = [_owner(item) for item in items if item is not None]
        if statement.section == "funding":
            named += [charter.funding.owner for charter in self._charters]
        return _each_once([*named, _role_itself(statement)])

    def _signers(self, statement: Statement) -> list[str]:
        own = _of_setting(self._settings.signers, statement)
        if own:
            return own
        if statement.section == "funding":
            return _each_once(
                name
                for charter in self._charters
                for name in (charter.funding.owner, charter.funding.approver, *_approvers(charter, statement))
            )
        return _each_once(
            signed.role for charter in self._charters if charter.review for signed in charter.review.sign_offs
        )

    def _asked(self, statements: Iterable[Statement], finder: _Finder) -> list[ConsultedRole]:
        about: dict[tuple[str, str | None], list[Statement]] = {}
        for statement in statements:
            for role in finder(statement):
                about.setdefault(self._present(role), []).append(statement)
        return [self._ask(role, vacant, tuple(found)) for (role, vacant), found in about.items()]

    def _present(self, role: str) -> tuple[str, str | None]:
        """The role, or where it is vacant its backup and the vacant role."""
        known = self._roles.get(role)
        if known is not None and known.vacant_since and known.backup:
            return known.backup, role
        return role, None

    def _ask(self, role: str, vacant: str | None, statements: tuple[Statement, ...]) -> ConsultedRole:
        handles = dict(self._settings.handles).get(role, ())
        return ConsultedRole(
            role, self._label(role), handles, statements, self._label(vacant) if vacant else None
        )

    def _label(self, role: str) -> str:
        known = self._roles.get(role)
        return known.label if known else role


def _commitments(statements: Iterable[Statement]) -> list[Statement]:
    return [statement for statement in statements if statement.severity == "commitment"]


def _of_setting(patterns: Names, statement: Statement) -> list[str]:
    """The roles of the first pattern that fits the place of a change."""
    return next((list(roles) for pattern, roles in patterns if fits(pattern, statement.path)), [])


def _owner(item: Item) -> str | None:
    return next((name for key in _OWNERS if (name := getattr(item, key, None))), None)


def _role_itself(statement: Statement) -> str | None:
    """The role whose description or sign-off changed."""
    if statement.path[:2] == ("review", "sign_offs") and len(statement.path) > 2:  # noqa: PLR2004
        return statement.path[2]
    return statement.item[1] if statement.item and statement.item[0] == "roles" else None


def _approvers(charter: Charter, statement: Statement) -> Sequence[str | None]:
    if statement.item is None:
        return ()
    return [source.approver for source in charter.funding.sources if source.id == statement.item[1]]


def _each_once(names: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(name for name in names if name))

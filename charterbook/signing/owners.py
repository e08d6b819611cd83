"""Reviewers of changes, and signers of changed commitments.

Reviewers: the setting `owners`, else the role in the item itself, else for budget changes that of the funding.
Signers: the setting `signers`, else for budget changes its owner and approvers, for actions of a review their owners,
else all roles that have signed off the charter. A vacant role is replaced by its backup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from charterbook.charter import Charter, Item, all_items
from charterbook.charter.base import RESPONSIBLE_FIELDS
from charterbook.compare import Path, Statement, at_least, fits
from charterbook.compare.inner_paths import paths_inside
from charterbook.compare.lookup import item_of
from charterbook.frozen_dataclass import dataclass
from charterbook.identity import Item as ItemName
from charterbook.identity import ItemLineage, path_of, state_of
from charterbook.settings import Names, Settings

#: The fields with the role that answers for an item, by precedence; `by` is the role that took a decision.
_OWNERS = (*RESPONSIBLE_FIELDS, "by")


@dataclass(frozen=True)
class ConsultedRole:
    """A role that reviews or signs, and its changes.

    `handles` are its accounts at the forge. `stands_in_for` is the label of the vacant role for which this one is the
    backup.
    """

    role: str
    label: str
    handles: tuple[str, ...]
    statements: tuple[Statement, ...]
    stands_in_for: str | None = None


#: Actions of a review bind only their owners.
_ACTIONS = ("review", "actions")

_Finder = Callable[[Statement], list[str]]


@dataclass(frozen=True)
class _Place:
    """A changed path, its item, and the paths of its parts.

    A former item is an item that loses something by the change.
    """

    path: Path
    item: ItemName | None
    is_former: bool = False
    parts: tuple[Path, ...] = ()


class Owners:
    """The roles of two charters, with their responsibilities."""

    def __init__(self, old: Charter | None, new: Charter, settings: Settings) -> None:
        charters = (old, new) if old else (new,)
        self._charters = charters[::-1]
        self._settings = settings
        self._items = {(kind, item.id): item for charter in charters for kind, item in all_items(charter)}
        self._former = {(kind, item.id): item for kind, item in all_items(old)} if old else {}
        self._descent = ItemLineage([state_of(old), state_of(new)]) if old else None
        self._roles = {role.id: role for charter in charters for role in charter.roles}

    def reviewers(self, statements: Iterable[Statement]) -> list[ConsultedRole]:
        """The roles that review the changes, each with its changes."""
        return self._consulted_roles(statements, self._reviewers)

    def signers(self, statements: Iterable[Statement]) -> list[ConsultedRole]:
        """The roles that must agree to changed commitments."""
        return self._consulted_roles(_commitments(statements), self._signers)

    def signers_of_all(self) -> list[ConsultedRole]:
        """The roles that must agree to a whole charter: those of the setting, of the funding and of the sign-offs."""
        named = [role for _, roles in self._settings.signers for role in roles]
        for charter in self._charters:
            named += filter(None, (charter.funding.owner, charter.funding.approver))
            named += [source.approver for source in charter.funding.sources if source.approver]
            named += [signed.role for signed in (charter.review.sign_offs if charter.review else ())]
        return [self._consulted_role(*self._holder(role), ()) for role in self._each_once(named)]

    def unowned(self, statements: Iterable[Statement]) -> list[Statement]:
        """The changes of more than wording without a reviewer or signer."""
        return [
            statement
            for statement in statements
            if at_least(statement.severity, "meaning")
            and not self._reviewers(statement)
            and not (statement.severity == "commitment" and self._signers(statement))
        ]

    def _reviewers(self, statement: Statement) -> list[str]:
        return self._each_once(
            name for place in self._places(statement) for name in self._reviewers_at(place)
        )

    def _reviewers_at(self, place: _Place) -> Iterator[str | None]:
        yield from _configured_for_parts(self._settings.owners, place)
        own = _configured_roles(self._settings.owners, place.path)
        if own:
            yield from own
            return
        yield from self._owners_of(place)
        if place.path[0] == "funding":
            yield from (charter.funding.owner for charter in self._charters)
        yield _role_itself(place)

    def _signers(self, statement: Statement) -> list[str]:
        return self._each_once(name for place in self._places(statement) for name in self._signers_at(place))

    def _signers_at(self, place: _Place) -> Iterator[str | None]:
        yield from _configured_for_parts(self._settings.signers, place)
        own = _configured_roles(self._settings.signers, place.path)
        if own:
            yield from own
            return
        if place.is_former or place.path[:2] == _ACTIONS:
            yield from self._owners_of(place)
        if place.path[:2] == _ACTIONS:
            return
        for charter in self._charters:
            if place.path[0] == "funding":
                yield from (charter.funding.owner, charter.funding.approver, *_approvers(charter, place))
            else:
                yield from (signed.role for signed in (charter.review.sign_offs if charter.review else ()))

    def _places(self, statement: Statement) -> list[_Place]:
        """The places of a change: its own item, and the former items that lose something by it."""
        parts = paths_inside(statement.kind, statement.path, statement.old, statement.new)
        found = [_Place(statement.path, statement.item, parts=tuple(parts))]
        if statement.item:
            rest = statement.path[len(path_of(*statement.item)) :]
            former = [item for item in self._taken_from(statement) if item != statement.item]
            found += [_Place((*path_of(*item), *rest), item, is_former=True) for item in former]
        return found

    def _taken_from(self, statement: Statement) -> Sequence[ItemName]:
        """The former items with the changed texts or promises."""
        assert statement.item is not None
        if statement.source:
            item = item_of(statement.source)
            return [item] if item else []
        if statement.kind in ("split", "merged"):
            return [(statement.item[0], one["id"]) for one in statement.old]
        if self._descent is None or statement.item in self._former:
            return []
        return self._descent.follow(statement.item, 1, 0)

    def _owners_of(self, place: _Place) -> Iterator[str | None]:
        """The roles that an item names: now and before, or of a former item only before."""
        known = (self._former,) if place.is_former else (self._items, self._former)
        items = [by_name.get(place.item) for by_name in known if place.item]
        yield from (_owner(item) for item in items if item is not None)

    def _each_once(self, names: Iterable[str | None]) -> list[str]:
        """The present roles, each once."""
        return list(dict.fromkeys(now for name in names if name for now in self._now(name)))

    def _now(self, role: str) -> Sequence[str]:
        """The successors of a role, or else the role itself."""
        successors = self._descent.follow(("roles", role), 0, 1) if self._descent else ()
        return [id_ for kind, id_ in successors if kind == "roles"] or [role]

    def _consulted_roles(self, statements: Iterable[Statement], finder: _Finder) -> list[ConsultedRole]:
        about: dict[tuple[str, str | None], list[Statement]] = {}
        for statement in statements:
            for role in finder(statement):
                about.setdefault(self._holder(role), []).append(statement)
        return [self._consulted_role(role, vacant, tuple(found)) for (role, vacant), found in about.items()]

    def _holder(self, role: str) -> tuple[str, str | None]:
        """The role, or for a vacant one its backup and the vacant role."""
        known = self._roles.get(role)
        if known is not None and known.vacant_since and known.backup:
            return known.backup, role
        return role, None

    def _consulted_role(
        self, role: str, vacant: str | None, statements: tuple[Statement, ...]
    ) -> ConsultedRole:
        named = (
            (role, *(id_ for _, id_ in self._descent.follow(("roles", role), 1, 0)))
            if self._descent
            else (role,)
        )
        known = dict(self._settings.handles)
        handles = next((known[name] for name in named if name in known), ())
        return ConsultedRole(
            role, self._label(role), handles, statements, self._label(vacant) if vacant else None
        )

    def _label(self, role: str) -> str:
        known = self._roles.get(role)
        return known.label if known else role


def _commitments(statements: Iterable[Statement]) -> list[Statement]:
    """The changes that need a signature. A sign-off belongs to its own role, and requires no other signature."""
    return [
        statement
        for statement in statements
        if statement.severity == "commitment" and statement.path[:2] != ("review", "sign_offs")
    ]


def _configured_roles(patterns: Names, path: Path) -> list[str]:
    """The roles of the first pattern that matches the path of a change."""
    return next((list(roles) for pattern, roles in patterns if fits(pattern, path)), [])


def _configured_for_parts(patterns: Names, place: _Place) -> list[str]:
    """The roles of the patterns that match the parts of a change, but not the change itself."""
    return [role for part in place.parts for role in _configured_roles(patterns, part)] if patterns else []


def _owner(item: Item) -> str | None:
    return next((name for key in _OWNERS if (name := getattr(item, key, None))), None)


def _role_itself(place: _Place) -> str | None:
    """The role with a changed description or sign-off."""
    if place.path[:2] == ("review", "sign_offs") and len(place.path) > 2:  # noqa: PLR2004
        return place.path[2]
    return place.item[1] if place.item and place.item[0] == "roles" else None


def _approvers(charter: Charter, place: _Place) -> Sequence[str | None]:
    if place.item is None:
        return ()
    return [source.approver for source in charter.funding.sources if source.id == place.item[1]]

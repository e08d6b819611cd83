"""Apply proposals to the bytes of a charter, or return all refusals.

All proposals are applied, or none. The result is parsed again and must equal the proposed data.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from charterbook.charter import Charter
from charterbook.frozen_dataclass import dataclass
from charterbook.load import load
from charterbook.load.did_you_mean import quote
from charterbook.load.syntax_tree import tree
from charterbook.problems import Problem
from charterbook.propose.charter_file import CharterFile, read_charter_file
from charterbook.propose.group_proposal import GroupProposal
from charterbook.propose.list_edits import same
from charterbook.propose.patched_data import patched
from charterbook.propose.paths import At, text_of
from charterbook.propose.preconditions import CheckedChange, PreconditionChecker, Refusal
from charterbook.propose.proposal import Proposal
from charterbook.propose.proposal_messages import problem
from charterbook.propose.rewrite import rewrite
from charterbook.source_map import SourceMap


@dataclass(frozen=True)
class ApplyResult:
    """The result of applying proposals: the changed charter and its bytes, or the refusals.

    `applied` is the number of changes made, `already` the number of changes present before.
    """

    old: Charter
    new: Charter
    data: bytes
    refusals: tuple[Refusal, ...] = ()
    applied: int = 0
    already: int = 0


def apply_proposals(data: bytes, proposals: Sequence[Proposal], file: str = "charter.yml") -> ApplyResult:
    """Apply proposals to the bytes of a charter; the bytes are unchanged if one is refused.

    Raises CharterError for a charter with errors.
    """
    target = read_charter_file(data, file)
    charter = target.charter
    proposals, refused = _for_whole(target, proposals)
    if refused:
        return ApplyResult(charter, charter, data, tuple(refused))
    checker = PreconditionChecker(
        charter, target.written, [change for one in proposals for change in one.changes]
    )
    verdicts = [checker.verdict(one, index) for one in proposals for index in range(len(one.changes))]
    refusals = [verdict.refusal for verdict in verdicts if verdict.refusal]
    refusals += _conflicts(verdicts, charter.language)
    todo = [verdict for verdict in verdicts if verdict.task]
    already = len(verdicts) - len(todo)
    if refusals or not todo:
        return ApplyResult(charter, charter, data, tuple(refusals), already=already)
    return _finished(target, todo, already)


def _for_whole(
    target: CharterFile, proposals: Sequence[Proposal]
) -> tuple[Sequence[Proposal], list[Refusal]]:
    """The proposals for the whole charter, and the refusals of those that a group cannot make."""
    refused: list[Refusal] = []
    found: list[Proposal] = []
    for one in proposals:
        if one.group is not None:
            of_group = GroupProposal(one, target)
            own = of_group.refusals()
            whole = of_group.for_whole()
            refused += own or _beyond_view(of_group, whole)
            found.append(whole)
        else:
            found.append(one)
    return found, refused


def _beyond_view(of_group: GroupProposal, whole: Proposal) -> Iterator[Refusal]:
    """A refusal if a proposal would change parts that its group does not see."""
    result = apply_proposals(of_group.target.data, [whole], of_group.target.name)
    if not result.refusals and not of_group.is_confined(result.new):
        place = whole.places.of(("changes",))
        path = text_of(whole.changes[0].path)
        yield Refusal(whole.file, problem(result.old.language, "hidden-parts", place, path=quote(path)))


def _finished(target: CharterFile, todo: Sequence[CheckedChange], already: int) -> ApplyResult:
    charter, mark = target.charter, target.byte_order_mark
    wanted = patched(
        target.written, list({_at(verdict): verdict.task for verdict in todo if verdict.task}.values())
    )
    new = mark + rewrite(target.text, wanted).encode("utf-8", "surrogatepass")
    loaded = load(new)
    errors = [found for found in loaded.problems if found.severity == "error"]
    if errors:
        refusals = tuple(_error_refusals(errors, loaded.places, wanted, todo, target.name))
    elif loaded.charter is None or not same(tree(new[len(mark) :].decode("utf-8")).data, wanted):
        refusals = tuple(
            Refusal(verdict.proposal.file, problem(charter.language, "not-in-place", verdict.place))
            for verdict in todo
        )
    else:
        return ApplyResult(charter, loaded.charter, new, (), len(todo), already)
    return ApplyResult(charter, charter, target.data, refusals, already=already)


def _at(verdict: CheckedChange) -> At:
    """The place of a change; an order has its own place inside its list."""
    assert verdict.task is not None
    at = verdict.task.found.at
    return (*at, "") if verdict.task.order else at


def _conflicts(verdicts: Sequence[CheckedChange], language: str) -> Iterator[Refusal]:
    """Refusals for changes of the same value, or of a value and one inside it, unless they are equal."""
    seen: dict[At, CheckedChange] = {}
    around: dict[At, CheckedChange] = {}
    for verdict in verdicts:
        if verdict.task is None:
            continue
        at = _at(verdict)
        starts = [at[:end] for end in range(1, len(at))]
        other = next((seen[start] for start in (at, *starts) if start in seen), around.get(at))
        if other and not _is_same_change(verdict, other):
            yield _conflict(verdict, other, language)
        seen.setdefault(at, verdict)
        for start in starts:
            around.setdefault(start, verdict)


def _is_same_change(one: CheckedChange, other: CheckedChange) -> bool:
    return _at(one) == _at(other) and one.proposal is not other.proposal and _effect(one) == _effect(other)


def _effect(verdict: CheckedChange) -> object:
    assert verdict.task is not None
    return repr(verdict.task.new), verdict.task.before


def _conflict(verdict: CheckedChange, other: CheckedChange, language: str) -> Refusal:
    path = quote(text_of(verdict.proposal.changes[verdict.index].path))
    rule = "twice-here" if verdict.proposal is other.proposal else "conflict"
    facts = {"file": other.proposal.file} if rule == "conflict" else {}
    conflict = problem(language, rule, verdict.place, path=path, line=str(other.place[0]), **facts)
    return Refusal(verdict.proposal.file, conflict)


def _error_refusals(
    errors: Sequence[Problem],
    places: SourceMap,
    wanted: dict[str, Any],
    todo: Sequence[CheckedChange],
    file: str,
) -> Iterator[Refusal]:
    """Errors of the result, at the change that causes them; else at the place in the changed charter."""
    at_place: dict[tuple[int, int], At] = {}
    for path, spot in places.spots.items():
        at_place.setdefault(spot.key, path)
        at_place[spot.value] = path
    for error in errors:
        path = _original_path(at_place.get((error.line, error.column), ()), wanted)
        verdict = next((one for one in todo if path and path[: len(_at(one))] == _at(one)), None)
        if verdict is None:
            yield Refusal(f"{file} (as it would be)", error)
            continue
        inside = ("changes", verdict.index, "new", *path[len(_at(verdict)) :])
        line, column = verdict.proposal.places.of(inside)
        yield Refusal(
            verdict.proposal.file, Problem(line, column, error.rule, "error", error.text, error.fix)
        )


def _original_path(path: At, wanted: Any) -> At:
    """A path of the result with the original positions of items, and new ones by their id."""
    found: list[str | int] = []
    for step in path:
        wanted = wanted[step]
        new = isinstance(step, int) and isinstance(wanted, dict)
        found.append(getattr(wanted, "origin", _id_of(wanted)) if new else step)
    return tuple(found)


def _id_of(element: dict[str, Any]) -> str:
    return str(element.get("id") or element.get("request") or element.get("role"))

"""Whether a promise was kept in a period. A weakened promise is different: it changes the agreement."""

from __future__ import annotations

from charterbook.compare.comparison import Verdict
from charterbook.compare.lookup import Sides
from charterbook.compare.severity import fits
from charterbook.diff import Change

#: The path of a promise's result: how often it was kept.
_KEPT = "services.*.service_levels.*.kept"


def verdict_of(share: float, requests: int | None, target: float | None) -> Verdict | None:
    """Whether a share of requests, in percent, reaches the target share; None without a target or without requests."""
    if target is None or requests == 0:
        return None
    return "kept" if share >= target else "missed"


def is_kept_fact(change: Change) -> bool:
    """Whether a change is to the result of a promise."""
    return fits(_KEPT, change.path)


def kept_verdict(change: Change, sides: Sides) -> Verdict | None:
    """Whether a new or changed result reaches the target share of the promise.

    None for any other change, and without a target share or requests.
    """
    if not is_kept_fact(change) or not isinstance(change.new, dict):
        return None
    return verdict_of(change.new["share"], change.new.get("requests"), kept_target(change, sides))


def kept_target(change: Change, sides: Sides) -> float | None:
    """The target share of the promise that a result belongs to."""
    level = sides.after(change.path[:-1]) or {}
    target: float | None = level.get("target_share")
    return target

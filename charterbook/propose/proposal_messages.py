"""Messages about invalid and refused proposals, in the language of the charter."""

from __future__ import annotations

from collections.abc import Mapping

from charterbook.i18n import N_, translator
from charterbook.load.lazy_message import Fact, LazyMessage
from charterbook.load.loader_messages import MESSAGES as READING
from charterbook.problems import Problem
from charterbook.source_map import Place

_EXAMPLE = N_("Write it as: path: services.onboarding.summary, with old: and new: under it.")

#: Description and advice for each rule.
MESSAGES: Mapping[str, tuple[str, str]] = {
    # the file
    "yaml-comment": READING["yaml-comment"][1:],
    "no-proposal": (N_("this is not a proposal"), N_("Begin with charterbook: 1, then reason: and changes:.")),
    "a-charter": (
        N_("this is a charter, not a proposal"),
        N_("Propose its differences from the newest version with: charterbook propose --from latest %(file)s."),
    ),
    "no-format": (N_("the format of the proposal is missing"), N_("Write charterbook: %(known)s in the first line.")),
    "newer-proposal": (
        N_("the file has format %(found)s; this Charterbook supports formats up to %(known)s"),
        N_("Upgrade Charterbook, then try again."),
    ),
    "unknown-key": (N_("there is no key %(key)s here"), N_("Available: %(names)s.")),
    "no-reason": (N_("the reason is missing"), N_("Write reason: and why this change is wanted, at most 20,000 characters.")),
    "not-a-line": (N_("%(key)s must be a single line of text"), N_("Write at most 200 characters, in quotes if necessary.")),
    "no-changes": (N_("the proposal changes nothing"), N_("List what to change under changes:.")),
    "no-list": (N_("changes: is not a list"), N_("Begin each change with a hyphen, as in: - path: services.onboarding.name.")),
    "too-many-changes": (N_("the proposal has more than %(limit)s changes"), N_("Split it into several proposals.")),
    "no-change": (N_("this is not a change"), _EXAMPLE),
    "no-path": (N_("this change does not name the value to change"), _EXAMPLE),
    "no-values": (N_("this change has neither an old nor a new value"), N_("Write the current value as old:, or the new value as new:.")),
    "bad-before": (N_("before: names no item"), N_("Use it with new:, and give the id of the item to insert the new one before.")),
    # its paths
    "unknown-step": (N_("a charter has no key %(key)s at this place"), N_("Available: %(names)s.")),
    "inside-a-value": (N_("%(path)s has no keys inside"), N_("Change it as a whole.")),
    "no-such-item": (N_("the charter has no %(path)s"), N_("It may have been removed or renamed. Check the charter, then correct the path.")),
    "twice-there": (N_("the charter has %(path)s more than once"), N_("Change the whole list instead.")),
    "no-such-neighbour": (N_("there is no item %(id)s to insert before"), N_("Remove before:, or name an item of the same list.")),
    "other-id": (N_("the new item has the id %(id)s"), N_("Use the same id in the path and in the item.")),
    "taken-id": (N_("another item of this list is already called %(id)s"), N_("Choose a name that no item has.")),
    "other-order": (N_("the new order does not list the same items as the old one"), N_("List the same ids in both, each once.")),
    "order-of-nothing": (N_("the order lists items that are not in the charter"), N_("List only ids of existing items.")),
    # its values
    "old-value": (N_("%(path)s has changed since the proposal was made"), N_("Check the current value. If the change is still wanted, put that value into old:.")),
    "conflict": (N_("%(path)s is also changed by %(file)s on line %(line)s"), N_("Apply one of the two, then create the other one again.")),
    "twice-here": (N_("%(path)s is already changed on line %(line)s"), N_("Keep one of the two.")),
    "other-charter": (N_("the proposal is for %(asked)s, not for %(file)s"), N_("Name the right charter with --charter.")),
    "unknown-group": (N_("the charter has no group of readers %(id)s"), N_("Name a group of the charter, or remove for:.")),
    "hidden-parts": (N_("%(path)s has parts that the group does not see"), N_("Change it by hand, if the change is wanted.")),
    "not-in-place": (N_("this cannot be changed without touching other parts of the file"), N_("Change it by hand.")),
}  # fmt: skip

#: Labels of three conflicting values.
EXPECTED = N_("expected")
PRESENT = N_("in the charter")
WANTED = N_("proposed")
NOTHING = N_("nothing")


def problem(
    language: str, rule: str, place: Place, advice: LazyMessage | None = None, /, **facts: Fact
) -> Problem:
    """A problem of a proposal; `advice` replaces the usual one."""
    t = translator(language)
    text, fix = (LazyMessage(message, **facts) for message in MESSAGES[rule])
    return Problem(*place, rule, "error", text.text(t), (advice or fix).text(t))

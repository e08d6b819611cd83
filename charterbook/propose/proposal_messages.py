"""What is said of a proposal that cannot be read or applied, in the language of the charter."""

from __future__ import annotations

from collections.abc import Mapping

from charterbook.i18n import N_, translator
from charterbook.load.lazy_message import Fact, LazyMessage
from charterbook.load.loader_messages import MESSAGES as READING
from charterbook.problems import Problem
from charterbook.source_map import Place

_EXAMPLE = N_("Write it as: path: services.onboarding.summary, with old: and new: below.")

#: What is wrong, and what would be right.
MESSAGES: Mapping[str, tuple[str, str]] = {
    # the file
    "yaml-comment": READING["yaml-comment"][1:],
    "no-proposal": (N_("this is no proposal"), N_("Begin with charterbook: 1, then reason: and changes:.")),
    "no-format": (N_("the format of the proposal is missing"), N_("Write charterbook: %(known)s in the first line.")),
    "newer-proposal": (
        N_("the proposal has format %(found)s; this Charterbook knows formats up to %(known)s"),
        N_("Upgrade Charterbook, then try again."),
    ),
    "unknown-key": (N_("there is no key %(key)s here"), N_("There is: %(known)s.")),
    "no-reason": (N_("the reason is missing"), N_("Write reason: and why this change is wanted, at most 20,000 characters.")),
    "not-a-line": (N_("%(key)s has to be a line of text"), N_("Write at most 200 characters, in quotes if need be.")),
    "no-changes": (N_("the proposal changes nothing"), N_("List below changes: what is to change.")),
    "too-many-changes": (N_("the proposal has more than %(limit)s changes"), N_("Make several proposals of it.")),
    "no-change": (N_("this is no change"), _EXAMPLE),
    "no-path": (N_("this change does not say which value it is about"), _EXAMPLE),
    "no-values": (N_("this change has neither an old nor a new value"), N_("Write what is there today as old:, or what shall be there as new:.")),
    "bad-before": (N_("before: names no item"), N_("It goes with new:, and holds the id of the item that the new one comes before.")),
    # its paths
    "unknown-step": (N_("there is no key %(key)s in a charter at this place"), N_("There is: %(known)s.")),
    "inside-a-value": (N_("%(path)s has no keys inside"), N_("Change it as a whole.")),
    "no-such-item": (N_("the charter has no %(path)s"), N_("It may have been removed or renamed. Look at the charter, then mend the path.")),
    "twice-there": (N_("the charter has %(path)s more than once"), N_("Change the whole list instead.")),
    "no-such-neighbour": (N_("there is no item %(id)s to come before"), N_("Leave before: out, or name an item of the same list.")),
    "other-id": (N_("the new item calls itself %(id)s"), N_("Let the path and the item have the same id.")),
    "taken-id": (N_("%(id)s is the name of another item of this list"), N_("Choose a name that no item has.")),
    "other-order": (N_("the new order does not name the same items as the old one"), N_("Name in both the same ids, each once.")),
    "order-of-nothing": (N_("the order names items that the charter does not have"), N_("Name the ids of items that are there.")),
    # its values
    "old-value": (N_("%(path)s is no longer what the proposal was made for"), N_("Look at what it is now. If the change is still wanted, put that into old:.")),
    "conflict": (N_("%(path)s is changed by %(file)s in line %(line)s as well"), N_("Apply one of the two, then make the other one anew.")),
    "twice-here": (N_("%(path)s is changed in line %(line)s already"), N_("Keep one of the two.")),
    "other-charter": (N_("the proposal is for %(asked)s, not for %(file)s"), N_("Name the right charter with --charter.")),
    "not-in-place": (N_("this cannot be changed without touching other parts of the file"), N_("Change it by hand.")),
}  # fmt: skip

#: What the three values are called where they do not agree.
EXPECTED = N_("the proposal expects")
PRESENT = N_("the charter says")
WANTED = N_("the proposal wants")
NOTHING = N_("nothing")


def problem(
    language: str, rule: str, place: Place, advice: LazyMessage | None = None, /, **facts: Fact
) -> Problem:
    """A problem of a proposal; `advice` stands instead of the usual one."""
    t = translator(language)
    text, fix = (LazyMessage(message, **facts) for message in MESSAGES[rule])
    return Problem(*place, rule, "error", text.text(t), (advice or fix).text(t))

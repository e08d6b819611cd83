"""Texts of the form for proposals: its own words, and the messages of the loader's checks, in one language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from charterbook.i18n import N_, Translator
from charterbook.load.loader_messages import MESSAGES

#: A new item, as an entry of a list.
NEW: Mapping[str, str] = {
    "services": N_("A new service"),
    "audiences": N_("A new audience"),
    "metrics": N_("A new metric"),
    "sources": N_("A new funding source"),
    "routes": N_("A new way to ask"),
    "priorities": N_("A new priority"),
    "out": N_("Something not offered"),
    "later": N_("Something not offered yet"),
    "shared": N_("Work shared with another team"),
    "objectives": N_("A new objective"),
    "meetings": N_("A review meeting"),
    "actions": N_("A new action"),
    "roles": N_("A new role"),
    "partners": N_("A new partner"),
    "platforms": N_("A new platform"),
    "roadmap": N_("A new roadmap step"),
    "risks": N_("A new risk"),
    "decisions": N_("A new decision"),
    "glossary": N_("A new term"),
    "sections": N_("A new section"),
}

#: Label and help of the id of a new item.
ID = (
    N_("Short name for addresses"),
    N_(
        "Made from the name. It appears in the addresses of pages and never changes later, so correct it now if you like."
    ),
)

#: Checks of the loader that the form repeats. The form fills in the placeholders of the messages.
_CHECKS = (
    "not-one-line",
    "too-long",
    "control-character",
    "impossible-date",
    "out-of-range",
    "unknown-currency",
    "bad-version",
    "dates-order",
    "shares-sum",
    "missing-currency",
    "drives-leading",
    "drives-itself",
    "unsafe-link",
    "unknown-link",
    "html-in-text",
    "template-in-text",
    "bad-hours",
    "hours-order",
    "unknown-timezone",
    "repeated-day",
)

#: The form's own words, for problems that only the form finds or that the loader explains with keys
#: of the file.
_OWN: Mapping[str, tuple[str, str]] = {
    "dates-order": (
        N_("the end date (%(until)s) is before the start date (%(since)s)"),
        N_("Swap or correct the two dates."),
    ),
    "missing-currency": (
        N_("an amount is given, but no currency"),
        N_("Enter the currency of the funding, for example USD."),
    ),
    "needed": (N_("required"), N_("Write %(example)s.")),
    "unchosen": (N_("required"), N_("Choose from the list.")),
    "not-a-number": (N_("%(value)s is not a number"), N_("Write digits only, for example %(example)s.")),
    "not-whole": (
        N_("%(value)s is not a whole number"),
        N_("Leave out the decimals."),
    ),
    "not-a-date": (N_("%(value)s is not a date"), N_("Write year, month and day, for example 2026-03-31.")),
    "bad-id": (
        N_("%(value)s cannot be part of an address"),
        N_("Use lower-case letters a-z, digits and single hyphens, for example %(example)s."),
    ),
    "reserved-id": (N_("%(id)s is reserved"), N_("Choose another short name.")),
    "taken-id": (N_("%(id)s is already taken"), N_("Choose another short name.")),
    "former-id": (N_("%(id)s was used before"), N_("Choose another short name: none is ever used twice.")),
    "lost-reference": (
        N_("%(id)s is neither in the charter nor in this proposal"),
        N_("Choose something else, or add it to the proposal again."),
    ),
    "driven": (
        N_("it is driven by %(names)s, and only lagging metrics can be driven"),
        N_("Change that first, or leave this metric lagging."),
    ),
    "same-request": (N_("%(value)s is in this list twice"), N_("Keep one of the two.")),
    "no-address": (
        N_("a contact has neither an address nor a channel"),
        N_("Fill in one of the two."),
    ),
    "above": ("", N_("Write a number above %(limit)s.")),
    "min": ("", N_("Write a number of %(limit)s or more.")),
    "max": ("", N_("Write a number of %(limit)s or less.")),
}

_WORDS: Mapping[str, str] = {
    "added": N_("added:"),
    "removed": N_("removed:"),
    "itemAdded": N_("Added"),
    "itemRemoved": N_("Removed"),
    "commitment": N_("commitment"),
    "meaning": N_("meaning"),
    "wording": N_("wording"),
    "order": N_("order"),
    "choose": N_("Choose …"),
    "something": N_("a few words"),
    "today": N_("Today"),
    "proposed": N_("Proposed"),
    "sections": N_("Sections"),
    "quoted": N_('"%(value)s"'),
    "unset": N_("not stated"),
    "usually": N_("not stated; the default is %(value)s"),
    "example": N_("For example: %(value)s"),
    "more": N_("More fields"),
    "collected": N_("In this proposal"),
    "about": N_("%(what)s: %(name)s"),
    "edit": N_("Edit"),
    "drop": N_("Take out"),
    "dropped": N_("“%(name)s” is no longer part of this proposal."),
    "undo": N_("Undo"),
    "discarded": N_("Everything has been discarded. You can start again."),
    "tooMany": N_("One proposal can have at most %(limit)s changes. Send a part of them first."),
    "addRow": N_("Add an entry"),
    "removeRow": N_("Remove entry %(n)s"),
    "entry": N_("Entry %(n)s"),
    "required": N_("required"),
    "nothing": N_("Nothing has been changed yet."),
    "restored": N_("Your draft has been restored. It is about: %(names)s."),
    "restoredBare": N_("Your draft has been restored."),
    "sentBefore": N_("You have already sent or saved this proposal. Start over for a new one."),
    "unreadable": N_("The draft saved in this browser could not be read and has been removed."),
    "unsaved": N_("This browser cannot save drafts: what you type is lost when you leave this page."),
    "renamed": N_("“%(old)s” is now called “%(new)s”."),
    "gone": N_("There is no “%(id)s” in the charter in force. Choose what you want to change."),
    "remove": N_("Propose to remove it"),
    "removeHelp": N_("The whole item is removed, together with references to it."),
    "stillNamed": N_("It is still referenced by: %(names)s. Change those first."),
    "last": N_("It is the last one of its kind, and the charter needs at least one."),
    "otherShares": N_("Shares of the other sources"),
    "otherSharesHelp": N_(
        "All shares must add up to 100. What you change here is part of the same proposal."
    ),
    "sum": N_("All shares together: %(sum)s percent."),
    "share": N_("%(name)s: share of the budget"),
    "noReason": N_("Give a reason: nobody can decide without one."),
    "copied": N_("Copied."),
    "notCopied": N_("This browser does not allow copying from a page. Select the text below and copy it."),
    "mailSubject": N_("Proposal for the charter: %(about)s"),
    "mailReason": N_("Why: %(reason)s"),
    "mailBy": N_("Proposed by: %(by)s"),
    "mailChanges": N_("What would change:"),
    "mailFile": N_("The proposal as a file, %(name)s:"),
    "mailLong": N_(
        "The file %(name)s is too long to include here. Please attach it: you can download it from the form."
    ),
    "pasted": N_("Copied. Paste it into the new file."),
}


def form_strings(t: Translator) -> dict[str, str]:
    """Texts of the form itself."""
    return {key: t.gettext(message) for key, message in _WORDS.items()}


def checks(t: Translator) -> dict[str, list[str]]:
    """Problem and advice of each check, in the loader's words if it has the same check."""
    found = {**{rule: MESSAGES[rule][1:] for rule in _CHECKS}, **_OWN}
    return {rule: [t.gettext(message) if message else "" for message in pair] for rule, pair in found.items()}


def plurals(t: Translator) -> dict[str, dict[str, str]]:
    """Messages with a number, by the plural categories of the language in browsers."""
    return {
        "changes": _forms(t, lambda n: t.ngettext("%(n)s change", "%(n)s changes", n)),
        "more": _forms(t, lambda n: t.ngettext("and %(n)s more", "and %(n)s more", n)),
        "problems": _forms(t, lambda n: t.ngettext("Fix %(n)s problem first", "Fix %(n)s problems first", n)),
    }


def _forms(t: Translator, message: Callable[[int], str]) -> dict[str, str]:
    return {t.locale.plural_form(number): message(number) for number in range(101)}

"""What the form for proposals says: its own words, and those of the loader's checks, in one language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from charterbook.i18n import N_, Translator
from charterbook.load.loader_messages import MESSAGES

#: An item that is not there yet, as an entry of a list.
NEW: Mapping[str, str] = {
    "services": N_("A new service"),
    "audiences": N_("A new audience"),
    "metrics": N_("A new metric"),
    "sources": N_("A new source of money"),
    "routes": N_("A new way to ask"),
    "priorities": N_("A new priority"),
    "out": N_("Something that is not done"),
    "later": N_("Something that is not done yet"),
    "roles": N_("A new role"),
    "partners": N_("A new partner"),
    "platforms": N_("A new platform"),
    "roadmap": N_("A new step"),
    "risks": N_("A new risk"),
    "decisions": N_("A new decision"),
    "glossary": N_("A new term"),
    "sections": N_("A new section of our own"),
}

#: What the loader finds that a form can find as well. The form fills in the places of the messages.
_CHECKS = (
    "missing-key",
    "empty-text",
    "not-one-line",
    "too-long",
    "control-character",
    "bad-id",
    "reserved-id",
    "was-alive",
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
)

_OWN: Mapping[str, tuple[str, str]] = {
    "needed": (N_("something has to stand here"), N_("Write %(example)s.")),
    "unchosen": (N_("something has to stand here"), N_("Choose from the list.")),
    "not-a-number": (N_("%(value)s is not a number"), N_("Write digits alone, for example %(example)s.")),
    "not-whole": (
        N_("%(value)s is not a whole number"),
        N_("Leave out what stands behind the comma or point."),
    ),
    "not-a-date": (N_("%(value)s is not a date"), N_("Write year, month and day, for example 2026-03-31.")),
    "taken-id": (N_("the id %(id)s is taken already"), N_("Give each item an id of its own.")),
    "former-id": (N_("the id %(id)s was used before"), N_("Choose another one: ids are never used again.")),
    "same-request": (N_("%(value)s is in this list twice"), N_("Keep one of the two.")),
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
    "unset": N_("not said"),
    "usually": N_("not said, which means: %(value)s"),
    "example": N_("For example: %(value)s"),
    "more": N_("More fields"),
    "addRow": N_("Add an entry"),
    "removeRow": N_("Remove entry %(n)s"),
    "entry": N_("Entry %(n)s"),
    "required": N_("required"),
    "nothing": N_("Nothing has been changed yet."),
    "restored": N_("What you had typed before is here again."),
    "unsaved": N_("This browser keeps nothing, so what you type is lost when you leave this page."),
    "renamed": N_('"%(old)s" is called "%(new)s" today.'),
    "gone": N_('There is no "%(id)s" in the charter in force. Choose what you want to change.'),
    "remove": N_("Propose to remove it"),
    "removeHelp": N_("It goes with all that it says; where others name it, its name is taken out."),
    "stillNamed": N_("It is still named by: %(names)s. Change that first."),
    "last": N_("It is the last one of its kind, and the charter needs one."),
    "otherShares": N_("Shares of the other sources"),
    "otherSharesHelp": N_("All shares together make 100: change the others here, too."),
    "share": N_("%(name)s: share of the budget"),
    "permanent": N_("Its permanent name in the charter: %(id)s"),
    "noReason": N_("Say why: without a reason nobody can decide."),
    "tooLong": N_(
        "The proposal is too long for a web address. Copy or download it instead, and add it as a new file."
    ),
    "copied": N_("Copied."),
    "notCopied": N_("This browser does not let the page copy. Select the text below and copy it."),
    "mailSubject": N_("Proposal for the charter: %(about)s"),
    "mailReason": N_("Why: %(reason)s"),
    "mailBy": N_("Proposed by: %(by)s"),
    "mailChanges": N_("What would change:"),
    "mailFile": N_("The proposal as a file, %(name)s:"),
    "mailLong": N_(
        "The file %(name)s is too long to stand here. Please attach it: the form lets you download it."
    ),
    "pasted": N_("Copied. Paste it into the new file."),
}


def form_strings(t: Translator) -> dict[str, str]:
    """The form's own words."""
    return {key: t.gettext(message) for key, message in _WORDS.items()}


def checks(t: Translator) -> dict[str, list[str]]:
    """What is wrong, and what would be right: the loader's words where it finds the same."""
    found = {**{rule: MESSAGES[rule][1:] for rule in _CHECKS}, **_OWN}
    return {rule: [t.gettext(message) if message else "" for message in pair] for rule, pair in found.items()}


def plurals(t: Translator) -> dict[str, dict[str, str]]:
    """Messages with a number, by the plural forms of the language as browsers name them."""
    return {
        "changes": _forms(t, lambda n: t.ngettext("%(n)s change", "%(n)s changes", n)),
        "problems": _forms(
            t, lambda n: t.ngettext("%(n)s thing to mend first", "%(n)s things to mend first", n)
        ),
    }


def _forms(t: Translator, message: Callable[[int], str]) -> dict[str, str]:
    return {t.locale.plural_form(number): message(number) for number in range(101)}

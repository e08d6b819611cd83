"""Lines about what a command did, in the language of the charter."""

from __future__ import annotations

from charterbook.i18n import N_
from charterbook.problems import escape_terminal
from charterbook.terminal import note, show

CHANGED = N_("%(file)s: changed.")
NOT_CHANGED = N_("%(file)s: nothing was changed.")
WRITTEN = N_("%(file)s: written. Apply it with: charterbook apply %(file)s")
NO_NEW_VALUES = N_("nothing to propose: there are no new values.")
NOTHING_NEW = N_("%(file)s: not changed; there are no new facts.")
ADD_APPLY = N_("%(file)s: not changed; add --apply to enter these facts.")
COMMIT_SIGN_OFF = N_("%(role)s: %(fingerprint)s. Commit it with the charter.")
UPGRADE = N_("%(file)s: from format %(old)s to %(new)s:")
NO_UPGRADE = N_("%(file)s: nothing to upgrade; it has format %(format)s.")
UPGRADE_UNNAMED = N_(
    "%(file)s: nothing to upgrade; it names no `schema`, so it is read in format %(format)s."
)


def notice(message: str, language: str, *, err: bool = True, **facts: object) -> None:
    """Print a message of this module; without `err`, on standard output."""
    from charterbook.i18n import translator

    words = translator(language).gettext(message)
    line = words % {name: escape_terminal(str(fact)) for name, fact in facts.items()}
    if err:
        note(line)
    else:
        show(f"{line}\n")

"""Lines about the result of a command, in the language of the charter."""

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
COMMIT_SIGN_OFF = N_(
    "%(role)s: recorded with the fingerprint %(fingerprint)s. Commit the charter now, so that it is part of the history."
)
SAME_SIGN_OFF = N_("nothing to record: the charter already has this sign-off.")
NO_ROLE = N_("%(role)s: the charter has no such role; %(advice)s")
LATER_DAY = N_("--date %(day)s: that day has not come yet; today is %(today)s.")
NOTHING_NEW_IN_LOG = N_("nothing to propose: the log has nothing new for %(period)s.")
UNREADABLE_REQUESTS = N_(
    "nothing is proposed while some requests cannot be read, because the shares would not include them."
)
OTHER_PERIOD = N_(
    "%(file)s is the charter of %(own)s and records only the promises kept in that period, not those of %(period)s."
)
NO_EARLIER_VERSION = N_("there is no earlier version to compare with. Name a git revision with --since.")
UPGRADE = N_("%(file)s: from format %(old)s to %(new)s:")
NO_UPGRADE = N_("%(file)s: nothing to upgrade; it has format %(format)s.")
UPGRADE_UNNAMED = N_(
    "%(file)s: nothing to upgrade; it names no `schema`, so it is read in format %(format)s."
)


def words(message: str, language: str, **facts: object) -> str:
    """A message of this module, safe to print."""
    from charterbook.i18n import translator

    sentence = translator(language).gettext(message)
    return sentence % {name: escape_terminal(str(fact)) for name, fact in facts.items()}


def notice(message: str, language: str, *, err: bool = True, **facts: object) -> None:
    """Print a message of this module; without `err`, on standard output."""
    line = words(message, language, **facts)
    if err:
        note(line)
    else:
        show(f"{line}\n")

"""Messages of the loader by rule, in one place, for rewording and translation.

Each rule has a severity, a description of the error and advice. `did_you_mean.quote` shortens and escapes the values
of a file in messages.
"""

from __future__ import annotations

from collections.abc import Mapping

from charterbook.i18n import N_
from charterbook.load.lazy_message import Fact, LazyMessage
from charterbook.problems import ProblemSeverity

_E: ProblemSeverity = "error"
_QUOTE_IT = N_('Write it in quotes: "%(written)s".')
_TEXT_OR_NUMBER = N_('For text, write it in quotes: "%(written)s". For a number, write %(value)s.')

MESSAGES: Mapping[str, tuple[ProblemSeverity, str, str]] = {
    # the file
    "too-large": (
        _E,
        N_("the file is larger than %(limit)s bytes"),
        N_("Keep long documents elsewhere and link to them."),
    ),
    "not-utf-8": (_E, N_("the file is not saved as UTF-8 (%(found)s)"), N_("Save as UTF-8 in your editor.")),
    "filtered-by-git": (
        _E,
        N_("the file is %(found)s"),
        N_("Run: %(command)s. Have git store the charter as it is, so that its history can be read."),
    ),
    "merge-conflict": (
        _E,
        N_("an unresolved merge conflict begins here and ends on line %(last)s"),
        N_("Choose what applies, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>."),
    ),
    "control-character": (
        _E,
        N_("there is an invisible control character here (%(found)s)"),
        N_("Delete it, or type the text again instead of pasting it."),
    ),
    "control-escape": (
        _E,
        N_("an escape in double quotes stands for an invisible control character (%(found)s)"),
        N_("For a backslash, write \\\\, or put the text in single quotes."),
    ),
    "empty-file": (_E, N_("the charter is empty"), N_("Create one with: charterbook new DIR.")),
    "not-a-mapping": (
        _E,
        N_("the file must consist of keys with values, found %(found)s"),
        N_("Begin with: title: Our charter."),
    ),
    "mkdocs-settings": (
        _E,
        N_("these are the settings of a website for MkDocs, not a charter"),
        N_("Name the charter, usually charter.yml; settings go after -f."),
    ),
    "too-deep": (
        _E,
        N_("values are nested too deeply"),
        N_("A charter needs no more than %(limit)s levels."),
    ),
    "too-many-values": (
        _E,
        N_("the file has more than %(limit)s values"),
        N_("Keep long lists elsewhere and link to them."),
    ),
    "too-many-problems": (
        "hint",
        N_("only the first %(limit)s problems are shown"),
        N_("Fix these, then check again."),
    ),
    # YAML
    "yaml-syntax": (_E, "%(what)s", "%(advice)s"),
    "code-fence": (
        _E,
        N_("this line marks code in Markdown; YAML has no such lines"),
        N_("Delete it, and the other line that begins with %(mark)s."),
    ),
    "tab-indent": (
        _E,
        N_("this line is indented with a tab"),
        N_("Indent with spaces: YAML does not allow tabs there."),
    ),
    "odd-space": (
        _E,
        N_("this line is indented with a character that is not a plain space (%(found)s)"),
        N_("Delete it and what follows up to the text, and type spaces."),
    ),
    "odd-hyphen": (
        _E,
        N_("%(character)s is not the hyphen that begins an entry of a list (%(found)s)"),
        N_("Write a hyphen and a space."),
    ),
    "odd-colon": (
        _E,
        N_("%(character)s is not the colon that follows a key (%(found)s)"),
        N_("Write a plain colon and a space."),
    ),
    "anchor": (
        _E,
        N_("anchors are not allowed (&%(name)s)"),
        N_("Write the value out. Text that begins with & needs quotes."),
    ),
    "alias": (
        _E,
        N_("aliases are not allowed (*%(name)s)"),
        N_("Write the value out. Text that begins with * needs quotes."),
    ),
    "merge-key": (_E, N_("merge keys are not allowed (<<)"), N_("Write the keys out.")),
    "tag": (
        _E,
        N_("tags are not allowed (%(name)s)"),
        N_("Remove it. Text that begins with ! needs quotes."),
    ),
    "bad-key": (
        _E,
        N_("a list or mapping is where a key should be"),
        N_("Put text that has curly or square brackets in quotes."),
    ),
    "duplicate-key": (
        _E,
        N_("the key %(key)s appears twice, first on line %(first)s"),
        N_("Keep one of the two."),
    ),
    "several-documents": (
        _E,
        N_("a second document begins here (---)"),
        N_("Keep one document: remove this line and what follows."),
    ),
    "yaml-octal": (
        _E,
        N_("%(written)s is read as %(value)s (octal)"),
        N_('For text, write it in quotes: "%(written)s". For a number, leave out the leading zero.'),
    ),
    "yaml-hexadecimal": (_E, N_("%(written)s is read as %(value)s (hexadecimal)"), _TEXT_OR_NUMBER),
    "yaml-binary": (_E, N_("%(written)s is read as %(value)s (binary)"), _TEXT_OR_NUMBER),
    "yaml-sexagesimal": (_E, N_("%(written)s is read as %(value)s (base 60)"), _TEXT_OR_NUMBER),
    "yaml-underscore": (_E, N_("%(written)s is read as %(value)s"), _TEXT_OR_NUMBER),
    "yaml-not-finite": (
        _E,
        N_("%(written)s is not a number that can be shown"),
        N_('For text, write it in quotes: "%(written)s". For a number, write its digits.'),
    ),
    "yaml-lost-digits": (
        "warning",
        N_("%(written)s has more digits than can be stored: it is read as %(value)s"),
        N_('Write %(value)s, or as text, in quotes: "%(written)s".'),
    ),
    "impossible-date": (
        _E,
        N_("the day %(written)s does not exist"),
        N_("Write an existing day, for example 2026-02-28."),
    ),
    "yaml-boolean": (_E, N_("%(written)s is read as %(value)s, not as text"), _QUOTE_IT),
    "yaml-number": (_E, N_("%(written)s is read as the number %(value)s, not as text"), _QUOTE_IT),
    "yaml-date": (_E, N_("%(written)s is read as a date, not as text"), _QUOTE_IT),
    "yaml-comment": (
        "warning",
        N_("what follows # is a comment, not text: %(lost)s"),
        N_("For text, write it in quotes: %(quoted)s. For a comment, put two spaces before the #."),
    ),
    "yaml-colon": (
        _E,
        N_("a colon followed by a space turns the words before it into a key: %(key)s"),
        N_("For text, write it in quotes: %(quoted)s."),
    ),
    "yaml-thousands": (
        "warning",
        N_("%(written)s is read as %(value)s"),
        N_("For thousands, write %(thousands)s; otherwise %(value)s."),
    ),
    "empty-value": (_E, "%(what)s", N_("Write a value, or remove the line.")),
    # the model
    "newer-schema": (
        _E,
        N_("the file has format %(found)s; this Charterbook supports formats up to %(known)s"),
        N_("Upgrade Charterbook, then try again."),
    ),
    "missing-key": (_E, N_("%(key)s is missing here"), N_("Add %(example)s.")),
    "unknown-key": (_E, N_("there is no key %(key)s here"), ""),
    "wrong-type": (_E, N_("expected %(expected)s, found %(found)s"), N_("Write %(example)s.")),
    "not-allowed": (_E, N_("%(value)s is not allowed here"), N_("Write one of: %(choices)s.")),
    "out-of-range": (_E, N_("%(value)s is out of range"), ""),
    "empty-text": (_E, N_("this text is empty"), N_("Write %(example)s, or remove the line.")),
    "empty-list": (_E, N_("this list is empty"), N_("Add at least one entry.")),
    "too-long": (_E, N_("this text is too long"), N_("Use at most %(limit)s characters.")),
    "not-one-line": (_E, N_("this must be a single line"), N_("Put it on one line, without line breaks.")),
    "bad-id": (
        _E,
        N_("%(value)s cannot be an id"),
        N_("Use lower-case letters a-z, digits and single hyphens, for example %(example)s."),
    ),
    # the checks between parts
    "duplicate-id": (
        _E,
        N_("the id %(id)s is used twice in %(kind)s, first on line %(first)s"),
        N_("Give each item its own id."),
    ),
    "reserved-id": (
        _E,
        N_("the id %(id)s is reserved"),
        N_("Choose another id: this one is taken by a page or by Windows."),
    ),
    "unknown-reference": (_E, "%(what)s", ""),
    "repeated-reference": ("warning", N_("%(value)s is in this list twice"), N_("Keep one of the two.")),
    "drives-itself": (
        _E,
        N_("the metric %(id)s drives itself"),
        N_("List the lagging metrics that it drives."),
    ),
    "drives-leading": (
        _E,
        N_("%(id)s is not a lagging metric"),
        N_("List lagging metrics only: business results that follow."),
    ),
    "was-alive": (
        _E,
        N_("%(id)s is still the id of an item here"),
        N_("List only ids that are no longer used, or rename that item."),
    ),
    "shares-sum": (
        _E,
        N_("the shares of all sources add up to %(sum)s, not 100"),
        N_("Change the shares so that they add up to 100."),
    ),
    "missing-currency": (
        _E,
        N_("an amount is given, but neither it nor funding has a currency"),
        N_("Add to funding, for example: currency: USD."),
    ),
    "unknown-currency": (
        _E,
        N_("%(value)s is not a currency of ISO 4217"),
        N_("Write its three letters, for example %(example)s."),
    ),
    "bad-version": (
        _E,
        N_("%(value)s is not the name of a version"),
        N_("Write a period such as 2026-Q3, 2026-07, 2026-H1, 2026 or FY27-Q1."),
    ),
    "dates-order": (
        _E,
        N_("%(last)s (%(end)s) is before %(first)s (%(begin)s)"),
        N_("Swap or correct the two dates."),
    ),
    # the working calendar
    "bad-hours": (
        _E,
        N_("%(value)s is not a time span"),
        N_('Write two times of day joined by a hyphen, for example "09:00-12:30".'),
    ),
    "hours-order": (
        _E,
        N_("the hours %(value)s end at the time at which they begin"),
        N_("Write 00:00-24:00 for the whole day, or correct one of the times."),
    ),
    "hours-overlap": (
        _E,
        N_("the hours %(value)s overlap with %(other)s"),
        N_("List each hour of the day only once."),
    ),
    "unknown-timezone": (
        _E,
        N_("%(value)s is not a time zone"),
        N_("Write a name from the IANA time zone database, for example Europe/Berlin."),
    ),
    "repeated-day": (_E, N_("%(day)s is listed twice"), N_("Keep one of the two.")),
    # contacts
    "no-address": (
        _E,
        N_("this contact has neither an address nor a channel"),
        N_('Add one of them, for example: channel: "#enablement in Slack".'),
    ),
    # groups of readers
    "group-circle": (
        _E,
        N_("the group %(id)s sees itself through %(other)s"),
        N_("Remove one of the groups in sees, so that no group sees itself."),
    ),
    "no-group": (
        _E,
        N_("visible_to names no group"),
        N_("Name the groups that see it, or remove the line for all readers."),
    ),
    "unknown-restricted": (
        _E,
        N_("there is no key %(key)s here to restrict"),
        N_("Name keys of the mapping that restricted is in."),
    ),
    "needed-key": (
        _E,
        N_("%(key)s cannot be restricted alone"),
        N_("Restrict the whole item or section with visible_to, or another key."),
    ),
    "unknown-release": (
        _E,
        N_("%(name)s is not a path in a charter"),
        N_("Name a section, an item such as services.onboarding, or a key in it."),
    ),
    # texts
    "unknown-link": (
        _E,
        N_("the link leads to %(target)s, which is not a page of this charter"),
        N_(
            "Link to https://…, mailto:…, a section such as funding, or an item such as services/%(example)s."
        ),
    ),
    "unsafe-link": (_E, N_("the link %(target)s is not safe"), N_("Use https://… or mailto:….")),
    "html-in-text": (
        "warning",
        N_("HTML is displayed as plain text (%(tag)s)"),
        N_("Use Markdown: **bold**, *italic*, [text](address), lists."),
    ),
    "raw-markdown": (
        "hint",
        N_("this Markdown is not supported and is shown as written (%(mark)s)"),
        N_("Texts support emphasis, links, lists, code and tables; your own sections also support headings."),
    ),
    "template-in-text": (
        "hint",
        N_("%(mark)s is displayed as plain text"),
        N_("A charter is not a template; remove this unless readers should see it."),
    ),
}

#: The kinds of items of a reference -> the message for an unknown id.
UNKNOWN = {
    ("audiences",): N_("there is no audience %(id)s"),
    ("services",): N_("there is no service %(id)s"),
    ("metrics",): N_("there is no metric %(id)s"),
    ("platforms",): N_("there is no platform %(id)s"),
    ("routes",): N_("there is no route %(id)s"),
    ("roles",): N_("there is no role %(id)s"),
    ("roles", "audiences"): N_("there is no role or audience %(id)s"),
    ("audiences", "partners"): N_("there is no audience or partner %(id)s"),
    ("partners", "audiences"): N_("there is no partner or audience %(id)s"),
    ("decisions", "meeting_decisions"): N_("there is no decision %(id)s"),
    ("groups",): N_("there is no group of readers %(id)s"),
}
#: A kind of items -> the message for a charter without any. References to other kinds are checked only in a charter
#: with such items.
NONE_OF = {
    "audiences": N_("This charter has no audiences."),
    "services": N_("This charter has no services."),
    "metrics": N_("This charter has no metrics."),
    "routes": N_("This charter has no routes."),
    "decisions": N_("This charter has no decisions."),
    "groups": N_("This charter has no groups of readers: declare them in groups."),
}


def message(rule: str, facts: Mapping[str, Fact]) -> tuple[ProblemSeverity, LazyMessage, LazyMessage]:
    """Severity, description and advice of a rule."""
    severity, text, fix = MESSAGES.get(rule) or MESSAGES["unknown-reference"]
    return severity, LazyMessage(text, **facts), LazyMessage(fix, **facts)

"""Messages for errors of the YAML parser."""

from __future__ import annotations

from charterbook.i18n import N_
from charterbook.load.lazy_message import LazyMessage

#: Errors of the YAML parser -> description and advice.
SYNTAX = (
    ("mapping values are not allowed", N_("a text contains a colon followed by a space, or the indentation is off"),
     N_("Put text that has a colon in quotes, and begin all keys of a group in the same column.")),
    ("anchor", N_("text begins with &"), N_("Put the text in quotes.")),
    ("alias", N_("text begins with *"), N_("Put the text in quotes, or on its own line after: |.")),
    ("cannot start any token", N_("text begins with a character that YAML reserves"), N_("Put the text in quotes.")),
    ("escape c", N_("a backslash in double quotes must be written twice"), N_("Use single quotes, or write \\\\ for \\.")),
    ("quoted scalar", N_("the closing quote is missing"), N_("End the text with the quote it begins with.")),
    ("expected ',' or ']'", N_("the closing ] is missing"), N_("End the list with ], or put text that begins with [ in quotes.")),
    ("expected ',' or '}'", N_("the closing } is missing"), N_("Put text that begins with { in quotes.")),
    ("sequence entries are not allowed", N_("a list cannot begin on the same line as its key"), N_("Begin it on the next line.")),
    ("could not find expected ':'", N_("this line has no colon after its key"), N_("Write: key: value. Indent text that continues.")),
    ("'-' indicator", N_("a line of a list has no hyphen, or the indentation is off"), N_("Begin each entry with a hyphen, in the same column.")),
    ("expected key", N_("something unexpected follows a value, or the indentation is off"),
     N_("Begin all keys of a group in the same column; put text that has quotes inside in other quotes.")),
    ("block scalar", N_("nothing may follow | or > on the same line"), N_("Begin the text on the next line, or put it in quotes.")),
    ("document start", N_("the indentation is off: this line begins further left than the first key"),
     N_("Begin all main keys in the first column.")),
)  # fmt: skip


_SYNTAX_OTHER = (
    N_("this is not valid YAML"),
    N_("Check the quotes, colons and indentation here and on the line before."),
)


def syntax(words: str) -> tuple[LazyMessage, LazyMessage]:
    """Description and advice for an error of the YAML parser."""
    found = ((text, fix) for part, text, fix in SYNTAX if part in words)
    text, fix = next(found, _SYNTAX_OTHER)
    return LazyMessage(text), LazyMessage(fix)

"""Printing to a terminal or a CI log, with control sequences and CI commands escaped.

`printed` is the last step for all output of commands and all log messages of builds. Texts of charters, git, files
and arguments are escaped again here, after wrapping, because whether `::error::` is a command depends on where its
line begins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress

import click

#: All control characters except line ends, and controls of the direction of text.
_CONTROL = re.compile(
    "\r(?!\n)|[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
#: Commands at the beginning of a line, after white space: `::error::` of GitHub, Gitea and Forgejo.
_LINE_COMMAND = re.compile(r"^([^\S\n]*):(?=:)", re.MULTILINE)
#: All colons in such a command: each is folded, since the text after a fold begins a new line.
_COLONS = re.compile(r"^([^\S\n]*)(::+)", re.MULTILINE)
#: Commands of CI servers, anywhere in a line: `##[error]` of GitHub, `##vso[…]` of Azure, `##teamcity[…]`.
_COMMAND = re.compile(r"#(?=#\w*\[)")
#: The message for a format without escapes.
_CHANGED = (
    "Commands to CI servers in these texts were broken up for printing; --output writes them unchanged."
)
#: ANSI colours that MkDocs plugins write into their log messages.
_COLOUR = re.compile("\x1b\\[[0-9;]*m")


def printed(text: str, style: str = "text") -> str:
    """The text of a format, with everything escaped that a terminal or a CI server would obey.

    Formats for programs keep their meaning: a character becomes its escape sequence, or a line is folded elsewhere.
    """
    return _STYLES.get(style, _plain)(text)


def log_text(text: str) -> str:
    """A message of a log, without colours."""
    return printed(_COLOUR.sub("", text))


def has_commands(text: str) -> bool:
    """Whether a terminal or a CI server would obey the text."""
    return printed(text) != text


def show(text: str, *, style: str = "text") -> None:
    """Print a result. Formats for programs are always UTF-8; text is in the terminal's encoding."""
    found = printed(text, style)
    if style == "csv" and found != text:
        note(_CHANGED)
    _print(found if style == "text" else found.encode("utf-8", "replace"))


def show_bytes(data: bytes) -> None:
    """Print a binary file, for the output `-`."""
    _print(data)


def _print(content: str | bytes) -> None:
    """Write to standard output. Raises OSError with its name."""
    try:
        click.echo(content, nl=False)
    except OSError as error:
        error.filename = error.filename or "standard output"
        raise


def note(*lines: str) -> None:
    """Print lines about the run on standard error. If that is impossible, the run goes on."""
    with suppress(OSError):
        for line in lines:
            click.echo(printed(line), err=True)


def _plain(text: str) -> str:
    return _without(_CONTROL.sub(" ", text), r"\1: ", "# ")


def _without(text: str, line_command: str, command: str) -> str:
    return _COMMAND.sub(command, _LINE_COMMAND.sub(line_command, text))


def _json(text: str) -> str:
    """JSON: such characters occur only within strings, where they can be escaped."""
    return _COMMAND.sub(r"\\u0023", _CONTROL.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text))


def _markup(text: str) -> str:
    return _without(_CONTROL.sub(" ", text), r"\1&#58;", "&#35;")


def _ical(text: str) -> str:
    """iCalendar: a line can be folded between any two characters (RFC 5545, 3.1)."""
    folded = _COLONS.sub(lambda run: run[1] + "\r\n ".join(run[2]), _CONTROL.sub(" ", text))
    return _COMMAND.sub("#\r\n ", folded)


def _email(text: str) -> str:
    """Quoted-printable: any character can be encoded. Header fields are already encoded."""
    return _without(_CONTROL.sub(" ", text), r"\1=3A", "=23")


def _annotations(text: str) -> str:
    """Intended commands, each on one line. Their values are already escaped."""
    return _COMMAND.sub("# ", _CONTROL.sub(" ", text))


_STYLES: Mapping[str, Callable[[str], str]] = {
    "json": _json,
    "slack": _json,
    "teams": _json,
    "markdown": _markup,
    "html": _markup,
    "junit": _markup,
    "ical": _ical,
    "email": _email,
    "github": _annotations,
}

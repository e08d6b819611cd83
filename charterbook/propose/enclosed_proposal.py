"""A proposal inside a message: an e-mail, or the text of an issue or a chat, saved as a file.

Readers without git send the text of the form by e-mail, or paste it into an issue. Mail programs quote it, indent it
with no-break spaces, and add a signature; people write something above it.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, cast

from charterbook.errors import CharterbookError
from charterbook.load import MAX_BYTES
from charterbook.proposal_folder import is_proposal

if TYPE_CHECKING:
    from email.message import EmailMessage

_MAIL = ".eml"
#: The first line of a proposal, after marks of quotation.
_BEGIN = re.compile(r"(?P<quote>[>\s]*)charterbook:\s*[0-9]+\s*")
#: The end of a block of code, and the line before a signature.
_END = re.compile(r"```.*|~~~.*|--\s*|-- .*|_{5,}|-{5,}.*")
#: A line that can continue a proposal after an empty one: a key, an element of a list, or an indented line.
_CONTINUES = re.compile(r"\s+\S.*|- .*|(reason|by|charter|for|changes):.*")
#: A file with another key of a proposal in its first line, after comments.
_WHOLE = re.compile(r"\ufeff?([^\S\n]*(#.*|---[^\S\n]*)?\n)*(reason|by|charter|for|changes):.*")


def proposal_data(data: bytes, file: str) -> bytes:
    """The proposal in a file's bytes: all of a proposal file, or the part of a message.

    Lines keep their numbers; what is too large to be read stays as it is. Raises CharterbookError if a message has
    none, or several that differ.
    """
    if is_proposal(file) or len(data) > MAX_BYTES or _WHOLE.match(_text(data)):
        return data
    name = PurePath(file).name
    found = _attached(data) if file.endswith(_MAIL) else None
    texts = [found] if found is not None else _enclosed(_body(data) if file.endswith(_MAIL) else _text(data))
    if not texts:
        raise CharterbookError(
            f"{name}: there is no proposal in this message. One begins with the line `charterbook: 1`."
        )
    if len({text.strip() for text in texts}) > 1:
        raise CharterbookError(
            f"{name}: several proposals are in this message. Save each in a file of its own."
        )
    return texts[0].encode()


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace")


def _body(data: bytes) -> str:
    """The plain text of an e-mail; empty without one."""
    part = _message(data).get_body(("plain",))
    return str(part.get_content()) if part else ""


def _attached(data: bytes) -> str | None:
    """The first proposal file attached to an e-mail."""
    for part in _message(data).iter_attachments():
        if is_proposal(part.get_filename() or ""):
            return _text(cast("bytes", part.get_payload(decode=True)))
    return None


def _message(data: bytes) -> EmailMessage:
    import email
    import email.policy

    return email.message_from_bytes(data, policy=email.policy.default)


def _enclosed(text: str) -> list[str]:
    """The proposals in a text, each after as many empty lines as there are lines before it."""
    lines = text.replace("\N{NO-BREAK SPACE}", " ").splitlines()
    starts = [
        (number, found["quote"]) for number, line in enumerate(lines) if (found := _BEGIN.fullmatch(line))
    ]
    return ["\n" * number + "\n".join(_block(lines[number:], quote)) + "\n" for number, quote in starts]


def _block(lines: list[str], quote: str) -> list[str]:
    """The lines of a proposal, without the marks of quotation or the indentation that the first one has."""
    block: list[str] = []
    for line in lines:
        own = _unquoted(line, quote)
        follows_gap = bool(block) and not block[-1]
        if own is None or _END.fullmatch(own) or (block and _BEGIN.fullmatch(own)):
            break
        if own.strip() and follows_gap and not _CONTINUES.fullmatch(own):
            break
        block.append(own if own.strip() else "")
    return block


def _unquoted(line: str, quote: str) -> str | None:
    """A line without the marks of quotation; None if it is not quoted."""
    if line.startswith(quote):
        return line[len(quote) :]
    return "" if line.strip() in ("", quote.strip()) else None

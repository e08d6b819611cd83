"""Digests of changes for one reader: for Slack, Teams, e-mail, as HTML, Markdown or text.

Texts of a charter never become markup in a digest, and mention nobody. Nothing is sent.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from typing import Any, Literal

from charterbook.compare import SEVERITIES, Comparison, Statement
from charterbook.export.changes_html import safe
from charterbook.export.changes_markdown import escaped
from charterbook.export.changes_words import ChangeWords
from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import Translator, translator
from charterbook.problems import escape_terminal
from charterbook.text_direction import isolated
from charterbook.versions import is_version_name

Format = Literal["slack", "teams", "email", "html", "markdown", "text"]

#: Formats for sending: they are empty if nothing changed, so that nothing is sent.
SENT = ("slack", "teams", "email")

#: The most sentences of a digest, and the most characters of each.
MOST = 5
_LONGEST = 300

#: Characters after which Slack and others mention somebody, fill in a value, or show an emoji.
_MENTION = re.compile(r"[@#!](?=\S)|[{$](?=\{)|:(?=[\w+-]+:)")
_MENTION_BREAK = "\N{WORD JOINER}"

_WEB = re.compile(r"https?://[^\s<>|\"()\[\]\\]+")


@dataclass(frozen=True)
class Digest:
    """The changes for a reader: the name of an audience, None for everybody.

    `page` is the address of the page with all changes, and `link` finds the page of one; None without an address.
    """

    comparison: Comparison
    reader: str | None = None
    page: str | None = None
    link: Callable[[Statement], str | None] = lambda statement: None

    @property
    def title(self) -> str:
        """The title: the charter, the two versions unless they are git revisions, and the audience."""
        t, old, new = self._words, self.comparison.old.name, self.comparison.new
        values = {"title": new.title, "old": old, "new": new.name}
        if is_version_name(old):
            title = t.gettext("%(title)s: what changed from %(old)s to %(new)s") % values
        else:
            title = t.gettext("%(title)s: what changed in %(new)s") % values
        if self.reader is None:
            return title
        return t.gettext("%(title)s, for %(name)s") % {"title": title, "name": self.reader}

    @property
    def count(self) -> str:
        """The number of changes by severity."""
        if not self.comparison.statements and self.reader is not None:
            return self._words.gettext("Nothing changed for this audience.")
        return ChangeWords(self.comparison).count

    @property
    def lines(self) -> list[tuple[str, str | None]]:
        """The most important sentences, each with the address of its page."""
        return [(_short(one.sentence), _web(self.link(one))) for one in self._ranked[:MOST]]

    @property
    def more(self) -> str:
        """The number of other changes; empty if there are none."""
        left = len(self._ranked) - MOST
        if left <= 0:
            return ""
        message = self._words.ngettext("and %(n)s more", "and %(n)s more", left)
        return message % {"n": self._words.number(left)}

    @property
    def all_changes(self) -> tuple[str, str] | None:
        """The words and the address of the link to all changes."""
        page = _web(self.page)
        return (self._words.gettext("All changes"), page) if page else None

    @property
    def _ranked(self) -> Sequence[Statement]:
        return sorted(self.comparison.statements, key=_importance)

    @property
    def _words(self) -> Translator:
        return translator(self.comparison.language)


def _importance(statement: Statement) -> tuple[int, bool, int]:
    return SEVERITIES.index(statement.severity), not statement.is_weakened, statement.rank


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def _web(address: str | None) -> str | None:
    """A web address without characters that end a link in any format; None for anything else."""
    return address if address and _WEB.fullmatch(address) else None


def render(digest: Digest, format: Format = "text") -> str:  # noqa: A002
    """A digest with a final newline; empty if nothing changed and the format is to be sent."""
    if format in SENT and not digest.comparison.statements:
        return ""
    return FORMATS[format](digest)


def _text(digest: Digest) -> str:
    lines = [digest.title, digest.count, ""]
    lines += [f"- {sentence}{f' ({link})' if link else ''}" for sentence, link in digest.lines]
    lines += [f"- {digest.more}"] * bool(digest.more)
    if digest.all_changes:
        lines += ["", ": ".join(digest.all_changes)]
    return "".join(f"{isolated(escape_terminal(line))}\n" for line in lines).rstrip("\n") + "\n"


def _markdown(digest: Digest) -> str:
    lines = [f"**{isolated(escaped(digest.title))}**", "", escaped(digest.count), ""]
    for sentence, link in digest.lines:
        lines.append(
            f"- [{isolated(escaped(sentence))}](<{link}>)" if link else f"- {isolated(escaped(sentence))}"
        )
    lines += [f"- {digest.more}"] * bool(digest.more)
    if digest.all_changes:
        words, page = digest.all_changes
        lines += ["", f"[{words}](<{page}>)"]
    return "".join(f"{line}\n" for line in lines).rstrip("\n") + "\n"


def _html(digest: Digest) -> str:
    body = "\n".join(_html_body(digest))
    return (
        f'<!doctype html>\n<html lang="{digest.comparison.language}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{isolated(safe(digest.title))}</title>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _html_body(digest: Digest) -> Iterator[str]:
    yield f"<h1>{isolated(safe(digest.title))}</h1>"
    yield f"<p>{safe(digest.count)}</p>"
    if digest.lines:
        yield "<ul>"
        for sentence, link in digest.lines:
            yield f"<li>{_anchor(sentence, link)}</li>"
        if digest.more:
            yield f"<li>{safe(digest.more)}</li>"
        yield "</ul>"
    if digest.all_changes:
        yield f"<p>{_anchor(*digest.all_changes)}</p>"


def _anchor(text: str, address: str | None) -> str:
    words = isolated(safe(text))
    return f'<a href="{safe(address)}">{words}</a>' if address else words


def _email(digest: Digest) -> str:
    """A message with plain text and HTML. The sending program adds sender, recipient and date."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = isolated(" ".join(escape_terminal(digest.title).split()))
    message["X-Unsent"] = "1"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_text(digest), cte="quoted-printable")
    message.add_alternative(_html(digest), subtype="html", cte="quoted-printable")
    message.set_boundary(f"=_{sha256(_html(digest).encode()).hexdigest()[:32]}")
    return message.as_bytes().decode("ascii")


def _slack(digest: Digest) -> str:
    """The payload of an incoming webhook: blocks of literal text, and the same text as mrkdwn for notifications."""
    lines = [f"*{_mrkdwn(digest.title)}*", _mrkdwn(digest.count)]
    for sentence, link in digest.lines:
        lines.append(f"• <{link}|{_mrkdwn(sentence)}>" if link else f"• {_mrkdwn(sentence)}")
    lines += [f"• {_mrkdwn(digest.more)}"] * bool(digest.more)
    if digest.all_changes:
        words, page = digest.all_changes
        lines.append(f"<{page}|{_mrkdwn(words)}>")
    payload = {
        "text": "\n".join(lines),
        "blocks": [{"type": "rich_text", "elements": list(_rich_text(digest))}],
        "unfurl_links": False,
        "unfurl_media": False,
    }
    return _dumped(payload)


def _mrkdwn(text: str) -> str:
    """A text in one line, escaped for Slack's mrkdwn, with a break in mentions and formatting."""
    text = _inert(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.translate(_LOOKALIKES)


#: Slack has no escape for formatting characters: similar characters replace them in notifications.
_LOOKALIKES: Mapping[int, str] = str.maketrans({"*": "∗", "_": "＿", "~": "∼", "`": "ʼ", "|": "¦"})


def _inert(text: str) -> str:
    return _MENTION.sub(rf"\g<0>{_MENTION_BREAK}", isolated(escape_terminal(text)))


def _rich_text(digest: Digest) -> Iterator[dict[str, Any]]:
    yield _slack_section(
        {"type": "text", "text": f"{_inert(digest.title)}\n", "style": {"bold": True}},
        {"type": "text", "text": _inert(digest.count)},
    )
    if digest.lines:
        found = [_slack_section(_slack_run(*line)) for line in digest.lines]
        found += [_slack_section(_slack_run(digest.more, None))] * bool(digest.more)
        yield {"type": "rich_text_list", "style": "bullet", "elements": found}
    if digest.all_changes:
        yield _slack_section(_slack_run(*digest.all_changes))


def _slack_section(*elements: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(elements)}


def _slack_run(text: str, address: str | None) -> dict[str, Any]:
    shown = {"text": _inert(text)}
    return {"type": "link", "url": address, **shown} if address else {"type": "text", **shown}


def _teams(digest: Digest) -> str:
    """A message with an Adaptive Card, for the webhook of a Teams workflow. Text runs have no Markdown."""
    body = [
        _run(digest.title, weight="Bolder", size="Medium"),
        _run(digest.count),
        *(_run(f"• {sentence}", link) for sentence, link in digest.lines),
    ]
    body += [_run(f"• {digest.more}")] * bool(digest.more)
    card: dict[str, Any] = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "fallbackText": _inert(digest.title),
        "body": body,
    }
    if digest.all_changes:
        words, page = digest.all_changes
        card["actions"] = [{"type": "Action.OpenUrl", "title": words, "url": page}]
    content = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return _dumped({"type": "message", "attachments": [content]})


def _run(text: str, address: str | None = None, **look: str) -> dict[str, Any]:
    run: dict[str, Any] = {"type": "TextRun", "text": _inert(text), **look}
    if address:
        run["selectAction"] = {"type": "Action.OpenUrl", "url": address}
    return {"type": "RichTextBlock", "inlines": [run]}


def _dumped(payload: Mapping[str, Any]) -> str:
    return json.dumps(payload, ensure_ascii=False, indent=2) + "\n"


FORMATS: Mapping[Format, Callable[[Digest], str]] = {
    "slack": _slack,
    "teams": _teams,
    "email": _email,
    "html": _html,
    "markdown": _markdown,
    "text": _text,
}

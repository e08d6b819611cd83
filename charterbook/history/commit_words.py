"""The published parts of a commit's message and author, as the settings allow."""

from __future__ import annotations

from charterbook.commit_reason import reason_of
from charterbook.history.git_log import FileCommit
from charterbook.settings import Settings


def published_words(change: FileCommit, settings: Settings) -> FileCommit:
    """A change with only the words that the settings allow to publish."""
    if settings.authors and settings.commit_messages == "full":
        return change
    message = _message(change.message, settings.commit_messages)
    return change._replace(message=message, author=change.author if settings.authors else "")


def _message(message: str, published: str) -> str:
    if published == "full":
        return message
    return _subject(message) if published == "subject" else ""


def _subject(message: str) -> str:
    """The subject of a commit; for a merge, the title of its pull or merge request with the number."""
    reason = reason_of(message)
    number = f" (#{reason.number})" if reason.number else ""
    return f"{reason.subject}{number}"

"""Exceptions for mistakes that a user can correct.

Raised anywhere, turned into a message and an exit code by `charterbook.cli` for the command line and by
`charterbook.site.plugin` for MkDocs.
"""

from __future__ import annotations


class CharterbookError(Exception):
    """A mistake that a user can correct; the message is for them."""


class GitError(CharterbookError):
    """A failure of git, with git's own message."""


class SettingsError(CharterbookError):
    """Invalid settings in mkdocs.yml; the message has a line for each."""


class CharterError(CharterbookError):
    """An unusable charter, with all its problems in the message."""


class MissingCharterError(CharterError):
    """A git revision without a charter, or a history without any version yet."""

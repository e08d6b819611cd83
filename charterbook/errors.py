"""The one base error and its few kinds: what a person can mend, said in one message.

Raised anywhere, turned into a message and an exit code in one place (`charterbook.cli` for the
command line, `charterbook.site.plugin` for MkDocs).
"""

from __future__ import annotations


class CharterbookError(Exception):
    """Something a user can mend; the message is meant for them."""


class GitError(CharterbookError):
    """Git could not do what was asked; the message holds git's own words."""


class SettingsError(CharterbookError):
    """Settings in mkdocs.yml that Charterbook cannot use; the message has a line for each."""


class CharterError(CharterbookError):
    """A charter that cannot be used, with all its problems in the message."""


class MissingCharterError(CharterError):
    """A git revision without a charter, or a history without any version yet."""

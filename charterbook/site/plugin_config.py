"""Settings of the plugin in mkdocs.yml."""

from __future__ import annotations

from mkdocs.config import config_options as opt
from mkdocs.config.base import Config

from charterbook.forge import KINDS


class PluginConfig(Config):
    """The settings under `plugins: - charterbook:` in mkdocs.yml."""

    charter = opt.Type(str, default="charter.yml")
    """The path of the charter, relative to mkdocs.yml."""
    for_group = opt.Optional(opt.Type(str))
    """The group of readers for whom the handbook is built; without it, the handbook has everything."""
    branch = opt.Optional(opt.Type(str))
    """The branch whose history is published."""
    tag_prefix = opt.Type(str, default="")
    """The text before the version in the name of a tag that pins it."""
    period = opt.Choice(("quarter", "month", "half", "year"), default="quarter")
    """The length of a version."""
    fiscal_year_start = opt.Choice(tuple(range(1, 13)), default=1)
    """The month in which the year begins."""
    fiscal_year_named_by = opt.Choice(("end", "start"), default="end")
    """The calendar year that a fiscal year is named after: the one in which it ends or starts."""
    timezone = opt.Type(str, default="UTC")
    """The time zone for the dates of commits."""
    history = opt.Type(bool, default=True)
    """Whether versions are read from git; if false, the charter on disk is the only version."""
    severity = opt.Optional(opt.Type(dict))
    """Severities of changes that differ from the defaults: patterns of paths, each with a severity."""
    forge = opt.Optional(opt.Choice(KINDS))
    """The kind of forge at `repo_url`, if the host name does not show it."""
    proposals_to = opt.Optional(opt.Type((str, list)))
    """Where to e-mail proposals: one address or several."""
    owners = opt.Optional(opt.Type(dict))
    """The roles that own parts of the charter: patterns of paths, each with one role or several."""
    signers = opt.Optional(opt.Type(dict))
    """The roles that must agree to a commitment: patterns of paths, each with one role or several."""
    handles = opt.Optional(opt.Type(dict))
    """The accounts on the forge for each role: roles, each with one account or several."""
    rules = opt.Optional(opt.Type(dict))
    """The levels of the rules about good charters: names of rules, each error, warning, hint or off."""
    redirects = opt.Optional(opt.Type(dict))
    """The new paths of renamed pages of docs/: former paths, each with its present one."""
    promises = opt.Optional(opt.Type(dict))
    """How to read a request log: `columns` and `kinds` with their names in the log, `dates` and `timezone`."""
    gone = opt.Optional(opt.Type((str, list)))
    """Addresses of the site that may disappear: one or several; * matches any text."""
    figures = opt.Optional(opt.Type(dict))
    """How `charterbook figures` reads files: `columns` and `metrics` with their names in the files."""
    papers = opt.Type(bool, default=False)
    """Whether each version offers its papers: PDF, Word and Excel; it needs charterbook[papers]."""
    twins = opt.Type(bool, default=False)
    """Whether each page is also published as Markdown, for programs; it needs charterbook[twins]."""
    content_security_policy = opt.Optional(opt.Type((bool, dict)))
    """What pages may load besides the handbook's own files: directives, each with its sources; false for no policy."""
    offline = opt.Type(bool, default=True)
    """Whether a handbook that was opened once can be read without a connection; false removes the copies."""
    sites = opt.Optional(opt.Type(dict))
    """Handbooks for groups of readers: groups, each with `site_dir`, `site_url`, `commit_messages` and `authors`."""
    commit_messages = opt.Choice(("full", "subject", "none"), default="full")
    """What is published of commit messages: everything, the first line, or nothing."""
    authors = opt.Type(bool, default=True)
    """Whether the authors of commits are named."""
    revisions = opt.Choice(("all", "last"), default="all")
    """Which revisions of a version are published: all of them, or the last one alone."""
    cache = opt.Type(bool, default=True)
    """Whether finished versions are cached in .cache/charterbook/."""

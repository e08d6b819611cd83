"""Build order of one version, and its result, as picklable data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

from charterbook.frozen_dataclass import dataclass
from charterbook.site.edition import Edition
from charterbook.site.incremental.input_states import InputScope
from charterbook.site.incremental.up_to_date import Command
from charterbook.site.incremental.version_inputs import NOTHING_KNOWN, ReadInputs
from charterbook.site.timings import TimeSpent


@dataclass(frozen=True)
class ConfigOverrides:
    """Overrides of mkdocs.yml: options of the command line, and the address of the site before hooks change it.

    `group` is the group of readers for whom the command line builds, None if mkdocs.yml decides.
    """

    options: Mapping[str, Any] = field(default_factory=dict)
    site_url: str | None = None
    group: str | None = None


@dataclass(frozen=True)
class BuildOrder:
    """Order to build one edition into a folder, with the settings of the build.

    `branch` is the published one, and `path` the charter's file there. A version built without a warning is stored
    in the folder `cache`, and the names of its inputs in the folder `inputs` under the name `key`; `scope` is the scope
    of inputs. `comparisons` is the cache of comparisons of revisions. `items_in_nav` are the entries of `nav`
    that are items' pages of any version, `pages_of_any_version` the pages that any version has.
    """

    edition: Edition
    folder: Path
    config_file: str
    site_url: str | None
    branch: str | None = None
    path: str | None = None
    cache: Path | None = None
    key: str = ""
    comparisons: Path | None = None
    command: Command = "build"
    items_in_nav: frozenset[str] = frozenset()
    pages_of_any_version: frozenset[str] = frozenset()
    overrides: ConfigOverrides = field(default_factory=ConfigOverrides)
    inputs: Path | None = None
    scope: InputScope | None = None

    @property
    def serving(self) -> bool:
        """Whether the site is served, not published."""
        return self.command == "serve"


@dataclass(frozen=True)
class BuildWarning:
    """A warning, and whether it is about a page: one about the handbook is the same for each version."""

    message: str
    about_page: bool = False


@dataclass(frozen=True)
class BuildResult:
    """Result of a build: its warnings, its duration in seconds, and why MkDocs or a plugin aborted it, if so.

    `parts` are the timings, if enabled; `read` are its inputs, and `uncached` is the reason why it
    could not be cached, empty if it was. `shared` are the files of the handbook that its process
    has written; `process` is the id of that process. `notes` are messages of plugins about pages that only other
    versions have, or after the end of a build.
    """

    name: str
    warnings: tuple[BuildWarning, ...]
    seconds: float
    failure: str = ""
    parts: Mapping[str, TimeSpent] = field(default_factory=dict)
    read: ReadInputs = NOTHING_KNOWN
    uncached: str = ""
    shared: frozenset[str] = frozenset()
    process: int = 0
    notes: tuple[str, ...] = ()

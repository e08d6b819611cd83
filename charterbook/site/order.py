"""An order to build one version, and its outcome, as data that can be sent to another process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from charterbook.site.edition import Edition
from charterbook.site.incremental.input_states import InputScope
from charterbook.site.incremental.version_inputs import NOTHING_KNOWN, ReadInputs
from charterbook.site.timings import TimeSpent


@dataclass(frozen=True)
class BuildOptions:
    """What is set over mkdocs.yml: options of the command line, and the address of the site before hooks change it."""

    options: Mapping[str, Any] = field(default_factory=dict)
    site_url: str | None = None


@dataclass(frozen=True)
class Order:
    """One edition to build into a folder, with the settings of the build that asks for it.

    `branch` is the published one, and `path` the charter's file there. What was built without a warning is kept
    in the folder `cache`, and the names of its inputs in the folder `inputs` under the name `key`; `scope` is where
    inputs are looked for. `comparisons` is where those of revisions are kept. `elsewhere` are the entries of `nav`
    that are items' pages of any version, `somewhere` the pages of docs/ that any version has. `given` is what the
    command line and the server have set over mkdocs.yml.
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
    serving: bool = False
    elsewhere: frozenset[str] = frozenset()
    somewhere: frozenset[str] = frozenset()
    given: BuildOptions = field(default_factory=BuildOptions)
    inputs: Path | None = None
    scope: InputScope | None = None


@dataclass(frozen=True)
class BuildWarning:
    """A warning, and whether it is about a page: one about the handbook is the same for each version."""

    message: str
    about_page: bool = False


@dataclass(frozen=True)
class BuildResult:
    """How a build went: its warnings, how long it took in seconds, and whether MkDocs or a plugin gave up.

    `parts` say what took that long, where anybody asks; `read` what it was made from, and `unkept` why it could not
    be kept for the next build, empty where it was.
    """

    name: str
    warnings: tuple[BuildWarning, ...]
    seconds: float
    failed: bool = False
    parts: Mapping[str, TimeSpent] = field(default_factory=dict)
    read: ReadInputs = NOTHING_KNOWN
    uncached: str = ""

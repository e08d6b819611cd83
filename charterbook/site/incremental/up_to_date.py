"""Check before a build whether the site is already up to date.

Only the inputs of this check are read: most builds, in CI and locally, follow one of the same handbook.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from mkdocs.config.defaults import MkDocsConfig

from charterbook import clock
from charterbook.folders import resolved_path
from charterbook.frozen_dataclass import dataclass
from charterbook.repository import HistoryState, state_of
from charterbook.settings import settings_from
from charterbook.site.incremental.fingerprint import docs_filter, fingerprint, scan_docs, signatures
from charterbook.site.incremental.input_states import (
    DAY,
    ENVIRONMENT,
    FILE,
    NAMES,
    TREE,
    Input,
    InputScope,
    InputStates,
    digest_of,
)
from charterbook.site.incremental.manifest import SiteManifest, manifest_store, read_manifest
from charterbook.site.markdown_options import options_of
from charterbook.site.timings import Timings

#: The command of MkDocs that builds a site.
Command = Literal["build", "gh-deploy", "serve"]


@dataclass(frozen=True)
class SiteRequest:
    """Request for a site: its output folder, its settings, and its cache.

    `root` is the folder of mkdocs.yml, and `charter` the path of the charter relative to it; `branch` is the configured
    one.
    """

    target: Path
    root: Path
    config_file: str
    url: str | None
    command: Command
    store: Path | None
    severity: Mapping[str, Any]
    charter: str
    timezone: str
    branch: str | None

    @property
    def serving(self) -> bool:
        """Whether the site is served, not published."""
        return self.command == "serve"


@dataclass(frozen=True)
class BuildState:
    """The requested site, and its state after the last build.

    `common` is a hash of the inputs common to all versions, `docs` has the hashes of the files of docs/,
    `states` has the states of recorded inputs, and `stamp` is a hash of all other inputs of the
    site, empty if the build must not be recorded; `history` is the state of the charter's git history.
    """

    site: SiteRequest
    common: str
    docs: Mapping[str, str]
    stamp: str
    states: InputStates
    manifest: SiteManifest
    timings: Timings
    began: float
    history: HistoryState | None = None

    def is_unchanged(
        self, same_history: Callable[[HistoryState, HistoryState], bool], written: Iterable[str] = ()
    ) -> bool:
        """Whether docs/, the charter, its history and the files beside them are still as they were before the build.

        Files that the build has `written` itself are ignored. True if nothing is recorded.
        """
        if not self.stamp or self.history is None:
            return True
        charter = self.site.root / self.site.charter
        return self.states.scope.is_unchanged(written) and same_history(self.history, state_of(charter))

    @cached_property
    def is_current(self) -> bool:
        """Whether the site is up to date."""
        manifest = self.manifest
        return bool(manifest.stamp) and manifest.is_unchanged(self.stamp_of(self.states.of(manifest.inputs)))

    def stamp_of(self, states: Mapping[Input, str]) -> str:
        """Hash of all inputs of a site, given the states of recorded inputs; empty if it must not be recorded."""
        return self.stamp and _digest(self.stamp, digest_of(states))


def read_build_state(config: MkDocsConfig, options: Mapping[str, Any], command: Command) -> BuildState:
    """Read the state of a handbook and its site, for a command of MkDocs. Raises CharterbookError."""
    timings, began = Timings(), time.monotonic()
    site = _site(config, options, command)
    with timings.span("detecting changes"):
        seen = signatures(config) if site.store else {}
        common = fingerprint(config)
        if command != "build":
            common = _digest(common, command)
        docs, asks_day = scan_docs(Path(config.docs_dir), docs_filter(config))
        manifest = read_manifest(manifest_store(site.store) if site.store else None, site.target)
        states = InputStates(replace(_scope(site, config, docs, asks_day=asks_day), seen=seen))
        history = None if site.store is None or site.serving else state_of(site.root / site.charter)
        stamp = "" if history is None else _stamp(site, common, docs, history)
    return BuildState(site, common, docs, stamp, states, manifest, timings, began, history)


def _scope(site: SiteRequest, config: MkDocsConfig, docs: Mapping[str, str], *, asks_day: bool) -> InputScope:
    """Scope of inputs; paths under `watch` are inputs of every version."""
    scope = InputScope(
        site.root,
        Path(config.docs_dir),
        docs,
        outputs=(site.target, Path(config.site_dir), site.root / ".cache"),
        charter=site.root / site.charter,
    )
    always = {(TREE if Path(path).is_dir() else FILE, scope.name(path)) for path in config.watch}
    always |= {(DAY, "")} if asks_day or _publishes_later(config) else set()
    always |= {(ENVIRONMENT, name) for name in _switches(config)}
    snippets = options_of(config, "pymdownx.snippets")
    if snippets is not None and not snippets.get("check_paths"):
        always.add((NAMES, "."))
    return replace(scope, always=tuple(sorted(always)))


def _switches(config: MkDocsConfig) -> Iterator[str]:
    """Environment variables that enable plugins by a setting such as `enabled_if_env`; only the plugin reads them."""
    for plugin in config.plugins.values():
        settings = getattr(plugin, "config", None)
        for name, value in settings.items() if isinstance(settings, Mapping) else ():
            if str(name).endswith("_env") and isinstance(value, str):
                yield value


def _publishes_later(config: MkDocsConfig) -> bool:
    """Whether a blog of Material publishes posts on their day. Reads of the day by installed packages are not recorded."""
    return any(
        plugin.config.get("draft_if_future_date")
        for name, plugin in config.plugins.items()
        if name.partition(" ")[0] in ("blog", "material/blog")
    )


def _site(config: MkDocsConfig, options: Mapping[str, Any], command: Command) -> SiteRequest:
    root = Path(config.config_file_path).absolute().parent
    return SiteRequest(
        target=resolved_path(config.site_dir),
        root=root,
        config_file=str(config.config_file_path),
        url=_with_slash(config.site_url),
        command=command,
        store=_store(root, options["for_group"]) if options["cache"] else None,
        severity=options["severity"] or {},
        charter=options["charter"],
        timezone=options["timezone"],
        branch=options["branch"],
    )


def _store(root: Path, group: str | None) -> Path:
    """The cache of a handbook; the cache for a group of readers has its own folder."""
    store = root / ".cache" / "charterbook"
    return store / "groups" / group if group else store


def _stamp(site: SiteRequest, common: str, docs: Mapping[str, str], history: HistoryState) -> str:
    """Hash of all inputs of the whole site; git history is included through its references.

    Invalid settings have never made a site, so only the settings for finding the charter
    and the current day are validated.
    """
    settings = settings_from({"charter": site.charter, "timezone": site.timezone})
    today = clock.today(ZoneInfo(settings.timezone))
    return _digest(common, sorted(docs.items()), history, str(today))


def _digest(*values: object) -> str:
    return hashlib.blake2b(repr(values).encode(), digest_size=20).hexdigest()


def _with_slash(url: str | None) -> str | None:
    return None if not url else url.rstrip("/") + "/"

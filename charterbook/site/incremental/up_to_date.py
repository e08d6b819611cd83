"""What a build finds before it begins: what it is asked for, and whether the site stands already as it would be made.

Nothing is read here but what tells that: most builds, in CI and at home, come after one of the same handbook.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from mkdocs.config.defaults import MkDocsConfig

from charterbook import clock
from charterbook.repository import state_of
from charterbook.settings import settings_from
from charterbook.site.incremental.fingerprint import fingerprint, look_at_docs
from charterbook.site.incremental.input_states import (
    DAY,
    FILE,
    NAMES,
    TREE,
    Input,
    InputScope,
    InputStates,
    digest_of,
)
from charterbook.site.incremental.manifest import SiteManifest, manifest_store, read_manifest
from charterbook.site.timings import Timings


@dataclass(frozen=True)
class SiteRequest:
    """What a build was asked for: where the site goes, from which settings, and where things are kept.

    `root` is the folder of mkdocs.yml, and `charter` the charter's file seen from there.
    """

    target: Path
    root: Path
    config_file: str
    url: str | None
    serving: bool
    store: Path | None
    severity: Mapping[str, Any]
    charter: str
    timezone: str


@dataclass(frozen=True)
class BuildState:
    """A site as it is asked for, and as the last build left it.

    `common` stands for all that every version depends on beside docs/ and what it reads, `docs` for the files there,
    `states` for what versions read, and `stamp` for all that the whole site depends on beside these, empty where
    nobody is to know.
    """

    site: SiteRequest
    common: str
    docs: Mapping[str, str]
    stamp: str
    states: InputStates
    manifest: SiteManifest
    timings: Timings
    began: float

    @cached_property
    def is_current(self) -> bool:
        """Whether the site stands already as it would be made."""
        manifest = self.manifest
        return bool(manifest.stamp) and manifest.is_whole(self.stamp_of(self.states.of(manifest.inputs)))

    def stamp_of(self, states: Mapping[Input, str]) -> str:
        """What stands for a whole site whose versions read inputs in these states, empty where nobody is to know."""
        return self.stamp and _digest(self.stamp, digest_of(states))


def read_build_state(config: MkDocsConfig, options: Mapping[str, Any], *, serving: bool) -> BuildState:
    """Look at a handbook and its site. Raises CharterbookError."""
    timings, began = Timings(), time.monotonic()
    site = _site(config, options, serving=serving)
    with timings.span("looking for what has changed"):
        common = fingerprint(config)
        docs, asks_day = look_at_docs(Path(config.docs_dir))
        manifest = read_manifest(manifest_store(site.store) if site.store else None, site.target)
        states = InputStates(_scope(site, config, docs, asks_day=asks_day))
        stamp = "" if site.store is None or serving else _stamp(site, common, docs)
    return BuildState(site, common, docs, stamp, states, manifest, timings, began)


def _scope(site: SiteRequest, config: MkDocsConfig, docs: Mapping[str, str], *, asks_day: bool) -> InputScope:
    """What can be an input; what is listed under `watch` is one of every version."""
    scope = InputScope(
        site.root,
        Path(config.docs_dir),
        docs,
        outputs=(site.target, Path(config.site_dir), site.root / ".cache"),
        charter=site.root / site.charter,
    )
    always = {(TREE if Path(path).is_dir() else FILE, scope.name(path)) for path in config.watch}
    always |= {(DAY, "")} if asks_day else set()
    snippets = config.mdx_configs.get("pymdownx.snippets")
    if snippets is not None and not snippets.get("check_paths"):
        always.add((NAMES, "."))
    return replace(scope, always=tuple(sorted(always)))


def _site(config: MkDocsConfig, options: Mapping[str, Any], *, serving: bool) -> SiteRequest:
    root = Path(config.config_file_path).absolute().parent
    return SiteRequest(
        target=Path(config.site_dir).resolve(),
        root=root,
        config_file=str(config.config_file_path),
        url=_with_slash(config.site_url),
        serving=serving,
        store=root / ".cache" / "charterbook" if options["cache"] else None,
        severity=options["severity"] or {},
        charter=options["charter"],
        timezone=options["timezone"],
    )


def _stamp(site: SiteRequest, common: str, docs: Mapping[str, str]) -> str:
    """A hash over all that the whole site depends on; of history, that is what git points to.

    Settings that cannot be used have never made a site; only those are looked at by which the charter
    is found and the day is known.
    """
    settings = settings_from({"charter": site.charter, "timezone": site.timezone})
    today = clock.today(ZoneInfo(settings.timezone))
    return _digest(common, sorted(docs.items()), state_of(site.root / settings.charter), str(today))


def _digest(*told: object) -> str:
    return hashlib.blake2b(repr(told).encode(), digest_size=20).hexdigest()


def _with_slash(url: str | None) -> str | None:
    return None if not url else url.rstrip("/") + "/"

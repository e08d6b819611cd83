"""What a build finds before it begins: what it is asked for, and whether the site stands already as it would be made.

Nothing is read here but what tells that: most builds, in CI and at home, come after one of the same handbook.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from charterbook import clock
from charterbook.errors import GitError
from charterbook.repository import find_repository, state_of
from charterbook.settings import settings_from
from charterbook.site.fingerprint import fingerprint, look_at_docs
from charterbook.site.standing import Standing, read_standing, standing_in
from charterbook.site.timings import Timings


@dataclass(frozen=True)
class Site:
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


@dataclass(frozen=True)
class Survey:
    """A site as it is asked for, and as the last build left it.

    `common` stands for all that every version depends on beside docs/, `docs` for the files there, and `stamp` for
    all that the whole site depends on, empty where nobody is to know.
    """

    site: Site
    common: str
    docs: Mapping[str, str]
    stamp: str
    standing: Standing
    timings: Timings
    began: float

    @cached_property
    def is_current(self) -> bool:
        """Whether the site stands already as it would be made."""
        return self.standing.is_whole(self.stamp)


def survey(config: MkDocsConfig, options: Mapping[str, Any], *, serving: bool) -> Survey:
    """Look at a handbook and its site. Raises CharterbookError."""
    timings, began = Timings(), time.monotonic()
    site = _site(config, options, serving=serving)
    with timings.span("looking for what has changed"):
        common = fingerprint(config)
        docs, asks_git = look_at_docs(Path(config.docs_dir))
        if asks_git:
            common = _digest(common, _pointed_to(site))
        stamp = "" if site.store is None or serving else _stamp(site, common, docs)
        standing = read_standing(standing_in(site.store) if site.store else None, site.target)
    return Survey(site, common, docs, stamp, standing, timings, began)


def _site(config: MkDocsConfig, options: Mapping[str, Any], *, serving: bool) -> Site:
    root = Path(config.config_file_path).parent
    return Site(
        target=Path(config.site_dir).resolve(),
        root=root,
        config_file=str(config.config_file_path),
        url=_with_slash(config.site_url),
        serving=serving,
        store=root / ".cache" / "charterbook" if options["cache"] else None,
        severity=options["severity"] or {},
        charter=options["charter"],
    )


def _stamp(site: Site, common: str, docs: Mapping[str, str]) -> str:
    """A hash over all that the whole site depends on; of history, that is what git points to.

    Settings that cannot be used have never made a site; only that by which the charter is found is looked at.
    """
    charter = settings_from({"charter": site.charter}).charter
    return _digest(common, sorted(docs.items()), state_of(site.root / charter), str(clock.today()))


def _pointed_to(site: Site) -> str:
    """All that git points to in the repository of the handbook, in one text; empty where there is none."""
    try:
        return repr(find_repository(site.root / site.charter))
    except GitError:
        return ""


def _digest(*told: object) -> str:
    return hashlib.blake2b(repr(told).encode(), digest_size=20).hexdigest()


def _with_slash(url: str | None) -> str | None:
    return None if not url else url.rstrip("/") + "/"

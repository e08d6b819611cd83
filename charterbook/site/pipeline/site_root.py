"""Files at the root of a site that depend on its data, not on built versions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from mkdocs.config.defaults import MkDocsConfig

from charterbook.file_store import Store
from charterbook.frozen_dataclass import dataclass
from charterbook.load.language import language_of
from charterbook.site.feeds import calendar_files
from charterbook.site.incremental.up_to_date import BuildState, SiteRequest
from charterbook.site.incremental.version_cache import KEEP_DAYS
from charterbook.site.output import published_charter, root_files
from charterbook.site.output.offline_copy import WORKER
from charterbook.site.pipeline.handbook_data import HandbookData
from charterbook.site.render.form import describe
from charterbook.site.render.views import ForgeLinks
from charterbook.versions import DRAFT

#: The folder of the cache for calendars.
_CALENDARS = "calendars"

#: The folder of the cache for descriptions of the form.
_FORMS = "forms"


@dataclass(frozen=True)
class ListSettings:
    """What the lists and feeds depend on in mkdocs.yml, as plugins and hooks have changed it.

    `offline` says whether readers get a service worker.
    """

    offline: bool
    repository: ForgeLinks

    @classmethod
    def of(cls, site: SiteRequest, found: HandbookData, config: MkDocsConfig) -> ListSettings:
        """The settings at this moment of a build."""
        repository = ForgeLinks.of(config, found.history.branch, found.history.path)
        return cls(offers_copy(site, found, config), repository)


def write_root(
    staging: Path, state: BuildState, found: HandbookData, keys: Mapping[str, str], listed: ListSettings
) -> None:
    """Write feeds, lists, and the data of the published charter. Raises OSError."""
    site = state.site
    settings = root_files.RootSettings(
        serving=site.serving,
        offline=listed.offline,
        policy=found.settings.content_security_policy,
    )
    root = root_files.SiteRoot(staging, found.editions, site.url)
    root_files.write_root(root, keys, site.severity, found.moved, settings)
    published_charter.write(
        staging, found.today, listed.repository, site.charter, partial(_described_form, state)
    )


def offers_copy(site: SiteRequest, found: HandbookData, config: MkDocsConfig) -> bool:
    """Whether readers get a service worker: not while serving, and not beside one of the author's."""
    has_own = Path(config.docs_dir, WORKER).is_file()
    return found.settings.offline and not site.serving and not has_own


def _described_form(state: BuildState, language: str) -> Mapping[str, Any]:
    """The description of the form, from the cache if program and settings are unchanged."""

    def make() -> bytes:
        return json.dumps(describe(language, state.site.severity)).encode()

    store = state.site.store
    text = Store(store / _FORMS).cached(f"{state.common}-{language}", make, KEEP_DAYS) if store else make()
    found: Mapping[str, Any] = json.loads(text)
    return found


def write_calendars(staging: Path, site: SiteRequest, data: HandbookData) -> None:
    """Write the calendars. Raises OSError."""
    cache = site.store and site.store / _CALENDARS
    calendars = calendar_files(data.editions, site.url, data.settings.fiscal_year, cache)
    for address, text in calendars.items():
        (staging / address).parent.mkdir(parents=True, exist_ok=True)
        (staging / address).write_bytes(text.encode())


def show_problems(staging: Path, site: SiteRequest, data: HandbookData) -> None:
    """Replace the pages of the draft and of the root by the problems of the charter on disk. Raises OSError."""
    page = root_files.problems_page(_language(site.root / site.charter), data.broken)
    urls = data.editions[-1].pages.urls if data.editions else [""]
    pages = [staging / DRAFT / unquote(url) / "index.html" for url in urls]
    for path in [*pages, staging / "index.html", staging / "404.html"]:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")


def _language(charter: Path) -> str:
    """Language of messages about the charter on disk."""
    try:
        return language_of(charter.read_bytes())
    except OSError:
        return "en"

"""Files at the root of a site that depend on its data, not on built versions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from mkdocs.config.defaults import MkDocsConfig

from charterbook.load.language import language_of
from charterbook.site.feeds import calendar_files
from charterbook.site.incremental.up_to_date import SiteRequest
from charterbook.site.output import published_charter, root_files
from charterbook.site.pipeline.handbook_data import HandbookData
from charterbook.site.render.views import ForgeLinks
from charterbook.versions import DRAFT

#: The folder of the cache for calendars.
_CALENDARS = "calendars"


def write_root(
    staging: Path, site: SiteRequest, found: HandbookData, keys: Mapping[str, str], config: MkDocsConfig
) -> None:
    """Write feeds, lists, and the data of the published charter. Raises OSError."""
    root_files.write_root(
        staging,
        found.editions,
        keys,
        site.url,
        site.severity,
        found.moved,
        serving=site.serving,
        policy=found.settings.content_security_policy,
    )
    repository = ForgeLinks.of(config, found.history.branch, found.history.path)
    published_charter.write(staging, found.today, repository, site.charter, site.severity)


def write_calendars(staging: Path, site: SiteRequest, found: HandbookData) -> None:
    """Write the calendars. Raises OSError."""
    cache = site.store and site.store / _CALENDARS
    calendars = calendar_files(found.editions, site.url, found.settings.fiscal_year, cache)
    for address, text in calendars.items():
        (staging / address).parent.mkdir(parents=True, exist_ok=True)
        (staging / address).write_bytes(text.encode())


def show_problems(staging: Path, site: SiteRequest, found: HandbookData) -> None:
    """Replace the pages of the draft and of the root by the problems of the charter on disk. Raises OSError."""
    page = root_files.problems_page(_language(site.root / site.charter), found.broken)
    urls = found.editions[-1].pages.urls if found.editions else [""]
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

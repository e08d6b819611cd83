"""Lists of the pages of a site: sitemaps, versions.json and pages.json."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence, Set

from markupsafe import Markup

from charterbook.i18n import translator
from charterbook.site.edition import Edition
from charterbook.site.list_format import FORMAT
from charterbook.site.moved_pages import MovedPages
from charterbook.versions import versions_json

#: File with the addresses of all pages of a folder.
SITEMAP = "sitemap.xml"


def sitemap(urls: Sequence[str], base: str | None, lastmod: str | None) -> str:
    """A sitemap of pages below an address; empty if the site has no address."""
    when = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    entries = (
        [Markup("<url><loc>{}</loc>{}</url>").format(base + url, Markup(when)) for url in urls]
        if base
        else []
    )
    lines = "\n".join(entries)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}\n</urlset>\n'
    )


def edition_sitemap(edition: Edition, base: str | None, urls: Collection[str]) -> str:
    """Sitemap with these pages of a version. The one in its folder has all pages, for Material's version selector."""
    shown = edition.own.shown
    lastmod = shown.date.date().isoformat() if shown else None
    return sitemap(sorted(urls), base, lastmod)


def versions_payload(editions: Sequence[Edition]) -> str:
    """Content of versions.json for Material's selector: newest first, the draft before all."""
    published = [edition.name for edition in editions if edition.state != "draft"]
    draft, latest = draft_edition(editions), latest_edition(editions)
    title = translator(draft.charter.language).gettext("Draft") if draft else None
    titles = {edition.name: _announced(edition) for edition in editions if edition.state == "upcoming"}
    entries = versions_json(published, draft=title, latest=latest.name if latest else None, titles=titles)
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


def _announced(edition: Edition) -> str:
    """Label in the selector of a version that is not in force yet."""
    t = translator(edition.charter.language)
    if edition.own.begins is None:
        return edition.name
    values = {"name": edition.name, "day": t.date(edition.own.begins)}
    return t.gettext("%(name)s, from %(day)s") % values


def pages_payload(editions: Sequence[Edition], moved: MovedPages, *, offline: bool = False) -> str:
    """Content of pages.json: for each address, the versions that have the page, as indexes into `versions`.

    `moved` has the counterparts of an address in versions that lack it: first version, last version, and addresses.
    `titles` names each of several counterparts.
    `offline` says whether pages register the service worker.
    `latest` is the version of latest/, and `days` are the formatted periods of the versions.
    """
    names = [edition.name for edition in editions]
    pages: dict[str, list[int]] = {}
    for index, edition in enumerate(editions):
        for url in edition.pages.urls:
            pages.setdefault(url, []).append(index)
    elsewhere = {
        url: [[first, last, *urls] for first, last, urls in runs] for url, runs in moved.moved.items()
    }
    latest = latest_edition(editions)
    payload = {
        "format": FORMAT,
        "versions": names,
        "latest": latest and latest.name,
        "days": _days(editions, latest),
        "pages": dict(sorted(pages.items())),
        "moved": elsewhere,
        "titles": _titles(names, moved),
        "offline": offline,
    }
    return json.dumps(payload, ensure_ascii=False) + "\n"


def with_built_pages(payload: str, built: Callable[[str, Set[str]], Set[str]]) -> str:
    """Content of pages.json with the pages that plugins have added, moved or removed.

    `built` returns the addresses of all pages of a version, given its name and those of its charter.
    """
    content = json.loads(payload)
    pages: dict[str, list[int]] = content["pages"]
    planned: list[set[str]] = [set() for _ in content["versions"]]
    for url, versions in pages.items():
        for index in versions:
            planned[index].add(url)
    for index, name in enumerate(content["versions"]):
        for url in planned[index] ^ built(name, planned[index]):
            pages[url] = sorted({*pages.get(url, ())} ^ {index})
    content["pages"] = {url: versions for url, versions in sorted(pages.items()) if versions}
    return json.dumps(content, ensure_ascii=False) + "\n"


def _titles(names: Sequence[str], moved: MovedPages) -> dict[str, str]:
    """Titles by address, for addresses with several counterparts; each as in the last version that has the page."""
    several = (
        (url, names[last])
        for runs in moved.moved.values()
        for _, last, urls in runs
        if len(urls) > 1
        for url in urls
    )
    return {url: moved.title(url, name) or url for url, name in several}


def _days(editions: Sequence[Edition], latest: Edition | None) -> dict[str, str]:
    """Period of each version, in the language of the version in force."""
    t = translator(latest.charter.language) if latest else None
    return {
        edition.name: t.days(edition.own.first_day, edition.own.last_day)
        for edition in editions
        if t and edition.own.first_day and edition.own.ends
    }


def latest_edition(editions: Sequence[Edition]) -> Edition | None:
    """The edition of latest/, None if there is none."""
    return next((edition for edition in editions if edition.is_latest), None)


def draft_edition(editions: Sequence[Edition]) -> Edition | None:
    """The edition of the draft, None if there is none."""
    return next((edition for edition in editions if edition.state == "draft"), None)

"""Files of a version for programs: its data, the changes since each earlier version, and llms.txt, their index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib import resources
from pathlib import Path

from charterbook.charter import ITEM_LISTS
from charterbook.compare import Comparison
from charterbook.export.changes_json import document, dumped
from charterbook.export.changes_markdown import escaped
from charterbook.i18n import translator
from charterbook.papers.charter_json import as_charter_json
from charterbook.site.edition import CHANGES, Edition
from charterbook.site.feeds import audience_address
from charterbook.site.labels import SECTION_TITLES
from charterbook.site.render.page_twin import TWIN
from charterbook.versions import LISTED

#: The names of the files.
CHARTER, COMPARED, INDEX = "charter.json", "changes.json", "llms.txt"

#: The schemas of lists of changes at the root.
COMPARED_SCHEMA, AUDIENCES_SCHEMA = "changes.schema.json", "audience_changes.schema.json"


def write_data(
    folder: Path,
    edition: Edition,
    compared: Callable[[str], Comparison],
    moved: Mapping[str, str],
    *,
    twins: bool,
) -> None:
    """Write the files of a version into its folder. Files of an author or of other plugins are not overwritten.

    `moved` is as in PageRenderer.
    """
    _write(folder / CHARTER, lambda: as_charter_json(edition.charter))
    for url, older in _comparisons(edition):
        _write(folder / url / COMPARED, partial(_changes, compared, older))
    _write(folder / INDEX, lambda: version_index(edition, moved, twins=twins))


def _changes(compared: Callable[[str], Comparison], older: str) -> str:
    return dumped(document(compared(older)), indent=None)


def write_site_index(root: Path, editions: Sequence[Edition]) -> None:
    """Write llms.txt at the root of a site, unless an author has one; and the schemas of lists of changes."""
    for name in (COMPARED_SCHEMA, AUDIENCES_SCHEMA):
        _write(root / name, partial(_schema, name))
    _write(root / INDEX, lambda: site_index(editions))


def _schema(name: str) -> str:
    return (resources.files("charterbook.export") / name).read_text(encoding="utf-8")


def own_index(folder: Path, edition: Edition) -> tuple[str, ...]:
    """The name of a version's llms.txt, unless it is one of the author's."""
    path = folder / INDEX
    is_own = path.is_file() and path.read_text(encoding="utf-8", errors="replace").startswith(_title(edition))
    return (INDEX,) if is_own else ()


def _title(edition: Edition) -> str:
    return f"# {escaped(edition.charter.title)}: {escaped(edition.name)}\n"


def _comparisons(edition: Edition) -> Iterator[tuple[str, str]]:
    """The address of each page of changes, with the older version."""
    before = edition.before
    if before is not None and CHANGES in edition.pages.urls:
        yield CHANGES, before.name
    for page in edition.pages.pages:
        if page.older is not None:
            yield page.url, page.older


def version_index(edition: Edition, moved: Mapping[str, str], *, twins: bool) -> str:
    """The contents of a version with their addresses, as llms.txt."""
    t = translator(edition.charter.language)
    own = edition.own
    lines = [_title(edition)]
    if own.first_day and own.ends:
        lines += [f"> {t.days(own.first_day, own.last_day)}", ""]
    lines += [f"- [{t.gettext('The whole charter as data')}]({CHARTER})", ""]
    lines += [f"## {t.gettext('Pages')}", "", *_pages(edition, moved, TWIN if twins else ""), ""]
    changes = [f"- [{escaped(older)}]({url}{COMPARED})" for url, older in _comparisons(edition)]
    if changes:
        lines += [f"## {t.gettext('Changes since')}", "", *changes, ""]
    return "\n".join(lines)


def _pages(edition: Edition, moved: Mapping[str, str], file: str) -> Iterator[str]:
    """A line for each section in their order, and below it one for each page of an item."""
    t, pages = translator(edition.charter.language), edition.pages
    for section, title in SECTION_TITLES.items():
        url = pages.section_url(section)
        if url is not None:
            yield f"- [{t.gettext(title)}]({moved.get(url, url)}{file})"
        for item in edition.charter.items(section) if section in ITEM_LISTS else ():
            own = pages.item_url(section, item.id)
            if own is not None and "#" not in own:
                yield f"  - [{escaped(item.label)}]({moved.get(own, own)}{file})"


def site_index(editions: Sequence[Edition]) -> str:
    """The versions of a site with their addresses, and which one is in force, as llms.txt."""
    shown = next((one for one in editions if one.is_latest), editions[-1])
    t = translator(shown.charter.language)
    in_force = [one.name for one in editions if one.state == "current"]
    notice = (
        t.gettext("In force: %(version)s") % {"version": in_force[0]}
        if in_force
        else t.gettext("No version is in force yet.")
    )
    lines = [f"# {escaped(shown.charter.title)}", "", f"> {escaped(notice)}", ""]
    lines += [f"## {t.gettext('Versions')}", ""]
    lines += [_version(one) for one in reversed(editions)]
    audiences = list(_audiences(shown, editions))
    if audiences:
        lines += ["", f"## {t.gettext('Changes by audience')}", "", *audiences]
    lines += ["", f"## {t.gettext('For programs')}", ""]
    lines += [f"- [JSON Schema: {CHARTER}](charter.schema.json)"]
    lines += [f"- [JSON Schema: {COMPARED}]({COMPARED_SCHEMA})"]
    lines += [f"- [JSON Schema: {t.gettext('Changes by audience')}]({AUDIENCES_SCHEMA})"]
    lines += [f"- [{LISTED}]({LISTED})", ""]
    return "\n".join(lines)


def _audiences(shown: Edition, found: Sequence[Edition]) -> Iterator[str]:
    """The changes for each audience, if a version has been published from git."""
    published = {
        item.id
        for one in found
        if one.own.charter and one.own.revisions
        for item in one.own.charter.audiences
    }
    for item in shown.charter.audiences:
        if item.id in published:
            yield f"- [{escaped(item.label)}]({audience_address(item.id)})"


def _version(edition: Edition) -> str:
    """A version with its days, its index and its data."""
    t, own = translator(edition.charter.language), edition.own
    name = t.gettext("Draft") if edition.state == "draft" else edition.name
    days = f" ({t.days(own.first_day, own.last_day)})" if own.first_day and own.ends else ""
    folder = f"{edition.name}/"
    return f"- [{escaped(name)}]({folder}{INDEX}){days}: [{CHARTER}]({folder}{CHARTER})"


def _write(path: Path, text: Callable[[], str]) -> None:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text(), encoding="utf-8", newline="\n")

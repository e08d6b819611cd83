"""Inputs of a site: the history with its versions, the problems of the charter on disk, and docs/."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from mkdocs.config.defaults import MkDocsConfig

from charterbook import clock
from charterbook.check import complete_history, context_from_settings, readable_charters, rule_problems
from charterbook.errors import CharterbookError, SettingsError
from charterbook.export.problem_formats import render
from charterbook.forge import KINDS, forge_at
from charterbook.history import History, read_history
from charterbook.load import load
from charterbook.pages import DocsPage, collisions, page_problems, read_docs
from charterbook.problems import Problem, escape_terminal
from charterbook.setting_names import check_setting_names, unknown_names
from charterbook.settings import Settings, fault_text, settings_from
from charterbook.site.edition_builder import editions
from charterbook.site.incremental.up_to_date import BuildState
from charterbook.site.incremental.version_cache import version_key
from charterbook.site.moved_pages import resolved
from charterbook.site.output.deployed_versions import removed_versions_warning
from charterbook.site.output.publish import open_staging
from charterbook.site.output.published_charter import PublishedCharter, read
from charterbook.site.output.site_group import check_site_group
from charterbook.site.pipeline.handbook_data import HandbookData
from charterbook.site.pipeline.nav import hidden_in_nav, items_in_nav, pages_of_any_version
from charterbook.site.pipeline.signed_editions import with_signatures
from charterbook.site.pipeline.site_build import SiteBuild
from charterbook.site.pipeline.version_files import included
from charterbook.site.render import page_twin
from charterbook.site.render.bytecode_cache import PAGES
from charterbook.suggestions import closest
from charterbook.versions import DRAFT

log = logging.getLogger("mkdocs.plugins.charterbook")

#: Folder of cached charters, in the cache folder.
CHARTERS = "charters"


def make_site_build(build_state: BuildState, config: MkDocsConfig, options: Mapping[str, Any]) -> SiteBuild:
    """Read history and docs/, and plan the site.

    Raises CharterbookError with all problems if the charter on disk, a setting or a page of docs/ cannot
    be used; while serving, the plan shows them instead.
    """
    if not build_state.site.serving:
        check_site_group(Path(config.config_file_path), build_state.site.target, options["for_group"] or "")
    site_build = SiteBuild(build_state)
    PAGES.load()
    with build_state.timings.span("reading history, charters and docs/"):
        site_build.handbook_data = _handbook_data(build_state, config, options)
    found = site_build.handbook_data
    history = found.history
    if not build_state.site.serving:
        own = {*(edition.name for edition in found.editions), *build_state.manifest.keys}
        for warning in removed_versions_warning(build_state.site.target, own):
            log.warning("%s", warning)
    site_build.items_in_nav = items_in_nav(config.nav, found.editions)
    site_build.pages_of_any_version = pages_of_any_version(found.editions)
    if found.group:  # mkdocs.yml is the same for all groups
        site_build.hidden_in_nav = hidden_in_nav(config.nav, found.docs, found.editions)
        site_build.items_in_nav |= site_build.hidden_in_nav
        site_build.pages_of_any_version |= {page.source for page in found.docs if not page.for_each}
    whole = f"{build_state.common} {history.branch} {history.path} {sorted(site_build.items_in_nav)}"
    site_build.keys = {
        edition.name: version_key(edition, whole, build_state.docs)
        for edition in site_build.handbook_data.editions
    }
    site_build.workspace = open_staging(build_state.site.target)
    return site_build


def _handbook_data(build_state: BuildState, config: MkDocsConfig, options: Mapping[str, Any]) -> HandbookData:
    site = build_state.site
    try:
        found = _read(build_state, config, options)
    except CharterbookError as error:
        if (
            not site.serving or options["for_group"]
        ):  # because a message can quote parts that the group does not see
            raise
        found = HandbookData(
            History(()), PublishedCharter(), [], [escape_terminal(line) for line in str(error).splitlines()]
        )
    if found.broken and (not site.serving or options["for_group"]):
        raise CharterbookError(f"{site.charter} cannot be used:\n" + "\n".join(found.broken))
    for line in found.broken:
        log.error("%s", line)
    return found


def _read(build_state: BuildState, config: MkDocsConfig, options: Mapping[str, Any]) -> HandbookData:
    site, file = build_state.site, Path(config.config_file_path)
    settings = replace(settings_from(dict(options), file), site=str(site.target), repo_url=config.repo_url)
    docs = included(read_docs(Path(config.docs_dir)), config)
    charter_cache = site.store and _whole_store(site.store, settings) / CHARTERS
    history = read_history(site.root, settings, charter_cache, build_state.manifest.keys)
    for warning in history.warnings:
        log.warning("%s", warning)
    if settings.history and history.path is None and history.published:
        log.info("%s was never committed to git: it is the only version.", settings.charter)
    if not settings.for_group:
        _check_names(history, settings, file)
    _warn_unknown_forge(config, options)
    _check_redirects(docs, settings, file)
    _check_libraries(options)
    broken = _missing_contents(history) or _problems(history, settings, docs)
    broken += _broken_rules(history, settings) if not broken else []
    now = read(history)
    zone = ZoneInfo(settings.timezone)
    found = editions(history, docs, clock.today(zone), now.lines, zone)
    if history.path is not None and not settings.for_group:
        found = with_signatures(found, site.root)
    for edition in found:
        for hit in collisions(edition.charter, docs) if edition.state != DRAFT else []:
            log.warning("%s: the page of %r would overwrite %s.", edition.name, hit.item, hit.other)
    if not found and not broken:
        raise CharterbookError(
            f"There is no {settings.charter} in {site.root}: `charterbook new` creates one."
        )
    return HandbookData(history, now, found, broken, docs, settings)


def _whole_store(store: Path, settings: Settings) -> Path:
    """The cache of the handbook for everybody: its charters are the same for all groups."""
    return store.parents[1] if settings.for_group else store


def _warn_unknown_forge(config: MkDocsConfig, options: Mapping[str, Any]) -> None:
    """Warn if pages cannot link to an editor though a repository is configured."""
    url = config.repo_url or ""
    if not url and options.get("forge"):
        log.warning("`forge: %s` has no effect: mkdocs.yml has no `repo_url`.", options["forge"])
    elif url and not url.startswith(("https://", "http://")):
        log.warning(
            "`repo_url: %s` has no effect on Charterbook's pages: it is not an http address.",
            escape_terminal(url),
        )
    elif url and forge_at(url, options.get("forge")) is None:
        text = (
            "`repo_url: %s` is not at a forge with known addresses. To link its editor, set `forge:` to %s."
        )
        log.info(text, escape_terminal(url), ", ".join(KINDS))


def _check_libraries(options: Mapping[str, Any]) -> None:
    """Refuse a setting that needs optional libraries if they are not installed. Raises SettingsError."""
    if options["twins"] and not page_twin.is_installed():
        raise SettingsError("twins: true needs more: pip install 'charterbook[twins]'")
    if options["papers"]:
        from charterbook.site.output.paper_files import missing_libraries

        if missing_libraries():
            raise SettingsError("papers: true needs more: pip install 'charterbook[papers]'")


def _check_redirects(docs: Sequence[DocsPage], settings: Settings, file: Path) -> None:
    """Warn of redirects without effect: to pages that docs/ lacks, or from pages that still exist."""
    sources = [page.source for page in docs]
    for old in dict(settings.redirects):
        new = resolved(old, dict(settings.redirects))
        if old in sources:
            log.warning("%s", fault_text(file, ("redirects", old), "has no effect: docs/ has this page"))
        elif new not in sources:
            log.warning(
                "%s",
                fault_text(
                    file,
                    ("redirects", old),
                    f"docs/ has no page {escape_terminal(new)}; {closest(new, sources)}",
                ),
            )
    for page in docs:
        for old in set(page.redirect_from) & set(sources):
            log.warning(
                "docs/%s: redirect_from: %s has no effect: docs/ has this page.",
                page.source,
                escape_terminal(old),
            )


def _check_names(history: History, settings: Settings, file: Path) -> None:
    """Reject settings that name an unknown role or item. Raises SettingsError."""
    draft = [history.draft.charter] if history.draft else []
    latest = history.in_force
    now = [version.charter for version in history.published if version.charter and version.upcoming]
    now += [latest.charter] if latest and latest.charter else []
    found = unknown_names(settings, draft + now, lambda: complete_history(history)) if draft or now else []
    for unknown in found:
        if unknown.level == "warning":
            log.warning("%s", unknown.line(file))
    check_setting_names(found, file)


_NOT_IN_CLONE = (
    "%s: this clone lacks the content of %s in commit %s, so an older charter would be published as this version, or as the one in "
    "force. Make a full clone, without --filter; `git fsck` names what is missing."
)


def _missing_contents(history: History) -> list[str]:
    """The versions with a newest charter missing in the clone, as lines: a site must not depend on the clone."""
    newest = [
        (version.name, version.revisions[-1])
        for version in history.versions
        if version.revisions and not version.pinned
    ]
    return [
        escape_terminal(_NOT_IN_CLONE % (name, one.path, one.short))
        for name, one in newest
        if one.problem is not None and one.problem.rule == "missing-object"
    ]


def _problems(history: History, settings: Settings, docs: Sequence[DocsPage]) -> list[str]:
    """The problems of the charter on disk, as lines; empty if it can be used."""
    problems: list[Problem] = list(history.draft_problems)
    if settings.for_group:
        count = "a problem" if len(problems) == 1 else f"{len(problems)} problems"
        return [f"Run `charterbook check`: it has {count}."] if problems else []
    if history.draft is not None:
        problems += page_problems(history.draft.charter, history.draft.places, docs)
    for version in history.published:
        if version.shown is None and version.charter is not None and version.data is not None:
            problems += page_problems(version.charter, load(version.data).places, docs)
    text = render(sorted(problems), settings.charter, "text") if problems else ""
    return [line for line in text.splitlines() if line.strip()]


def _broken_rules(history: History, settings: Settings) -> list[str]:
    """Findings in the charter on disk of rules with level error, as lines. Past versions are not checked."""
    if (
        settings.for_group
    ):  # rules are checked in the handbook for everybody, for an author who sees all of the charter
        return []
    if "error" not in dict(settings.rules).values() or not (history.draft or history.published):
        return []
    data = history.draft.data if history.draft else history.published[-1].data
    loaded = load(data or b"")
    rule_context = context_from_settings(settings, lambda: readable_charters(history))
    found = rule_problems(loaded.charter, loaded.places, rule_context) if loaded.charter else []
    errors = sorted(problem for problem in found if problem.severity == "error")
    return render(errors, settings.charter, "text").splitlines()

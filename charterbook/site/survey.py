"""What a build finds before it begins: the history with its versions, what is wrong, and what stands already."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from charterbook import clock
from charterbook.check import around_settings, past_of, rule_problems
from charterbook.errors import CharterbookError
from charterbook.export.problems import render
from charterbook.history import History, read_history
from charterbook.load import load
from charterbook.load.language import language_of
from charterbook.pages import DocsPage, collisions, page_problems, read_docs
from charterbook.problems import Problem, inert
from charterbook.repository import state_of
from charterbook.settings import Settings, settings_from
from charterbook.site import place
from charterbook.site.cache import docs_digests, fingerprint, key
from charterbook.site.compiled import PAGES
from charterbook.site.edition import editions
from charterbook.site.files import included
from charterbook.site.plan import Found, Plan, Site, standing_in
from charterbook.site.standing import read_standing
from charterbook.site.timings import Timings
from charterbook.site.today import Today, today
from charterbook.versions import DRAFT

log = logging.getLogger("mkdocs.plugins.charterbook")


def make_plan(config: MkDocsConfig, options: Mapping[str, Any], *, serving: bool) -> Plan:
    """Read history and docs/, and plan the site.

    Raises CharterbookError with all problems where the charter on disk, a setting or a page of docs/ cannot
    be used; while serving, the plan shows them instead.
    """
    timings, began = Timings(), time.monotonic()
    root = Path(config.config_file_path).parent
    store = _cache(root) if options["cache"] else None
    with timings.span("looking for what has changed"):
        common, docs = fingerprint(config), docs_digests(Path(config.docs_dir))
    site = Site(
        target=Path(config.site_dir).resolve(),
        config_file=str(config.config_file_path),
        url=_with_slash(config.site_url),
        serving=serving,
        store=store,
        severity=options["severity"] or {},
        charter=options["charter"],
        language=_language(root / options["charter"]),
    )
    standing = read_standing(standing_in(store) if store else None, site.target)
    plan = Plan(site, standing, began=began, timings=timings)
    if store is not None and not serving:
        plan.stamp = _stamp(root, settings_from(dict(options)), common, docs)
    if plan.is_current:
        plan.staging = place.staging_for(site.target)
        return plan
    PAGES.load()
    with plan.timings.span("reading history, charters and docs/"):
        plan.found = _found(config, options, root, serving=serving)
    history = plan.found.history
    whole = f"{common} {history.branch} {history.path}"
    plan.keys = {edition.name: key(edition, whole, docs) for edition in plan.found.editions}
    plan.staging = place.staging_for(site.target)
    return plan


def _stamp(root: Path, settings: Settings, common: str, docs: Mapping[str, str]) -> str:
    """A hash over all that the whole site depends on; of history, that is what git points to."""
    told = [common, sorted(docs.items()), state_of(root / settings.charter), str(clock.today())]
    return hashlib.blake2b(repr(told).encode(), digest_size=20).hexdigest()


def _found(config: MkDocsConfig, options: Mapping[str, Any], root: Path, *, serving: bool) -> Found:
    try:
        found = _read(config, options, root)
    except CharterbookError as error:
        if not serving:
            raise
        found = Found(History(()), Today(), [], [inert(line) for line in str(error).splitlines()])
    if found.broken and not serving:
        raise CharterbookError(f"{options['charter']} cannot be used:\n" + "\n".join(found.broken))
    for line in found.broken:
        log.error("%s", line)
    return found


def _read(config: MkDocsConfig, options: Mapping[str, Any], root: Path) -> Found:
    settings = settings_from(dict(options))
    docs = included(read_docs(Path(config.docs_dir)), config)
    history = read_history(root, settings, _cache(root) / "charters" if options["cache"] else None)
    for warning in history.warnings:
        log.warning("%s", warning)
    broken = _problems(history, settings, docs)
    broken += _broken_rules(history, settings) if not broken else []
    now = today(history)
    found = editions(history, docs, clock.today(), now.lines)
    for edition in found:
        for hit in collisions(edition.charter, docs) if edition.state != DRAFT else []:
            log.warning(
                "%s: the page of %r would stand where %s already is.", edition.name, hit.item, hit.other
            )
    if not found and not broken:
        raise CharterbookError(f"There is no {settings.charter} in {root}: `charterbook new` starts one.")
    return Found(history, now, found, broken)


def _problems(history: History, settings: Settings, docs: Sequence[DocsPage]) -> list[str]:
    """The problems of the charter on disk, as lines; empty where it can be used."""
    problems: list[Problem] = list(history.draft_problems)
    if history.draft is not None:
        problems += page_problems(history.draft.charter, history.draft.places, docs)
    for version in history.published:
        if version.shown is None and version.charter is not None and version.data is not None:
            problems += page_problems(version.charter, load(version.data).places, docs)
    text = render(sorted(problems), settings.charter, "text") if problems else ""
    return [line for line in text.splitlines() if line.strip()]


def _broken_rules(history: History, settings: Settings) -> list[str]:
    """What rules that are taken for errors find in the charter on disk, as lines. The past is let be."""
    if "error" not in dict(settings.rules).values() or not (history.draft or history.published):
        return []
    data = history.draft.data if history.draft else history.published[-1].data
    loaded = load(data or b"")
    around = around_settings(settings, lambda: past_of(history))
    found = rule_problems(loaded.charter, loaded.places, around) if loaded.charter else []
    errors = sorted(problem for problem in found if problem.severity == "error")
    return render(errors, settings.charter, "text").splitlines()


def _language(charter: Path) -> str:
    """The language in which to speak of the charter on disk."""
    try:
        return language_of(charter.read_bytes())
    except OSError:
        return "en"


def _cache(root: Path) -> Path:
    """Where a handbook keeps what it has made and read before."""
    return root / ".cache" / "charterbook"


def _with_slash(url: str | None) -> str | None:
    return None if not url else url.rstrip("/") + "/"

"""A whole site: which versions there are, which are built, and how they come together."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.utils import CountHandler

from charterbook.check import around_settings, build_day, past_of, rule_problems
from charterbook.compare import Severity
from charterbook.errors import CharterbookError
from charterbook.export.problems import render
from charterbook.history import History, read_history
from charterbook.load import load
from charterbook.load.language import language_of
from charterbook.pages import DocsPage, collisions, page_problems, read_docs
from charterbook.problems import Problem, inert
from charterbook.settings import Settings, settings_from
from charterbook.site import place
from charterbook.site.build import Crew, Order
from charterbook.site.cache import Cache, fingerprint, key
from charterbook.site.edition import Edition, editions
from charterbook.site.files import included
from charterbook.site.today import Today, today, write_today
from charterbook.site.views import Repository
from charterbook.versions import DRAFT

log = logging.getLogger("mkdocs.plugins.charterbook")


@dataclass
class Plan:
    """The site that a build makes: all its editions, and which of them MkDocs builds itself."""

    editions: Sequence[Edition]
    broken: Sequence[str]
    target: Path
    staging: Path
    config_file: str
    site_url: str | None
    serving: bool
    cache: Cache | None
    common: str
    language: str
    branch: str | None
    path: str | None
    severity: Mapping[str, Severity]
    charter: str
    today: Today
    crew: Crew | None = field(default=None, init=False)

    def begin(self) -> Order | None:
        """Take from the cache what is there, set workers to the rest, and give MkDocs its own order."""
        if not self.editions:
            return None
        *others, own = self.editions
        missing = [edition for edition in others if not self._from_cache(edition)]
        self.crew = Crew([self._order(edition) for edition in missing])
        log.info(
            "%d versions: %d to build, %d unchanged",
            len(self.editions),
            len(missing) + 1,
            len(others) - len(missing),
        )
        return self._order(own)

    def _order(self, edition: Edition) -> Order:
        folder = self.staging / edition.name
        return Order(edition, folder, self.config_file, self.site_url, self.branch, self.path)

    def _from_cache(self, edition: Edition) -> bool:
        return self.cache is not None and self.cache.get(
            key(edition, self.common), self.staging / edition.name
        )

    def copy_assets(self, assets: Mapping[str, Path]) -> None:
        """Put the theme's assets at the root, once for all versions."""
        for uri, source in assets.items():
            target = self.staging / uri
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)

    def finish(self, config: MkDocsConfig) -> None:
        """Wait for the workers, write the root, and put the site in place unless a strict build was warned."""
        if self.crew is not None:
            for order, outcome in self.crew.outcomes():
                self._report(outcome.name, outcome.warnings)
                if outcome.failed:
                    raise PluginError(f"Version {outcome.name} cannot be built: see above.")
                if not outcome.warnings:
                    self._keep(order.edition)
        place.finish_root(self.staging, self.editions, self.site_url, self.severity, serving=self.serving)
        repository = Repository.of(config, self.branch, self.path)
        write_today(self.staging, self.today, repository, self.charter, self.severity)
        if self.broken:
            self._show_problems()
        config.site_dir = str(self.target)
        config.site_url = self.site_url
        if config.strict and warned():
            self.abandon()
            return
        place.put_in_place(self.staging, self.target)
        if self.cache is not None:
            self.cache.prune(time.time())

    def _keep(self, edition: Edition) -> None:
        if self.cache is None:
            return
        try:
            self.cache.put(key(edition, self.common), self.staging / edition.name)
        except OSError as error:
            log.info("version %s is not kept in the cache: %s", edition.name, error)

    def _report(self, name: str, warnings: Sequence[str]) -> None:
        for warning in warnings:
            log.warning("%s: %s", name, warning)

    def _show_problems(self) -> None:
        page = place.problems_page(self.language, self.broken)
        urls = self.editions[-1].pages.urls if self.editions else [""]
        pages = [self.staging / DRAFT / unquote(url) / "index.html" for url in urls]
        for path in [*pages, self.staging / "index.html", self.staging / "404.html"]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page, encoding="utf-8")

    def abandon(self) -> None:
        """Give up: workers stop, what was made so far is removed, the old site stays."""
        if self.crew is not None:
            self.crew.dismiss()
        shutil.rmtree(self.staging, ignore_errors=True)


def make_plan(config: MkDocsConfig, options: Mapping[str, Any], *, serving: bool) -> Plan:
    """Read history and docs/, and plan the site.

    Raises CharterbookError with all problems where the charter on disk, a setting or a page of docs/ cannot
    be used; while serving, the plan shows them instead.
    """
    root = Path(config.config_file_path).parent
    try:
        history, now, found, broken = _read(config, options, root)
    except CharterbookError as error:
        if not serving:
            raise
        history, now, found = History(()), Today(), []
        broken = [inert(line) for line in str(error).splitlines()]
    if broken and not serving:
        raise CharterbookError(f"{options['charter']} cannot be used:\n" + "\n".join(broken))
    for line in broken:
        log.error("%s", line)
    target = Path(config.site_dir).resolve()
    return Plan(
        editions=found,
        broken=broken,
        target=target,
        config_file=str(config.config_file_path),
        site_url=_with_slash(config.site_url),
        serving=serving,
        cache=Cache(_cache(root) / "versions") if options["cache"] else None,
        common=f"{fingerprint(config)} {history.branch} {history.path}",
        language=_language(root / options["charter"]),
        branch=history.branch,
        path=history.path,
        severity=options["severity"] or {},
        charter=options["charter"],
        today=now,
        staging=place.staging_for(target),
    )


def _read(
    config: MkDocsConfig, options: Mapping[str, Any], root: Path
) -> tuple[History, Today, list[Edition], list[str]]:
    """The history, its published charter, the editions of the site, and what is wrong on disk, as lines."""
    settings = settings_from(dict(options))
    docs = included(read_docs(Path(config.docs_dir)), config)
    history = read_history(root, settings, _cache(root) / "charters" if options["cache"] else None)
    for warning in history.warnings:
        log.warning("%s", warning)
    broken = _problems(history, settings, docs)
    broken += _broken_rules(history, settings) if not broken else []
    now = today(history)
    found = editions(history, docs, build_day(), now.lines)
    for edition in found:
        for hit in collisions(edition.charter, docs) if edition.state != DRAFT else []:
            log.warning(
                "%s: the page of %r would stand where %s already is.", edition.name, hit.item, hit.other
            )
    if not found and not broken:
        raise CharterbookError(f"There is no {settings.charter} in {root}: `charterbook new` starts one.")
    return history, now, found, broken


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


def warned() -> bool:
    """Whether MkDocs, building strictly, has counted a warning so far."""
    handlers = logging.getLogger("mkdocs").handlers
    return any(handler.get_counts() for handler in handlers if isinstance(handler, CountHandler))

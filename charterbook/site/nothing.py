"""A build of no page at all: the site stands already as it would be made, or no charter gives one.

MkDocs begins a build before anybody knows that, and goes on to its end. Nothing here knows charters or templates.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
import time
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig

from charterbook import memory
from charterbook.site.removal import sweep_removed
from charterbook.site.staging import REMOVED
from charterbook.site.survey import Survey
from charterbook.site.timings import asked, report
from charterbook.site.write_errors import explain
from charterbook.store import sweep

log = logging.getLogger("mkdocs.plugins.charterbook")


class Unchanged:
    """A site that is let be. MkDocs builds it once, and then ends: nobody serves it."""

    def __init__(self, survey: Survey, config: MkDocsConfig) -> None:
        self._survey, self.site = survey, survey.site
        self.staging = Path(tempfile.mkdtemp(prefix="charterbook-"))
        if self.site.store is not None:
            sweep(self.site.store)
            sweep_removed(self.site.store / REMOVED)
        _without_macros(config)
        log.info("The site is up to date: nothing has changed since it was built.")

    def finish(self, config: MkDocsConfig) -> None:
        """Give MkDocs back the folder and the address of the site."""
        config.site_dir, config.site_url = str(self.site.target), self.site.url
        self.abandon()
        if asked():
            for line in report(time.monotonic() - self._survey.began, self._survey.timings, ()):
                log.info("%s", line)
        memory.keep()

    def abandon(self) -> None:
        """Remove the folder that MkDocs was given instead of the site."""
        shutil.rmtree(self.staging, ignore_errors=True)

    def explain(self, error: Exception) -> str | None:
        """What to say of an error that came of writing something; None for any other error."""
        return explain(error, self.site.target, interrupted=False)


def configure(config: MkDocsConfig, folder: Path) -> None:
    """Have a build make no page; what plugins write all the same goes into a folder that will be removed.

    Search has nothing to do: it does not even get ready.
    """
    config.site_dir = str(folder)
    config.nav = None
    config.extra_templates = []
    config.theme.static_templates.clear()
    make = config.theme.get_env
    config.theme.get_env = lambda: _without_files(make())  # type: ignore[method-assign]
    search = config.plugins.get("material/search") or config.plugins.get("search")
    if search is not None and "enabled" in search.config:
        search.config["enabled"] = False


def _without_macros(config: MkDocsConfig) -> None:
    """Have mkdocs-macros, which comes later, leave the handbook's macros and what they ask of git alone."""
    macros = config.plugins["macros"]
    for methods in config.plugins.events.values():
        methods[:] = [method for method in methods if getattr(method, "__self__", None) is not macros]


def _without_files(env: Environment) -> Environment:
    """The environment of a theme that brings no file: MkDocs asks for all of them."""
    env.list_templates = lambda extensions=None, filter_func=None: []  # type: ignore[method-assign]
    return env

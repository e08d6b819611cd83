"""A build of no page at all: the site stands already as it would be made, or no charter gives one.

MkDocs begins a build before anybody knows that, and goes on to its end. Nothing here knows charters or templates.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
import time
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from charterbook.file_store import sweep
from charterbook.site.incremental.up_to_date import BuildState
from charterbook.site.mkdocs_compat import plugin_events, theme_files
from charterbook.site.output.publish import REMOVED
from charterbook.site.output.remove import sweep_removed
from charterbook.site.output.write_errors import explain
from charterbook.site.timings import asked, report

log = logging.getLogger("mkdocs.plugins.charterbook")

#: An empty module in the place of macros.py, without its ending.
_NO_MACROS = str(Path(__file__).with_name("no_macros"))


class NoopBuild:
    """A site that is let be. MkDocs builds it once, and then ends: nobody serves it."""

    def __init__(self, build_state: BuildState) -> None:
        self._build_state, self.site = build_state, build_state.site
        self.staging = Path(tempfile.mkdtemp(prefix="charterbook-"))
        if self.site.store is not None:
            sweep(self.site.store)
            sweep_removed(self.site.store / REMOVED)
        log.info("The site is up to date: nothing has changed since it was built.")

    def finish(self, config: MkDocsConfig) -> None:
        """Give MkDocs back the folder and the address of the site."""
        config.site_dir, config.site_url = str(self.site.target), self.site.url
        self.abandon()
        if asked():
            for line in report(time.monotonic() - self._build_state.began, self._build_state.timings, ()):
                log.info("%s", line)

    def abandon(self) -> None:
        """Remove the folder that MkDocs was given instead of the site."""
        shutil.rmtree(self.staging, ignore_errors=True)

    def explain(self, error: Exception) -> str | None:
        """What to say of an error that came of writing something; None for any other error."""
        return explain(error, self.site.target, interrupted=False)


def configure(config: MkDocsConfig, folder: Path) -> None:
    """Have a build make no page; what is written all the same goes into a folder that will be removed.

    Other plugins and hooks leave it alone: without pages they would warn, or fail.
    """
    config.site_dir = str(folder)
    config.nav = None
    config.extra_templates = []
    config.theme.static_templates.clear()
    theme_files.install_empty(config)
    plugin_events.mute_others(config)
    search = config.plugins.get("material/search") or config.plugins.get("search")
    if search is not None and "enabled" in search.config:
        search.config["enabled"] = False
    config.plugins["macros"].config.update(module_name=_NO_MACROS, modules=[], include_yaml=[])

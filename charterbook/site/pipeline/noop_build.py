"""No-op build of an up-to-date site.

MkDocs runs its build in any case; here it gets no pages. Neither charters nor templates are imported.
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
from charterbook.site.output.write_errors import write_error_message
from charterbook.site.timings import is_enabled, report

log = logging.getLogger("mkdocs.plugins.charterbook")

#: Path without suffix of an empty module that replaces macros.py.
_NO_MACROS = str(Path(__file__).with_name("no_macros"))


class NoopBuild:
    """No-op build of an up-to-date site, for a single build of MkDocs without serving."""

    def __init__(self, build_state: BuildState) -> None:
        self._build_state, self.site = build_state, build_state.site
        self.staging = Path(tempfile.mkdtemp(prefix="charterbook-"))
        if self.site.store is not None:
            sweep(self.site.store)
            sweep_removed(self.site.store / REMOVED)
        log.info("The site is up to date: nothing has changed since it was built.")

    def finish(self, config: MkDocsConfig) -> None:
        """Restore the folder and the address of the site in the configuration."""
        config.site_dir, config.site_url = str(self.site.target), self.site.url
        self.abandon()
        if is_enabled():
            for line in report(time.monotonic() - self._build_state.began, self._build_state.timings, ()):
                log.info("%s", line)

    def abandon(self) -> None:
        """Remove the temporary folder that replaced the site_dir."""
        shutil.rmtree(self.staging, ignore_errors=True)

    def write_error_message(self, error: Exception) -> str | None:
        """Message for a write error; None for any other error."""
        return write_error_message(error, self.site.target, interrupted=False)


def configure(config: MkDocsConfig, folder: Path) -> None:
    """Configure a build without pages; other output goes into a temporary folder.

    Other plugins and hooks are skipped: without pages they would warn, or fail.
    """
    config.site_dir = str(folder)
    config.nav = None
    config.extra_templates = []
    config.theme.static_templates.clear()
    theme_files.install_empty(config)
    plugin_events.skip_other_plugins(config)
    search = config.plugins.get("material/search") or config.plugins.get("search")
    if search is not None and "enabled" in search.config:
        search.config["enabled"] = False
    config.plugins["macros"].config.update(module_name=_NO_MACROS, modules=[], include_yaml=[])

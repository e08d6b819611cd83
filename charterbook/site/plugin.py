"""The MkDocs plugin: event handlers that delegate all decisions to other modules.

The main build is checked here (`on_config`). Nothing more is done for an up-to-date site; otherwise MkDocs itself
builds the draft or the newest version. The others come from the cache, or from workers that load this same plugin with
an order.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config.base import ConfigErrors, ConfigWarnings
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException, PluginError
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import Files

from charterbook.errors import CharterbookError
from charterbook.file_names import name_fault
from charterbook.folders import resolved_path
from charterbook.problems import escape_terminal
from charterbook.site import config_check, connections
from charterbook.site.incremental import audit, recording
from charterbook.site.incremental.up_to_date import BuildState, Command, read_build_state
from charterbook.site.incremental.version_inputs import inputs_of
from charterbook.site.mkdocs_compat import hooks
from charterbook.site.mkdocs_compat.logs import EarlyWarnings, escape_messages, keep_quiet
from charterbook.site.mkdocs_compat.plugin_events import can_skip_pages, can_tell_deployment
from charterbook.site.mkdocs_compat.registry import notices
from charterbook.site.mkdocs_compat.settings_yaml import LISTS_DOCS, READS_SETTINGS
from charterbook.site.mkdocs_compat.user_config import command_line, parents
from charterbook.site.output import served_folder
from charterbook.site.output.publish import recover
from charterbook.site.output.site_dir import check_site_dir
from charterbook.site.output.site_group import check_pages_branch
from charterbook.site.output.write_errors import write_error_message
from charterbook.site.page_events import PageEvents
from charterbook.site.pipeline import module_values, noop_build
from charterbook.site.pipeline.noop_build import NoopBuild
from charterbook.site.timings import lap

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.nav import Navigation
    from mkdocs.utils.templates import TemplateContext

    from charterbook.site.mkdocs_compat.file_watcher import ServerTargets, Watcher
    from charterbook.site.order import BuildOrder
    from charterbook.site.pipeline.site_build import SiteBuild
    from charterbook.site.render.renderer import PageRenderer


log = logging.getLogger("mkdocs.plugins.charterbook")

audit.ignore_code(READS_SETTINGS, LISTS_DOCS)


class CharterbookPlugin(PageEvents):
    """Plugin for a versioned handbook from charter.yml and its git history."""

    def __init__(self) -> None:
        super().__init__()
        self.command: Command = "build"
        self._order: BuildOrder | None = None
        self._site_build: SiteBuild | NoopBuild | None = None
        self._overrides: tuple[dict[str, Any], str | None] = ({}, None)
        self._group: str | None = None
        self._current: MkDocsConfig | None = None
        self._inner_builds = 0
        self._build_state: BuildState | None = None
        self._config: MkDocsConfig | None = None
        self._watcher: Watcher | ServerTargets | None = None
        self._early_warnings = EarlyWarnings()

    @property
    def renderer(self) -> PageRenderer | None:
        """The renderer of the current version, None if no page is built."""
        return self._version_build.renderer if self._version_build else None

    def build_for(self, group: str | None) -> None:
        """Build for a group of readers, regardless of mkdocs.yml; with None, mkdocs.yml decides."""
        if group is not None:
            self._group = self.config.for_group = group

    @contextmanager
    def assigned(self, order: BuildOrder) -> Iterator[None]:
        """Context manager: builds make only the edition of this order."""
        before = (self._order, self._version_build, self._current, self._inner_builds)
        self._order, self._current, self._inner_builds = order, None, 0
        try:
            yield
        finally:
            self._order, self._version_build, self._current, self._inner_builds = before

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[ConfigErrors, ConfigWarnings]:
        """Load the settings, and start recording reads, including those of later hooks and plugins.

        Raises ValidationError for invalid settings of mkdocs-macros, the next plugin to be loaded.
        """
        config_check.check_error_settings(config_file_path)
        recording.start()
        connections.ignore_present()
        return super().load_config(options, config_file_path)

    @event_priority(1000)
    def on_startup(self, *, command: Command, dirty: bool) -> None:
        """Record whether the site is being served and what hooks start with, and escape everything logged from now on."""
        escape_messages()
        if self._order is None:
            self.command = command
            if dirty:
                log.info("--dirty has no effect: only what has changed is built, and no page is left out.")
            module_values.note()
            keep_quiet()
            self._early_warnings.begin()

    @event_priority(1000)
    def _note_command_line(self, config: MkDocsConfig) -> MkDocsConfig:
        """Record the overrides of mkdocs.yml, before any plugin or hook changes it."""
        if config is self._current:  # a plugin builds again within a build, for example for each language
            self._inner_builds += 1
            return config
        self._current, self._inner_builds = config, 0
        if self._order is None:
            keep_quiet()
            self._early_warnings.begin()
        self._overrides = (dict(command_line(config)), config.site_url)
        return config

    def _begin_build(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check the state of the site, or take the order, and configure the build of one version or of none."""
        if self._inner_builds:
            return config
        config_check.check(config)
        if self._order is None:
            for setting in config_check.error_settings(config.config_file_path):
                log.info("%s", setting.advice)
        config_check.set_defaults(config)
        if self._order is None and self.command == "serve":
            with recording.unrecorded():
                hooks.report_changed(config)
        config = hooks.run_early(config, self._begin_build)
        try:
            with recording.unrecorded():
                self._begin(config, dict(self.config))
        except CharterbookError as error:
            raise _as_plugin_error(error) from error
        except UnicodeEncodeError as error:
            if fault := name_fault(str(error.object)):
                raise PluginError(escape_terminal(fault)) from error
            raise
        if self._version_build is None:
            assert self._site_build is not None
            noop_build.configure(config, self._site_build.staging)
        return config

    @event_priority(-1000)
    def _confirm_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Warn if a plugin has changed a required setting."""
        if self._version_build is not None:
            self._version_build.confirm(config, inner=bool(self._inner_builds))
        return config

    on_config = CombinedEvent(_note_command_line, _begin_build, _confirm_config)

    def _begin(self, config: MkDocsConfig, options: dict[str, Any]) -> None:
        early_warnings = self._early_warnings.end()
        if self._order is None:
            check_site_dir(config, options["charter"])
            if self.command == "gh-deploy":
                check_pages_branch(config, options["for_group"] or "")
            if self.command == "serve":
                served_folder.claim(Path(config.site_dir))
            recover(resolved_path(config.site_dir))
            for notice in notices():
                log.info("%s", notice)
        command = "build" if self.command == "gh-deploy" and not can_tell_deployment(config) else self.command
        found = None if self._order else read_build_state(config, options, command)
        if found is not None:
            self._build_state, self._config = found, config
        if found is not None and found.is_current and can_skip_pages(config):
            self._site_build, self._version_build = NoopBuild(found), None
            return
        # Importing the build modules takes longer than a no-op build: they are imported only here.
        from charterbook.site.order import ConfigOverrides
        from charterbook.site.pipeline.main_build import begin_site_build, prepare_site_build
        from charterbook.site.pipeline.version_build import VersionBuild

        if self._order is not None:
            self._version_build = VersionBuild(self._order, config, options)
        elif found is not None:
            self._site_build = site_build = prepare_site_build(
                found, config, options, ConfigOverrides(*self._overrides, self._group)
            )
            site_build.add_warnings(early_warnings)
            self._version_build = begin_site_build(site_build, config, options)

    @event_priority(1000)
    def _arrange_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Files of this version, without theme assets: these are stored once at the root."""
        lap("settings, plugins and the theme")
        return self._version_build.files(files, config) if self._version_build else Files([])

    @event_priority(-1000)
    def _filter_navigation(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Navigation of this version, after plugins have added files or a navigation."""
        return self._version_build.navigation(files, config) if self._version_build else Files([])

    on_files = CombinedEvent(_arrange_files, _filter_navigation)

    @event_priority(1000)
    def _offer_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Record the inclusion of pages, and keep Charterbook's own navigation apart from an author's."""
        return self._version_build.nav.offer(nav, config, files) if self._version_build else nav

    @event_priority(-1000)
    def _finish_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Remove pages of other versions."""
        return self._version_build.nav.finish(nav, config, files) if self._version_build else nav

    on_nav = CombinedEvent(_offer_nav, _finish_nav)

    @event_priority(1000)
    def _prepare_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Link the theme's assets at the root of the site, before plugins add their own filters."""
        return self._version_build.env(env, config, files) if self._version_build else env

    @event_priority(-1000)
    def _complete_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Do the same for an environment of a plugin's own."""
        return self._version_build.complete_env(env, config) if self._version_build else env

    on_env = CombinedEvent(_prepare_env, _complete_env)

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Link an error page to the newest version, wherever it is shown."""
        return (
            self._version_build.template_context(context, template_name, config)
            if self._version_build
            else context
        )

    @event_priority(10_000)
    def _offer_settings(self, *, config: MkDocsConfig) -> None:
        """Let plugins that build again, for example for each language, change settings that are the version's."""
        if self._version_build is not None:
            self._version_build.offer_settings(config)

    @event_priority(-10_000)
    def _finish(self, *, config: MkDocsConfig) -> None:
        """Finish the version and, in the main build, the site, after plugins that write files at the end."""
        if self._inner_builds:
            self._inner_builds -= 1
            return
        self._current = None
        if self._order is None:
            recording.stop()
        if self._version_build is not None:
            self._version_build.finish(config)
        if self._order is None and self._site_build is not None:
            try:
                self._site_build.finish(config)
            except CharterbookError as error:
                raise _as_plugin_error(error) from error
        if self._order is None:
            self._follow()

    on_post_build = CombinedEvent(_offer_settings, _finish)

    @event_priority(-100)
    def on_build_error(self, *, error: Exception) -> None:
        """Keep the old site after a failed build, and report write errors in one line."""
        config, self._current, self._inner_builds = self._current, None, 0
        words = None if isinstance(error, MkDocsException) else self._author_error(error, config)
        self._early_warnings.end()
        if self._order is None:
            recording.stop()
            self._follow()
        if self._version_build is not None:
            self._version_build.abandon()
        message = self._abandon(error, config) if self._order is None else None
        if message is not None:
            raise PluginError(message) from error
        if words is not None:
            log.error("%s", words)
            log.debug("The traceback of this error:", exc_info=error)
            raise Abort("Aborted with an error in a file of the handbook!") from None

    def _abandon(self, error: Exception, config: MkDocsConfig | None) -> str | None:
        """Remove the unfinished site; the message for an error of writing, or None."""
        if self._site_build is not None:
            self._site_build.abandon()
            return self._site_build.write_error_message(error)
        return (
            None if config is None else write_error_message(error, Path(config.site_dir), interrupted=False)
        )

    @staticmethod
    def _author_error(error: Exception, config: MkDocsConfig | None) -> str | None:
        """An error in macros.py or a hook, or of folders that are nested too deeply, as one line."""
        from charterbook.site.author_errors import code_error, depth_error
        from charterbook.site.mkdocs_compat.macro_errors import module_error

        if config is None:
            return None
        folder = resolved_path(config.config_file_path).parent
        return (
            code_error(error, folder)
            or module_error(error, config)
            or depth_error(error, Path(config.docs_dir))
        )

    def on_shutdown(self) -> None:
        """Remove the unfinished site of a build that a plugin ended."""
        if self._order is None:
            recording.forget()
        if self._order is None and self._site_build is not None:
            self._site_build.abandon()

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch the charter, macros and the other files beside mkdocs.yml like docs/."""
        # Imported only for serving: it takes long.
        from charterbook.site.mkdocs_compat.file_watcher import watch

        root = Path(config.config_file_path).parent
        self._watcher = watch(server, root, root / self.config.charter)
        self._follow()
        return server

    def _follow(self) -> None:
        """Watch the inputs of the last build, whether it succeeded or not."""
        if self._watcher is not None and self._build_state is not None and self._config is not None:
            from charterbook.site.incremental.watch_targets import targets_of

            self._watcher.add(targets_of(self._config, parents(self._config)))
            scope = self._build_state.states.scope
            inputs = inputs_of(recording.record(), scope) | getattr(self._site_build, "inputs", frozenset())
            self._watcher.add(scope.places(inputs))


def _as_plugin_error(error: CharterbookError) -> PluginError:
    """A user's mistake as an error that MkDocs reports."""
    return PluginError("\n".join(map(escape_terminal, str(error).splitlines())))

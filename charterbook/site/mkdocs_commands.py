"""Build and serve commands for Charterbook's command line."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import socket
from pathlib import Path
from typing import Any, cast

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException

from charterbook.errors import CharterbookError, SettingsError
from charterbook.folders import resolved_path
from charterbook.frozen_dataclass import dataclass
from charterbook.site.author_errors import code_error
from charterbook.site.config_check import ADD_MACROS
from charterbook.site.mkdocs_compat.builds import build, command_line_log, load_config, new_plugins, serve
from charterbook.site.mkdocs_compat.late_imports import late_imports
from charterbook.site.plugin import CharterbookPlugin
from charterbook.site.timings import enabled
from charterbook.terminal import note

#: Error codes for an address at which this process cannot serve.
_ADDRESS = (errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EACCES, errno.EPERM)

_NO_SERVER = "the server cannot start: {}. Name another address with --dev-addr."


@dataclass(frozen=True)
class GroupSite:
    """The site of a group of readers: its folder, and its address, if any."""

    group: str
    site_dir: Path
    site_url: str | None


def build_site(
    config_file: Path,
    site_dir: Path | None,
    *,
    strict: bool | None,
    timings: bool,
    level: str | None = None,
    site: GroupSite | None = None,
) -> bool:
    """Build the site of a mkdocs.yml, or of a group; False after a logged mistake in the handbook.

    `strict` is None for what mkdocs.yml says; `level` is that of the least severe messages, INFO by default. Raises
    SettingsError if mkdocs.yml cannot be used, CharterbookError if the site cannot be written.
    """
    with (
        command_line_log(level) as printed,
        new_plugins(),
        enabled() if timings else contextlib.nullcontext(),
    ):
        config = _config(config_file, site_dir, strict=strict, site=site)
        if config.strict:
            printed.setLevel(min(printed.level, logging.WARNING))
        return _build(config)


def rebuild_site(config_file: Path, site_dir: Path, site: GroupSite | None) -> bool:
    """Build the site of a mkdocs.yml, or of a group, into a folder, without any cache.

    Returns and raises like `build_site`.
    """
    with command_line_log(), new_plugins():
        config = _config(config_file, site_dir, strict=False, site=site)
        config.plugins["charterbook"].config["cache"] = False
        return _build(config)


def serve_site(
    config_file: Path, dev_addr: str | None, *, open_in_browser: bool, strict: bool | None, level: str | None
) -> bool:
    """Serve the site of a mkdocs.yml until interrupted; False if it could not be built.

    `strict` and `level` are as in `build_site`. Raises SettingsError if mkdocs.yml cannot be used, CharterbookError if
    the address cannot.
    """
    options: dict[str, Any] = {"dev_addr": dev_addr, "strict": strict}
    try:
        with command_line_log(level):
            serve(str(config_file), open_in_browser=open_in_browser, **options)
    except Abort as error:
        note(str(error))
        return False
    except (MkDocsException, SystemExit) as error:
        raise SettingsError(f"{config_file} cannot be used: {error}") from error
    except OverflowError as error:
        raise CharterbookError(_NO_SERVER.format(str(error).rstrip("."))) from error
    except OSError as error:
        if error.filename is None and (isinstance(error, socket.gaierror) or error.errno in _ADDRESS):
            raise CharterbookError(_NO_SERVER.format(error.strerror)) from error
        raise
    return True


def _config(
    file: Path, site_dir: Path | None, *, strict: bool | None, site: GroupSite | None = None
) -> MkDocsConfig:
    folder = site.site_dir if site else site_dir
    options = {"site_dir": str(folder)} if folder else {}
    # MkDocs itself does not record the path if standard input is closed.
    path = os.path.normpath(file.absolute())
    try:
        with late_imports():
            config = load_config(path, config_file_path=path, strict=strict, **options)
    except (MkDocsException, SystemExit) as error:
        raise SettingsError(f"{file} cannot be used: {error}") from error
    except Exception as error:
        words = code_error(error, resolved_path(path).parent)  # of a hook, which MkDocs imports
        if words is None:
            raise
        raise SettingsError(words) from error
    if "charterbook" not in config.plugins:
        raise SettingsError(
            f"{file}: plugins does not list charterbook: this would be a site without the charter. Add `- charterbook` to "
            f"plugins{'' if 'macros' in config.plugins else f', and after it {ADD_MACROS}'}."
        )
    if site is not None:
        config.site_url = site.site_url or ""
        cast(CharterbookPlugin, config.plugins["charterbook"]).build_for(site.group)
    return config


def _build(config: MkDocsConfig) -> bool:
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    except Abort as error:
        note(str(error))
        return False
    except SystemExit as error:
        if isinstance(error.code, str):
            note(error.code)
        return False
    except MkDocsException as error:
        raise CharterbookError(str(error)) from error
    finally:
        config.plugins.on_shutdown()
    return True

"""The handbook of a command: the one of the option --config-file, or the one in the current folder."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from charterbook.errors import CharterbookError
from charterbook.frozen_dataclass import dataclass
from charterbook.problems import escape_terminal
from charterbook.terminal import note

if TYPE_CHECKING:
    from charterbook.history import History
    from charterbook.settings import Settings

UNREADABLE = "{} cannot be read at present; run `charterbook check` to see why."
_NOT_HERE = (
    "there is no {} here. Run this in the folder of mkdocs.yml, or start a handbook with `charterbook new`."
)

#: The end of the name of a YAML file, also if an editor or a system has added `.txt`.
_EXTENSION = re.compile(r"\.ya?ml(?:\.txt)?\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Handbook:
    """A handbook on disk. `config_file` is the given mkdocs.yml, None for the one in the current folder.

    `group` is the group of readers that the handbook is for, None for the whole charter.
    """

    config_file: Path | None
    group: str | None = None

    @property
    def folder(self) -> Path:
        """The folder of mkdocs.yml."""
        return self.config_file.parent if self.config_file else Path()

    @cached_property
    def settings(self) -> Settings:
        """The settings of mkdocs.yml. Raises SettingsError."""
        from charterbook.settings import read_settings

        return read_settings(self.folder, self.config_file, self.group)

    def seen_by(self, group: str | None) -> Handbook:
        """The handbook as a group sees it."""
        return replace(self, group=group)

    @property
    def charter(self) -> Path:
        """The path of the charter, even if the file does not exist. Raises SettingsError."""
        return self.folder / self.settings.charter

    def existing_charter(self) -> Path:
        """The charter's file. Raises CharterbookError if it does not exist, or is a pipe or a device."""
        if not self.charter.exists():
            raise self.missing(self.settings.charter)
        if not self.charter.is_file() and not self.charter.is_dir():
            raise CharterbookError(f"{self.charter} is not a file.")
        return self.charter

    def mkdocs_file(self) -> Path:
        """The handbook's mkdocs.yml. Raises CharterbookError if there is none."""
        from charterbook.mkdocs_yml import settings_file

        found = self.config_file or settings_file(self.folder)
        if found is None:
            raise self.missing("mkdocs.yml")
        return found

    def missing(self, name: str) -> CharterbookError:
        """The error for a missing file of the handbook."""
        similar = self._similar(name)
        if self.config_file:
            return CharterbookError(
                f"there is no {self.folder / name}, though {self.config_file} names it.{similar}"
            )
        return CharterbookError(f"{_NOT_HERE.format(name)}{similar}")

    def _similar(self, name: str) -> str:
        """A sentence about a file whose name differs in case or extension alone; empty without one."""
        path = self.folder / name
        try:
            names = sorted(entry.name for entry in path.parent.iterdir() if entry.is_file())
        except OSError:
            return ""
        stem = path.stem.casefold()
        near = next(
            (one for one in names if one.casefold().split(".")[0] == stem and _EXTENSION.search(one)), None
        )
        return "" if near is None else f" There is a file {escape_terminal(near)}: rename it to {path.name}."

    def history(self) -> History:
        """The charter's history, after printing its warnings. Raises CharterbookError without a charter."""
        from charterbook.history import read_history

        history = read_history(self.folder, self.settings)
        for warning in history.warnings:
            warn(warning)
        if history.draft_problems:
            warn(UNREADABLE.format(self.charter))
        elif not history.versions and history.draft is None:
            raise self.missing(self.settings.charter)
        return history


def warn(message: str) -> None:
    """Show a warning on standard error."""
    note(f"charterbook: warning: {escape_terminal(message)}")


def _from_option(ctx: click.Context, _parameter: click.Parameter, value: Path | None) -> Handbook:
    if value is not None and not value.is_file():
        raise click.BadParameter(f"{escape_terminal(str(value))!r} is not a file.")
    if value is None:
        ctx.meta[_ABOVE] = _nearest_above()
    return Handbook(value)


def _nearest_above() -> Path | None:
    """The nearest mkdocs.yml above a current folder without one, as a relative path for use in a command.

    Raises CharterbookError if the current folder was removed.
    """
    from charterbook.mkdocs_yml import settings_file

    try:
        current = Path.cwd()
    except FileNotFoundError as error:
        raise CharterbookError("the current folder does not exist any more.") from error
    found = next((file for folder in (current, *current.parents) if (file := settings_file(folder))), None)
    return None if found is None or found.parent == current else Path(os.path.relpath(found))


_ABOVE = "charterbook.cli.handbook.above"


def advice(ctx: click.Context) -> str:
    """Text to append to an error in a folder without mkdocs.yml; usually empty."""
    above = ctx.meta.get(_ABOVE)
    return f" There is no mkdocs.yml in this folder, but one above it: add -f {above}." if above else ""


config_file = click.option(
    "-f",
    "--config-file",
    "book",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    callback=_from_option,
    help="The handbook's mkdocs.yml, if it is not in this folder.",
)


def _group(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    from charterbook.setting_entries import is_group

    if value is not None and not is_group(value):
        raise click.BadParameter(f"{escape_terminal(value)!r} is not the id of a group.")
    return value


for_group = click.option(
    "--for", "group", metavar="GROUP", callback=_group, help="Only the parts visible to this group."
)

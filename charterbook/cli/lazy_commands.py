"""Lazy import of commands: a command runs without importing the others."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence
from importlib import import_module
from keyword import iskeyword

import click


class LazyCommands(MutableMapping[str, click.Command]):
    """Commands by name, each imported from the module NAME_command of a package on its first use.

    The function of a command has its name, with an underscore after a keyword of Python: `import_`.
    """

    def __init__(self, package: str, names: Sequence[str]) -> None:
        self._package = package
        self._commands: dict[str, click.Command | None] = dict.fromkeys(names)

    def __getitem__(self, name: str) -> click.Command:
        """The command of this name. Raises KeyError."""
        command = self._commands[name]
        if command is None:
            module = import_module(f"{self._package}.{name}_command")
            command = self._commands[name] = getattr(module, f"{name}_" if iskeyword(name) else name)
        assert isinstance(command, click.Command)
        return command

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._commands[name] = command

    def __delitem__(self, name: str) -> None:
        del self._commands[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._commands)

    def __len__(self) -> int:
        return len(self._commands)

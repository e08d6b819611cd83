"""Changes from the command line, with the current old values of the charter."""

from __future__ import annotations

from typing import Any

from charterbook.charter.model_shape import Shape
from charterbook.diff import plain
from charterbook.diff.change import key_name
from charterbook.errors import CharterbookError
from charterbook.load.collector import ProblemCollector
from charterbook.load.compose import compose_data
from charterbook.load.decode import decode_text
from charterbook.load.yaml_scalars import resolve as resolve_scalar
from charterbook.problems import escape_terminal
from charterbook.propose.charter_file import read_charter_file
from charterbook.propose.paths import PathError, ResolvedPath, resolve, value_at
from charterbook.propose.proposal import ProposedChange
from charterbook.propose.proposal_messages import problem
from charterbook.propose.rename import rename
from charterbook.suggestions import question


class CommandLineEdits:
    """Edits of one charter, given as the bytes of its file. Raises CharterError if it has errors."""

    def __init__(self, data: bytes, file: str) -> None:
        original = read_charter_file(data, file)
        self._language = original.charter.language
        self._data = original.written
        self._plain = plain(original.charter)

    def set(self, option: str) -> ProposedChange:
        """The change for `path=value`. Raises CharterbookError."""
        path, sign, text = option.partition("=")
        if not sign:
            raise CharterbookError(f"--set {escape_terminal(option)}: expected PATH=VALUE")
        found = self._find(path)
        new = self._value(path, found, text)
        if found.is_element and isinstance(new, dict):
            new = {key_name(str(found.at[-2])): self._key(found)} | new
        return ProposedChange(path, self._present(found), new)

    def remove(self, path: str) -> ProposedChange:
        """The change that removes a value or an item. Raises CharterbookError."""
        found = self._find(path)
        old = self._present(found)
        if old is None or old == []:
            near = question(str(found.at[-1]), self._beside(found))
            raise CharterbookError(f"--remove {escape_terminal(path)}: there is nothing to remove.{near}")
        return ProposedChange(path, old, None)

    def rename(self, option: str) -> list[ProposedChange]:
        """The changes for `kind/old=new`: the id, `was`, and all references. Raises CharterbookError."""
        return rename(option, self._data)

    def _find(self, path: str) -> ResolvedPath:
        try:
            return resolve(path, self._data)
        except PathError as error:
            message = problem(self._language, error.rule, (1, 1), error.advice, **error.facts)
            raise CharterbookError(f"{escape_terminal(path)}: {message.words}") from error

    def _present(self, resolved: ResolvedPath) -> Any:
        """The current value as written, else the default."""
        if resolved.is_element and isinstance(resolved.at[-1], str):
            return None
        written = value_at(self._data, resolved.at)
        value = written if written is not None else value_at(self._plain, resolved.at)
        return None if value == [] else value

    def _beside(self, resolved: ResolvedPath) -> list[str]:
        """The ids of the items of a list, or the keys of a mapping, that has a path."""
        inside = value_at(self._data, resolved.at[:-1])
        if isinstance(inside, dict):
            return list(inside)
        name = key_name(str(resolved.at[-2]))
        return [str(one.get(name)) for one in inside or () if isinstance(one, dict)]

    def _key(self, resolved: ResolvedPath) -> str:
        if isinstance(resolved.at[-1], str):
            return resolved.at[-1]
        return str(value_at(self._data, resolved.at)[key_name(str(resolved.at[-2]))])

    def _value(self, path: str, resolved: ResolvedPath, text: str) -> Any:
        """A text unchanged, everything else parsed as YAML."""
        if resolved.shape.is_text and not resolved.shape.is_list:
            return text
        if not _has_inside(resolved.shape):
            return resolve_scalar(text.strip()).value
        report = ProblemCollector(self._language)
        decoded = decode_text(text.encode("utf-8", "surrogateescape"), report)
        value = compose_data(decoded, report)[0] if decoded is not None else None
        if problems := report.problems():
            raise CharterbookError(f"--set {escape_terminal(path)}: {problems[0].words}")
        return value


def _has_inside(shape: Shape) -> bool:
    return shape.is_list or shape.part is not None

"""The front matter of a page of docs/, and the keys in it that have a meaning for Charterbook."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import yaml

from charterbook.errors import CharterbookError
from charterbook.frozen_dataclass import dataclass
from charterbook.load.other_yaml import YamlFault, syntax_fault
from charterbook.setting_entries import is_docs_path
from charterbook.suggestions import closest

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?\r?\n)?---[ \t]*(\r?\n|\Z)", re.DOTALL)
_FIRST_KEY = re.compile(
    r"(?:[ \t]*(?:#.*)?\r?\n)*[ \t]*(?:\{|[\w.-]+[ \t]*:|\"[^\"\n]*\"[ \t]*:|'[^'\n]*'[ \t]*:)"
)

#: The keys with a meaning for Charterbook.
_KEYS = ("section", "for_each", "requires", "order", "redirect_from")
#: The keys of two words without what separates these.
_SPELLED = {key.replace("_", ""): key for key in _KEYS if "_" in key}
_UNCLOSED = re.compile(rf"\A\ufeff?---[ \t]*\r?\n(?:[^\n]*\n){{0,9}}?(?:{'|'.join(_KEYS)}):")


def front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The front matter of a Markdown text and the text without it. Raises yaml.YAMLError.

    As in MkDocs, text between two rulers at its beginning is none; this does not begin with a key.
    """
    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}, text
    try:
        data = yaml.safe_load(match.group(1) or "")
    except yaml.YAMLError:
        if _FIRST_KEY.match(match.group(1)):
            raise
        return {}, text
    return (data if isinstance(data, dict) else {}), text[match.end() :]


def front_matter_fault(text: str, error: yaml.YAMLError) -> YamlFault:
    """The place in a page at which its front matter is no YAML, and the reason in words."""
    found = _FRONT_MATTER.match(text)
    fault = syntax_fault((found[1] or "") if found else "", error)
    return fault._replace(line=fault.line + 1)


@dataclass(frozen=True)
class PageKeys:
    """The keys of the front matter of a page: `source` is its path in docs/, `text` the whole page.

    All methods raise CharterbookError, with the place of the mistake.
    """

    source: str
    text: str
    values: dict[str, Any]

    def check(self) -> None:
        """Refuse a key that is spelled in another way, an order that is no number, and front matter without an end."""
        if _FRONT_MATTER.match(self.text) is None and _UNCLOSED.match(self.text):
            words = "the front matter that begins here has no end; add a line with --- below its last key"
            raise CharterbookError(f"docs/{self.source}:1:1: {words}")
        for key in self.values:
            known = _SPELLED.get(re.sub(r"[\W_]", "", str(key)).lower())
            if known is not None and key != known and known not in self.values:
                raise self._mistake(str(key), f"did you mean {known}?")
        order = self.values.get("order")
        if order is not None and (isinstance(order, bool) or not isinstance(order, int | float)):
            raise self._mistake("order", f"{order!r} is not a number, such as 2.")

    def order(self) -> float | None:
        """The place among the pages of docs/; None for the place by path."""
        order = self.values.get("order")
        return float(order) if isinstance(order, int | float) else None

    def one_of(self, key: str, known: Iterable[str]) -> str | None:
        """The value of a key that has a closed list of values; None without the key."""
        value = self.values.get(key)
        if value is None:
            return None
        if value not in known:
            raise self._mistake(key, f"{value!r} cannot be used; {closest(value, known)}")
        return str(value)

    def former_paths(self) -> tuple[str, ...]:
        """The former paths of the page in docs/."""
        value = self.values.get("redirect_from", [])
        paths = [value] if isinstance(value, str) else value
        if not isinstance(paths, list) or not all(is_docs_path(path) for path in paths):
            own = f"{value.strip('/')}.md" if isinstance(value, str) else ""
            example = own if is_docs_path(own) else "old-page.md"
            words = f"{value!r} is not the path of a former page, such as {example}, or a list of them."
            raise self._mistake("redirect_from", words)
        return tuple(paths)

    def _mistake(self, key: str, words: str) -> CharterbookError:
        found = _FRONT_MATTER.match(self.text)
        lines = (found[1] or "").splitlines() if found else []
        number = next((index for index, line in enumerate(lines) if line.startswith(key)), None)
        place = f":{number + 2}:1" if number is not None else ""
        return CharterbookError(f"docs/{self.source}{place}: {key}: {words}")

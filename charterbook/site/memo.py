"""Cache for values in templates."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any


class Memo:
    """A cache for templates, called with a key and the function that computes the value."""

    def __init__(self) -> None:
        self._made: dict[Hashable, Any] = {}

    def __call__(self, key: Hashable, make: Callable[..., Any], *arguments: Any) -> Any:
        """The value for this key; `make` is called with the arguments the first time."""
        if key not in self._made:
            self._made[key] = make(*arguments)
        return self._made[key]

"""The standard decorator of dataclasses, with methods that frozen classes share.

Python compiles six functions for each frozen dataclass: for the classes that a build imports, this takes as long as
building eight pages. Here only `__init__` is compiled, and mypy alone forbids to assign to an attribute.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["dataclass"]

T = TypeVar("T")

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls=None, **options):
        """A dataclass with the options of the standard library."""
        if cls is None and options == {"frozen": True}:
            return _with_shared_methods
        return dataclasses.dataclass(cls, **options)


def _with_shared_methods(cls: type[T]) -> type[T]:
    made = dataclasses.dataclass(eq=False, repr=False)(cls)
    compared = [field.name for field in dataclasses.fields(made) if field.compare]  # type: ignore[arg-type]
    shared: dict[str, Any] = {"__eq__": _equal, "__hash__": _hash, "__repr__": _repr}
    for name, method in shared.items():
        if name not in cls.__dict__:
            setattr(made, name, method)
    made._compared = attrgetter(*compared) if compared else staticmethod(_nothing)  # type: ignore[attr-defined]
    return made


def _nothing(_instance: object) -> tuple[()]:
    """Compared values of a class without fields."""
    return ()


def _equal(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return self._compared(self) == self._compared(other)


def _hash(self: Any) -> int:
    return hash(self._compared(self))


def _repr(self: Any) -> str:
    shown = (field.name for field in dataclasses.fields(self) if field.repr)
    return f"{self.__class__.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

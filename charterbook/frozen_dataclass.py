"""A `dataclass` decorator that shares compiled methods between frozen classes.

Python compiles six functions for each frozen dataclass: for the classes that a build imports, this takes as long as
building eight pages. Here, classes with the same number of fields share one compiled `__init__`, in which only the
names differ. Only mypy forbids assigning to an attribute.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import dropwhile
from operator import attrgetter
from types import CodeType, FunctionType
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
    shares = all(map(_is_plain, _fields_of(cls)))
    made = dataclasses.dataclass(eq=False, repr=False, init=not shares)(cls)
    if shares:
        setattr(made, "__init__", _init(made, dataclasses.fields(made)))  # type: ignore[arg-type]  # noqa: B010
    compared = [field.name for field in dataclasses.fields(made) if field.compare]  # type: ignore[arg-type]
    shared: dict[str, Any] = {"__eq__": _equal, "__hash__": _hash, "__repr__": _repr}
    for name, method in shared.items():
        if name not in cls.__dict__:
            setattr(made, name, method)
    made._compared = attrgetter(*compared) if compared else staticmethod(_nothing)  # type: ignore[attr-defined]
    return made


def _fields_of(cls: type[Any]) -> Iterator[Any]:
    """Annotations and defaults of a class to be decorated, and the fields of its bases."""
    annotations = inspect.get_annotations(cls)
    yield from annotations.values()
    yield from (cls.__dict__.get(name) for name in annotations)
    for base in cls.__mro__[1:]:
        yield from getattr(base, "__dataclass_fields__", {}).values()


def _is_plain(value: Any) -> bool:
    """Whether a field is plain: a name, perhaps with a default."""
    if isinstance(value, dataclasses.Field):
        return bool(value.init) and value.default_factory is dataclasses.MISSING and value.kw_only is not True
    return not any(word in repr(value) for word in ("InitVar", "KW_ONLY"))


def _init(made: type[Any], fields: Sequence[dataclasses.Field[Any]]) -> FunctionType:
    """The method that takes the values of all fields. Raises TypeError if a default comes too early."""
    optional = list(dropwhile(lambda field: field.default is dataclasses.MISSING, fields))
    if any(field.default is dataclasses.MISSING for field in optional):
        raise TypeError(f"{made.__qualname__}: a field without a default follows one with a default")
    names = tuple(field.name for field in fields)
    ends = ("__post_init__",) if hasattr(made, "__post_init__") else ()
    code = _code(len(fields), bool(ends)).replace(co_varnames=("self", *names), co_names=(*names, *ends))
    init = FunctionType(code, globals(), "__init__", tuple(field.default for field in optional))
    init.__qualname__ = f"{made.__qualname__}.__init__"
    init.__annotations__ = {field.name: field.type for field in fields} | {"return": None}
    return init


@cache
def _code(count: int, is_checked: bool) -> CodeType:
    """The code of a method that sets this number of attributes, each named like a parameter."""
    names = [f"field_{index}" for index in range(count)]
    lines = [f"self.{name} = {name}" for name in names] + ["self.__post_init__()"] * is_checked
    scope: dict[str, Any] = {}
    exec(f"def __init__({', '.join(['self', *names])}):\n {'; '.join(lines) or 'pass'}", scope)  # noqa: S102
    code: CodeType = scope["__init__"].__code__
    return code


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

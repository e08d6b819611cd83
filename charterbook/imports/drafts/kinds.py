"""The kinds of items that an import finds, each with the path of its list and its class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from charterbook.charter.base import Part
from charterbook.charter.model_shape import Shape, shape_at

#: The path of the list of each kind.
PATHS: Mapping[str, tuple[str, ...]] = {
    **{
        kind: (kind,)
        for kind in ("services", "audiences", "metrics", "objectives", "roles", "partners", "platforms")
    },
    **{kind: (kind,) for kind in ("roadmap", "risks", "decisions", "glossary")},
    "sources": ("funding", "sources"),
    **{kind: ("scope", kind) for kind in ("out", "later", "shared")},
    **{kind: ("intake", kind) for kind in ("routes", "priorities")},
    **{kind: ("review", kind) for kind in ("sign_offs", "actions")},
    "service_levels": ("services", "service_levels"),
}


def model_of(kind: str) -> type[Part]:
    """The class of the items of a kind."""
    path = ("services", 0, "service_levels") if kind == "service_levels" else PATHS[kind]
    return cast("type[Part]", cast("Shape", shape_at(path)).part)

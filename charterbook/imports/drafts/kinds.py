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

#: Paths of headings that mean a list of items -> the kind of the items.
LISTS = {
    "services": "services",
    "audiences": "audiences",
    "funding.sources": "sources",
    "metrics": "metrics",
    "metrics.leading": "metrics",
    "metrics.lagging": "metrics",
    "objectives": "objectives",
    "roles": "roles",
    "partners": "partners",
    "platforms": "platforms",
    "roadmap": "roadmap",
    "risks": "risks",
    "decisions": "decisions",
    "glossary": "glossary",
    "scope.out": "out",
    "scope.later": "later",
    "scope.shared": "shared",
    "intake.routes": "routes",
    "intake.priorities": "priorities",
    "review.sign_offs": "sign_offs",
    "review.actions": "actions",
    "service_levels": "service_levels",
}
#: The kind of the items in a section without a heading for them.
DEFAULT_KINDS = {"funding": "sources", "intake": "routes", "review": "sign_offs"}


def model_of(kind: str) -> type[Part]:
    """The class of the items of a kind."""
    path = ("services", 0, "service_levels") if kind == "service_levels" else PATHS[kind]
    return cast("type[Part]", cast("Shape", shape_at(path)).part)

"""Folder of Material's templates, for templates that override them, and the colours of its stylesheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import material
from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, PrefixLoader

#: The folder of Material's templates.
MATERIAL = Path(material.__file__).parent / "templates"

_PRIMARY = re.compile(r"\[data-md-color-primary=([a-z-]+)\]\{[^}]*--md-primary-fg-color:(#[0-9a-f]{6})\b")


def add_prefix(env: Environment, loader: BaseLoader | None = None) -> None:
    """Make Material's own templates available under `material/`, despite overrides."""
    own = loader or FileSystemLoader(MATERIAL)
    assert env.loader is not None
    env.loader = ChoiceLoader([env.loader, PrefixLoader({"material": own})])


@cache
def primary_colours() -> Mapping[str, str]:
    """The primary colours of Material's palette by name, as #rrggbb."""
    palette = next(MATERIAL.glob("assets/stylesheets/palette.*.min.css")).read_text(encoding="utf-8")
    return dict(_PRIMARY.findall(palette))

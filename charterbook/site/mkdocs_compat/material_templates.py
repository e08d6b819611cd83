"""Folder of Material's templates, for templates that override them."""

from __future__ import annotations

from pathlib import Path

import material
from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, PrefixLoader

#: The folder of Material's templates.
MATERIAL = Path(material.__file__).parent / "templates"


def add_prefix(env: Environment, loader: BaseLoader | None = None) -> None:
    """Make Material's own templates available under `material/`, despite overrides."""
    own = loader or FileSystemLoader(MATERIAL)
    assert env.loader is not None
    env.loader = ChoiceLoader([env.loader, PrefixLoader({"material": own})])

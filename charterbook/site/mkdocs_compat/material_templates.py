"""Where Material's templates are, for templates that stand in place of them."""

from __future__ import annotations

from pathlib import Path

import material
from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, PrefixLoader

#: The folder of Material's templates.
MATERIAL = Path(material.__file__).parent / "templates"


def add_prefix(env: Environment, loader: BaseLoader | None = None) -> None:
    """Have templates find Material's own, whatever stands in their place, under `material/`."""
    own = loader or FileSystemLoader(MATERIAL)
    assert env.loader is not None
    env.loader = ChoiceLoader([env.loader, PrefixLoader({"material": own})])

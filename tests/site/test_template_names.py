"""The names that Charterbook's own templates can use are documented in one place."""

from __future__ import annotations

import re

from jinja2 import Environment

from charterbook.site.render import environment as module
from charterbook.site.render.environment import environment
from charterbook.site.render.renderer import PageRenderer
from charterbook.site.render.views import ForgeLinks
from tests.site.editions import edition

#: Names that only the environment itself uses.
INTERNAL = {"template_state"}


def test_all_names_of_templates_are_documented() -> None:
    """In the docstring of the module that makes the environment; it names no others."""
    entries = [line.partition(": ")[0] for line in (module.__doc__ or "").splitlines() if line[:2] == "- "]
    documented = {re.split(r"\W", name)[0] for entry in entries for name in re.findall("`([^`]+)`", entry)}
    env, plain = environment("en"), Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    of_version = PageRenderer(edition({}), ForgeLinks(None))._context
    names = (env.globals.keys() | {"_"}) - (plain.globals.keys() - {"_"})
    filters = env.filters.keys() - plain.filters.keys()
    assert documented == {*names, *filters, *of_version, "page", "item"} - INTERNAL

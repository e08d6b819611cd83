"""The names that Charterbook's own templates can use are documented in one place."""

from __future__ import annotations

import re

from jinja2 import Environment, meta, nodes

from charterbook.site.render import environment as module
from charterbook.site.render.environment import environment
from charterbook.site.render.renderer import PageRenderer
from charterbook.site.render.views import ForgeLinks
from tests.site.editions import edition

#: Names that a template has from its caller or from the template that includes it; those at the root have their own.
FROM_OUTSIDE = {
    "blocks/key_metrics.html": {"limit"},
    "by-hand.html": {"way"},
    "timeline.html": {"timeline"},
}

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


def test_every_name_in_a_template_exists() -> None:
    """It is documented, or the template sets it: also in branches that few charters reach."""
    env = environment("en")
    known = {
        *env.globals,
        *PageRenderer(edition({}), ForgeLinks(None))._context,
        "page",
        "item",
        "_",
        "_trans",
    }
    assert env.loader is not None
    unknown = {}
    for name in env.list_templates(filter_func=lambda name: name.endswith(".html") and name[:5] != "root/"):
        tree = env.parse(env.loader.get_source(env, name)[0])
        own = {found.name for found in tree.find_all(nodes.Name) if found.ctx != "load"}
        own |= {found.name for found in tree.find_all(nodes.Macro)}
        own |= {found.target for found in tree.find_all(nodes.Import)}
        unknown[name] = meta.find_undeclared_variables(tree) - known - own - FROM_OUTSIDE.get(name, set())
    assert unknown.keys() >= FROM_OUTSIDE.keys()
    assert {name: names for name, names in unknown.items() if names} == {}

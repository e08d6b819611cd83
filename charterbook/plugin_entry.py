"""Validation of the place of Charterbook's settings in mkdocs.yml: below the entry of the plugin, once."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from charterbook.setting_values import OPTIONS

#: The name of the plugin.
PLUGIN = "charterbook"

#: The keys of an entry in mkdocs.yml, and its error.
EntryFault = tuple[tuple[str, ...], str]


def plugin_fault(config: dict[str, Any]) -> EntryFault | None:
    """The first error in where mkdocs.yml has the settings; None for a file without the plugin and its settings."""
    return next(_faults(config), None)


def _faults(config: dict[str, Any]) -> Iterator[EntryFault]:
    for key in map(str, config):
        if key != key.strip():
            words = "this line is indented with characters that are not plain spaces. Delete them, and type spaces."
            yield (key,), f"{key.strip()}: {words}"
    plugins = config.get("plugins")
    if plugins is not None and not isinstance(plugins, list | dict):
        yield (
            ("plugins",),
            f"plugins: expected a list, found {plugins!r}. Write it on its own line: - {plugins}",
        )
        return
    mapping = plugins if isinstance(plugins, dict) else {}
    entries = plugins if isinstance(plugins, list) else [{key: value} for key, value in mapping.items()]
    names = [str(name) for entry in entries for name in (entry if isinstance(entry, dict) else [entry])]
    if names.count(PLUGIN) > 1:
        yield (
            ("plugins",),
            f"plugins: {PLUGIN} is listed twice. Put all of its settings below one of the two.",
        )
    for entry in entries:
        if isinstance(entry, dict) and PLUGIN in entry:
            yield from _faults_of_entry(entry)
    folded = {name.lower(): name for name in names}
    if PLUGIN not in names and (near := difflib.get_close_matches(PLUGIN, folded, n=1, cutoff=0.8)):
        name = folded[near[0]]
        yield ("plugins", name), f"plugins: {name}: there is no plugin of this name; did you mean {PLUGIN}?"
    for key in config:
        if key in OPTIONS:
            yield (
                (str(key),),
                f"{key}: this is a setting of the plugin. Move the line below `- {PLUGIN}:` under plugins, indented by six spaces.",
            )


def _faults_of_entry(entry: dict[str, Any]) -> Iterator[EntryFault]:
    options, others = entry[PLUGIN], [key for key in entry if key != PLUGIN]
    if others:
        words = f"this is beside {PLUGIN}, not below it. Indent it by two more spaces."
        yield ("plugins", str(others[0])), f"plugins: {', '.join(map(str, others))}: {words}"
    elif isinstance(options, list):
        words = "the settings are a list. Delete the hyphens before them, and begin all in the same column."
        yield ("plugins", PLUGIN), f"plugins: {PLUGIN}: {words}"
    elif options is not None and not isinstance(options, dict):
        words = f"expected settings with values, found {options!r}. Write each on its own line, such as period: quarter."
        yield ("plugins", PLUGIN), f"plugins: {PLUGIN}: {words}"

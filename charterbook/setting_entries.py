"""Validation of settings with many entries, such as `owners` and `rules`, without the charter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from charterbook.folders import resolved_path
from charterbook.log_settings import log_setting_fault
from charterbook.suggestions import closest

#: The severities of changes, repeated from the higher layer `charterbook.compare`.
SEVERITIES = ("commitment", "meaning", "wording", "order")
#: The severities of rules, repeated from `charterbook.rules`, which depends on charters.
LEVELS = ("error", "warning", "hint", "off")

#: The suffixes of Markdown files in MkDocs.
MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")

#: A source in a Content-Security-Policy: ASCII without characters that end it, a directive, an attribute or a quoted string.
_SOURCE = re.compile(r"[!#-+\--:=?-\[\]-~]+")
#: The id of a role, or its name as one word in a charter without a list of roles.
_ROLE = re.compile(r"\w[\w.-]*")
#: The id of a group of readers.
_GROUP = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
#: An account or a team: `@anna`, `@our-team/enablement`, or a role's id as in `owners`.
_HANDLE = re.compile(r"@?[A-Za-z0-9][A-Za-z0-9_./-]{0,98}")


def entry_faults(key: str, value: dict[Any, Any]) -> Iterator[tuple[Any, str]]:
    """The invalid entries of a setting, by name, each with the reason."""
    for name, given in value.items():
        fault = (
            log_setting_fault(name, given) if key == "promises" else _NAMES[key](name) or _entry(key, given)
        )
        if fault:
            yield name, fault


def _entry(key: str, given: Any) -> str | None:
    """The error in the value of an entry."""
    if key == "content_security_policy":
        return _sources_fault(given)
    if key == "redirects":
        return _docs_path_fault(given)
    if key in _LEVELS_OF:
        level, levels = level_of(given), _LEVELS_OF[key]
        return None if level in levels else f"{level!r} cannot be used; {closest(level, levels)}"
    words = given if isinstance(given, list) else [given]
    form, allowed = (_HANDLE, "an account such as @anna") if key == "handles" else (_ROLE, "the id of a role")
    if words and all(isinstance(word, str) and form.fullmatch(word) for word in words):
        return None
    return f"{given!r} cannot be used; allowed: {allowed}, or a list of several"


#: The roles of columns in a file of figures.
FIGURE_COLUMNS = ("metric", "day", "value", "note")


def figure_faults(value: dict[Any, Any]) -> Iterator[tuple[tuple[Any, ...], str]]:
    """The invalid entries of the setting `figures`, by their keys, each with the reason."""
    for key, entries in value.items():
        if key not in ("columns", "metrics"):
            yield (key,), f"there is no such key; {closest(key, ('columns', 'metrics'))}"
        elif entries is not None and not isinstance(entries, dict):
            yield (key,), f"{entries!r} cannot be used; allowed: names, each with a value"
        else:
            for name, given in (entries or {}).items():
                if fault := _column_fault(name, given) if key == "columns" else _figure_fault(name, given):
                    yield (key, name), fault


def _column_fault(role: Any, name: Any) -> str | None:
    if role not in FIGURE_COLUMNS:
        return f"there is no such column; {closest(role, FIGURE_COLUMNS)}"
    return None if isinstance(name, str) and name.strip() else f"{name!r} is not the name of a column"


def _figure_fault(name: Any, id_: Any) -> str | None:
    if not isinstance(name, str) or not name.strip():
        return f"{name!r} is not a name; put it in quotes"
    fits = id_ is False or (isinstance(id_, str) and id_.strip())
    return None if fits else f"{id_!r} cannot be used; allowed: the id of a metric, or false to leave it out"


#: The parts of commit messages that can be published.
COMMIT_MESSAGES = ("full", "subject", "none")
#: The settings of the handbook for a group.
SITE_KEYS = ("site_dir", "site_url", "commit_messages", "authors")


def site_faults(value: dict[Any, Any]) -> Iterator[tuple[tuple[Any, ...], str]]:
    """The invalid entries of the setting `sites`, by their keys, each with the reason."""
    for group, given in value.items():
        if not is_group(group):
            yield (group,), f"{group!r} is not the id of a group"
        elif given is not None and not isinstance(given, dict):
            yield (group,), f"{given!r} cannot be used; allowed: {', '.join(SITE_KEYS)}, each with a value"
        else:
            for key, one in (given or {}).items():
                if fault := _site_fault(key, one):
                    yield (group, key), fault


def shared_folders(folder: Path, whole: str, sites: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The groups with a handbook in the folder of a different one, or inside or around such a folder, each with the
    reason.

    `whole` and `sites` are the folders of the sites, relative to `folder`.
    """
    taken = {resolved_path(folder / whole): "the whole handbook"}
    for group, site in sites.items():
        own = resolved_path(folder / site)
        for other, name in taken.items():
            if own.is_relative_to(other) or other.is_relative_to(own):
                relation = "is" if own == other else "is inside" if own.is_relative_to(other) else "holds"
                yield (
                    group,
                    f"{site} {relation} the folder of {name}; allowed: its own folder, such as site-{group}",
                )
                break
        taken.setdefault(own, f"the handbook for {group}")


def is_group(value: Any) -> bool:
    """Whether a value can be the id of a group: it also names a folder."""
    return isinstance(value, str) and _GROUP.fullmatch(value) is not None


def _site_fault(key: Any, given: Any) -> str | None:
    if key not in SITE_KEYS:
        return f"there is no such key; {closest(key, SITE_KEYS)}"
    if key == "authors":
        return None if isinstance(given, bool) else f"{given!r} cannot be used; allowed: true or false"
    if key == "commit_messages":
        return (
            None
            if given in COMMIT_MESSAGES
            else f"{given!r} cannot be used; {closest(given, COMMIT_MESSAGES)}"
        )
    fits = isinstance(given, str) and given.strip() and given.isprintable()
    return None if fits else f"{given!r} cannot be used; allowed: {_SITE_TEXTS[key]}"


_SITE_TEXTS = {"site_dir": "a folder such as site-partners", "site_url": "the address of the published site"}


def level_of(given: Any) -> Any:
    """The severity in an entry. YAML reads `off` as false."""
    return "off" if given is False else given


def without_rules() -> tuple[tuple[str, str], ...]:
    """The setting `rules` with all rules off."""
    from charterbook.rules import RULES

    return tuple((name, "off") for name in RULES)


def _rule_fault(name: Any) -> str | None:
    from charterbook.rules import RULES

    return None if name in RULES else f"there is no rule {name!r}; {closest(name, RULES)}"


def _pattern_fault(name: Any) -> str | None:
    from charterbook.path_patterns import pattern_fault

    return pattern_fault(name) if isinstance(name, str) and name else f"{name!r} is not a pattern of a path"


def _docs_path_fault(path: Any) -> str | None:
    return None if is_docs_path(path) else f"{path!r} is not the path of a page in docs/, such as old-page.md"


def is_docs_path(value: Any) -> bool:
    """Whether a value is the path of a page in docs/, with /."""
    if not isinstance(value, str) or not value.endswith(MARKDOWN) or not value.isprintable():
        return False
    return "\\" not in value and not value.startswith("/") and ".." not in value.split("/")


#: The directives of a Content-Security-Policy.
POLICY_DIRECTIVES = (
    *(
        "base-uri",
        "child-src",
        "connect-src",
        "default-src",
        "font-src",
        "form-action",
        "frame-ancestors",
        "frame-src",
    ),
    *(
        "img-src",
        "manifest-src",
        "media-src",
        "object-src",
        "report-to",
        "report-uri",
        "require-trusted-types-for",
    ),
    *("script-src", "script-src-attr", "script-src-elem", "style-src", "style-src-attr", "style-src-elem"),
    *("trusted-types", "worker-src"),
)


def _directive_fault(name: Any) -> str | None:
    return (
        None
        if name in POLICY_DIRECTIVES
        else f"there is no directive {name!r}; {closest(str(name), POLICY_DIRECTIVES)}"
    )


def _sources_fault(given: Any) -> str | None:
    words = given if isinstance(given, list) else [given]
    if given is False or (words and all(isinstance(word, str) and _SOURCE.fullmatch(word) for word in words)):
        return None
    return f"{given!r} cannot be used; allowed: a source such as https://example.com, a list of several, or false"


def _role_fault(name: Any) -> str | None:
    return None if isinstance(name, str) and _ROLE.fullmatch(name) else f"{name!r} is not the id of a role"


#: The settings with many entries -> the validation of an entry's name.
_NAMES: dict[str, Callable[[Any], str | None]] = {
    "severity": _pattern_fault,
    "owners": _pattern_fault,
    "signers": _pattern_fault,
    "handles": _role_fault,
    "rules": _rule_fault,
    "redirects": _docs_path_fault,
    "content_security_policy": _directive_fault,
}

#: The settings with severities as entries.
_LEVELS_OF = {"severity": SEVERITIES, "rules": LEVELS}

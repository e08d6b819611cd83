"""Validation of the values of settings, one by one, without the charter."""

from __future__ import annotations

import datetime
import difflib
import re
import zoneinfo
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any, get_args

from charterbook.file_names import name_fault
from charterbook.forge import KINDS
from charterbook.setting_entries import (
    COMMIT_MESSAGES,
    LEVELS,
    SEVERITIES,
    entry_faults,
    figure_faults,
    is_group,
    site_faults,
)
from charterbook.suggestions import closest
from charterbook.versions import DRAFT, LATEST, NamedBy, Period, is_version_name

MONTHS = range(1, 13)

#: The keys of a setting, and its error.
SettingFault = tuple[tuple[str, ...], str]


def setting_faults(options: dict[str, Any]) -> list[SettingFault]:
    """The unknown options of the plugin, and the invalid values of known ones."""
    return [*_unknown_options(options), *_unusable(options)]


def _unknown_options(options: dict[str, Any]) -> Iterator[SettingFault]:
    for key in options:
        if key not in OPTIONS:
            yield (str(key),), f"there is no setting of this name; {closest(key, OPTIONS)}"


def _unusable(options: dict[str, Any]) -> Iterator[SettingFault]:
    for key, (allowed, fits) in (ALLOWED | OF_SITE).items():
        value = options.get(key)
        if value is None:
            continue
        if key in _MAPPINGS and isinstance(value, dict):
            yield from (((key, *map(str, names)), fault) for names, fault in _faulty_entries(key, value))
        elif not fits(value):
            yield (key,), f"{value!r} cannot be used; allowed: {allowed}{_hint(key, value)}"
        elif key == "charter" and (fault := name_fault(value)):
            yield (key,), fault


def _hint(key: str, value: Any) -> str:
    """The end of a message: the allowed value that an author probably means; empty if there is none."""
    if key == "timezone":
        near = nearest_zone(value) if isinstance(value, str) else None
    elif key == "fiscal_year_start":
        near = _month(str(value))
    elif key in _REWRITTEN:
        near = _REWRITTEN[key](value)
    else:
        near = next(iter(difflib.get_close_matches(str(value).lower(), _CHOICES.get(key, ()), n=1)), None)
    return f"; did you mean {near}?" if near else ""


def _path_with_slashes(value: Any) -> str | None:
    """A path of Windows with slashes."""
    path = value.replace("\\", "/").removeprefix("./") if isinstance(value, str) else ""
    return path if "\\" in str(value) and _is_inner_path(path) else None


def _several_addresses(value: Any) -> str | None:
    """Several e-mail addresses in one text, as a list."""
    words = re.split(r"[,; ]+", value.strip()) if isinstance(value, str) else []
    return f"[{', '.join(words)}]" if len(words) > 1 and _are_addresses(words) else None


def _address_below_version(value: Any) -> str | None:
    """The part of a full address from the name of a version on, such as latest/page/."""
    if not str(value).startswith(("/", "http:", "https:")):
        return None
    _, *steps = str(value).split("/")
    first = next(
        (n for n, step in enumerate(steps[:-1]) if step in (LATEST, DRAFT) or is_version_name(step)), None
    )
    return None if first is None else "/".join(steps[first:])


_REWRITTEN: dict[str, Callable[[Any], str | None]] = {
    "charter": _path_with_slashes,
    "proposals_to": _several_addresses,
    "gone": _address_below_version,
}


def _month(name: str) -> str | None:
    """The number of a month that is written as a number in quotes, or as its English name."""
    if name.isascii() and name.isdigit() and int(name) in MONTHS:
        return str(int(name))
    short = name.lower()
    return next((str(n) for n in MONTHS if short in (_NAMES[n - 1], _NAMES[n - 1][:3])), None)


_NAMES = tuple(datetime.date(2026, month, 1).strftime("%B").lower() for month in MONTHS)


def nearest_zone(name: str) -> str | None:
    """The IANA time zone with the most similar name or city, or with the same distance from UTC."""
    if match := re.fullmatch(r"(?:UTC|GMT)([+-])0?(\d{1,2})(?::?00)?", name.strip(), re.IGNORECASE):
        zone = f"Etc/GMT{'-' if match[1] == '+' else '+'}{int(match[2])}"  # POSIX counts to the west
        return zone if _is_zone(zone) else None
    zones = zoneinfo.available_timezones()
    wanted = re.sub(r"[^a-z/]+", "_", name.strip(" \"'“”").lower()).strip("_")[:80]
    for known in (
        {zone.lower(): zone for zone in zones},
        {_city(zone): zone for zone in sorted(zones) if "/" in zone},
    ):
        if near := difflib.get_close_matches(wanted, known, n=1, cutoff=0.8):
            return known[near[0]]
    return None


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].lower()


def _faulty_entries(key: str, value: dict[Any, Any]) -> Iterator[tuple[tuple[Any, ...], str]]:
    """The entries of a setting that cannot be used, by the keys below it."""
    if key in ("figures", "sites"):
        return figure_faults(value) if key == "figures" else site_faults(value)
    return (((name,), fault) for name, fault in entry_faults(key, value))


def _is_inner_path(value: Any) -> bool:
    if not _is_word(value) or not value.strip() or "\\" in value or value.lstrip().startswith("::"):
        return False
    return not PurePosixPath(value).is_absolute() and not PureWindowsPath(value).drive


def _is_zone(value: Any) -> bool:
    try:
        return isinstance(value, str) and zoneinfo.ZoneInfo(value).key == value
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and value.isprintable()


#: An e-mail address as in HTML's `input` of type email.
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+"
)


def _are_addresses(value: Any) -> bool:
    words = value if isinstance(value, list) else [value]
    return bool(words) and all(isinstance(word, str) and _ADDRESS.fullmatch(word) for word in words)


def _are_addresses_of_site(value: Any) -> bool:
    words = value if isinstance(value, list) else [value]
    return all(
        _is_word(word) and word.strip() and not word.startswith(("/", "http:", "https:")) for word in words
    )


def _is_mapping(value: Any) -> bool:
    return isinstance(value, dict)


#: The settings that commands read: the words for allowed values, and a check.
ALLOWED: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "charter": ("a path relative to the folder of mkdocs.yml, with /", _is_inner_path),
    "branch": ("the name of a branch", lambda value: _is_word(value) and value.strip() != ""),
    "tag_prefix": ("the text that version tags begin with", _is_word),
    "period": (", ".join(get_args(Period)), lambda value: value in get_args(Period)),
    "fiscal_year_start": ("a month, 1 to 12", lambda value: type(value) is int and value in MONTHS),
    "fiscal_year_named_by": (
        ", ".join(get_args(NamedBy)),
        lambda value: value in get_args(NamedBy),
    ),
    "severity": (f"patterns of paths, each with one of {', '.join(SEVERITIES)}", _is_mapping),
    "owners": ("patterns of paths, each with the id of a role, or several", _is_mapping),
    "signers": ("patterns of paths, each with the id of a role, or several", _is_mapping),
    "handles": ("ids of roles, each with an account such as @anna, or several", _is_mapping),
    "rules": (f"names of rules, each with one of {', '.join(LEVELS)}", _is_mapping),
    "figures": ("columns: and metrics:, each with names in files of figures", _is_mapping),
    "for_group": ("the id of a group of the charter", is_group),
    "sites": ("ids of groups, each with the settings of its handbook", _is_mapping),
    "commit_messages": (", ".join(COMMIT_MESSAGES), lambda value: value in COMMIT_MESSAGES),
    "authors": ("true or false", lambda value: isinstance(value, bool)),
    "revisions": ("all, last", lambda value: value in ("all", "last")),
    "history": ("true or false", lambda value: isinstance(value, bool)),
    "timezone": ("a name such as UTC or Europe/Berlin", _is_zone),
    "promises": ("how a request log is read: columns, kinds, dates, timezone", _is_mapping),
    "redirects": ("former paths of pages in docs/, each with its present path", _is_mapping),
    "content_security_policy": (
        "true, false, or directives such as img-src, each with a source or several",
        lambda value: isinstance(value, bool | dict),
    ),
    "offline": ("true or false", lambda value: isinstance(value, bool)),
    "gone": ("an address of the site such as latest/old-page/, or several", _are_addresses_of_site),
    "proposals_to": ("an e-mail address such as enablement@example.com, or several", _are_addresses),
}

#: Settings of the site alone, in the same form. Commands do not read them; `charterbook check` reports mistakes.
OF_SITE: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "forge": (", ".join(KINDS), lambda value: value in KINDS),
    **{key: ("true or false", lambda value: isinstance(value, bool)) for key in ("papers", "twins", "cache")},
}

#: Settings with one of a few values.
_CHOICES: dict[str, tuple[str, ...]] = {
    "period": get_args(Period),
    "fiscal_year_named_by": get_args(NamedBy),
    "commit_messages": COMMIT_MESSAGES,
    "revisions": ("all", "last"),
    "forge": tuple(KINDS),
    **{key: ("true", "false") for key, (words, _) in (ALLOWED | OF_SITE).items() if words == "true or false"},
}

#: Settings with entries, each validated separately.
_MAPPINGS = {key for key, (_, fits) in ALLOWED.items() if fits is _is_mapping} | {"content_security_policy"}

#: All settings of the plugin.
OPTIONS = (*ALLOWED, *OF_SITE)

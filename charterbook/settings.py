"""Charterbook's settings, read from mkdocs.yml without MkDocs.

Only the options of the charterbook plugin and a few of MkDocs' own are read; YAML tags are not executed.
"""

from __future__ import annotations

from dataclasses import field, replace
from pathlib import Path
from typing import Any

from charterbook.config_locations import place_of, place_of_key, place_of_mkdocs
from charterbook.errors import SettingsError
from charterbook.folders import resolved_path
from charterbook.frozen_dataclass import dataclass
from charterbook.log_settings import LogSettings, log_settings
from charterbook.mkdocs_yml import FILES, read_with_parents, settings_file
from charterbook.plugin_entry import PLUGIN, plugin_fault
from charterbook.setting_entries import level_of, shared_folders, without_rules
from charterbook.setting_values import ALLOWED, setting_faults
from charterbook.versions import FiscalYear, NamedBy, Period

#: Settings of MkDocs itself that are read.
_OF_MKDOCS = {"docs": "docs_dir", "site": "site_dir", "repo_url": "repo_url", "site_url": "site_url"}


_UNSET_LOG = LogSettings()

#: Pairs of a name and its values.
Names = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class SiteSettings:
    """Settings of the handbook for a group: its folder and address, and the published parts of commits."""

    site_dir: str | None = None
    site_url: str | None = None
    commit_messages: str = "none"
    authors: bool = False


@dataclass(frozen=True)
class Settings:
    """Settings of versions, owners, rules and addresses.

    `charter` is relative to the folder of mkdocs.yml, with /. `branch` is the published one, None for the remote's
    default. `fiscal_year_start` is a month, 1 to 12; `fiscal_year_named_by` is the calendar year that names a fiscal
    year. `timezone` is an IANA name. `docs` is the folder of the handbook's pages, `site` that of the finished site,
    both relative to that of mkdocs.yml or absolute; `repo_url` is the web address of the repository, `site_url` that
    of the published site. With `history` False, versions are not read from git. `severity` are pairs of a path
    pattern and the severity of its changes; the first match decides. `owners` and `signers` are pairs of a pattern
    and the roles that own it, or must agree to its commitments; `handles` are pairs of a role and its accounts at the
    forge. `rules` are pairs of a rule's name and its severity. `proposals_to` are e-mail addresses. `redirects` are
    pairs of a former and the current path of a page in docs/; `gone` are addresses of the site, or patterns of them,
    that are allowed to disappear. `content_security_policy` are pairs of a directive and the sources to add to it,
    none to omit the directive; None for no policy. `offline` says whether readers can read the site without a
    connection. `for_group` is the group of readers for whom the handbook is made, None for one with everything;
    `sites` are pairs of a group and the settings of its handbook. `commit_messages` is the published part of commit
    messages: full, subject or none; with `authors` False, no author of a commit is named. `revisions` says which
    revisions of a version are published: all, or the last one alone, to hide a value that was corrected within its
    version.
    """

    charter: str = "charter.yml"
    branch: str | None = None
    tag_prefix: str = ""
    period: Period = "quarter"
    fiscal_year_start: int = 1
    fiscal_year_named_by: NamedBy = "end"
    timezone: str = "UTC"
    history: bool = True
    docs: str = "docs"
    site: str = "site"
    repo_url: str | None = None
    site_url: str | None = None
    severity: tuple[tuple[str, str], ...] = ()
    owners: Names = ()
    signers: Names = ()
    handles: Names = ()
    rules: tuple[tuple[str, str], ...] = ()
    proposals_to: tuple[str, ...] = ()
    redirects: tuple[tuple[str, str], ...] = ()
    gone: tuple[str, ...] = ()
    promises: LogSettings = _UNSET_LOG
    content_security_policy: Names | None = ()
    offline: bool = True
    figure_columns: tuple[tuple[str, str], ...] = ()
    figure_metrics: tuple[tuple[str, str | None], ...] = ()
    for_group: str | None = None
    sites: tuple[tuple[str, SiteSettings], ...] = ()
    commit_messages: str = "full"
    authors: bool = True
    revisions: str = "all"
    file: Path | None = field(default=None, compare=False)

    @property
    def fiscal_year(self) -> FiscalYear:
        """Start and naming of fiscal years."""
        return FiscalYear(self.fiscal_year_start, self.fiscal_year_named_by)

    def of_group(self, group: str) -> Settings:
        """The settings of the handbook for a group.

        It has no commit data unless `sites` allows it, and no owners, signers and accounts, because their patterns
        and roles can be hidden. Rules are off, because content that they find missing can be hidden.
        """
        own = dict(self.sites).get(group, SiteSettings())
        return replace(
            self,
            for_group=group,
            site=self.site_of(group),
            site_url=own.site_url,
            commit_messages=own.commit_messages,
            authors=own.authors,
            owners=(),
            signers=(),
            handles=(),
            rules=without_rules(),
        )

    def site_of(self, group: str) -> str:
        """The folder of the handbook for a group."""
        own = dict(self.sites).get(group, SiteSettings())
        return own.site_dir or f"{self.site}-{group}"

    @property
    def site_base(self) -> str | None:
        """The URL of the published site with a final /, or None if it is not set."""
        return f"{self.site_url.rstrip('/')}/" if self.site_url else None


def read_settings(folder: Path, file: Path | None = None, group: str | None = None) -> Settings:
    """The settings in the folder's mkdocs.yml or in `config_file`; the defaults if there is no file.

    With `group`, the settings of the handbook for this group. `INHERIT` is followed as MkDocs does.
    Raises SettingsError for an unreadable file, for invalid values, and for the settings of a
    group's handbook if the whole one is wanted.
    """
    settings = read_any_settings(folder, file)
    if group is None and settings.for_group:
        words = f"this is the handbook of one group: add --for {settings.for_group}, or use the mkdocs.yml of the whole one"
        raise SettingsError(fault_text(settings.file or Path(FILES[0]), ("for_group",), words))
    if group and settings.file:
        _check_folders(settings, settings.file, group)
    return settings.of_group(group) if group and group != settings.for_group else settings


def read_any_settings(folder: Path, file: Path | None = None) -> Settings:
    """The settings of a handbook, for one group or the whole one. Raises SettingsError."""
    file = file or settings_file(folder)
    if file is None:
        return Settings()
    config = read_with_parents(file)
    settings = settings_from(_options(config, file) or {}, file)
    given = _of_mkdocs(config, file)
    found = replace(settings, file=file, **given)
    _check_folders(found, file)
    return found


def _of_mkdocs(config: dict[str, Any], file: Path) -> dict[str, Any]:
    """Settings of MkDocs itself.

    Raises SettingsError for control characters: terminals and CI servers would interpret them.
    """
    given = {name: config[key] for name, key in _OF_MKDOCS.items() if isinstance(config.get(key), str)}
    for name, value in given.items():
        if not value.isprintable():
            key = _OF_MKDOCS[name]
            place = place_of_mkdocs(file, key) or file.name
            raise SettingsError(f"{place}: {key}: {value!r} cannot be used; allowed: text in one line")
    return {"site": Settings.site, **given}


def _check_folders(settings: Settings, file: Path, *groups: str) -> None:
    """Raise SettingsError if a group's handbook would overwrite a different one, or be inside its folder."""
    if settings.for_group:
        return
    folders = {group: settings.site_of(group) for group in (*dict(settings.sites), *groups)}
    faults = shared_folders(file.parent, settings.site, folders)
    lines = [fault_text(file, ("sites", group, "site_dir"), text) for group, text in faults]
    if lines:
        raise SettingsError("\n".join(lines))


def handbook_of(charter: Path) -> Path | None:
    """The folder of the handbook that contains a charter, None if there is none.

    That is the nearest parent folder with a mkdocs.yml that names the charter or is beside it. Raises SettingsError
    like `read_settings`.
    """
    parent = resolved_path(charter.parent)
    folder = next((folder for folder in (parent, *parent.parents) if settings_file(folder)), None)
    if folder is None or folder == parent:
        return folder
    named = folder / read_settings(folder).charter
    return folder if resolved_path(named) == resolved_path(charter) else None


def settings_from(options: dict[str, Any], file: Path = Path(FILES[0])) -> Settings:
    """Settings from the plugin's options in a file. Raises SettingsError with a line for each invalid one."""
    if faults := setting_faults(options):
        raise SettingsError("\n".join(fault_text(file, keys, text) for keys, text in faults))
    known = {key: options[key] for key in ALLOWED if options.get(key) is not None}
    for key in ("rules", "severity"):
        known[key] = tuple((name, level_of(value)) for name, value in known.get(key, {}).items())
    known["promises"] = log_settings(known.get("promises", {}))
    known["redirects"] = tuple(known.get("redirects", {}).items())
    for key in ("proposals_to", "gone"):
        known[key] = words_of(known.get(key, []))
    figures = known.pop("figures", {})
    known["figure_columns"] = tuple((figures.get("columns") or {}).items())
    known["figure_metrics"] = tuple(
        (name, id_ or None) for name, id_ in (figures.get("metrics") or {}).items()
    )
    known["sites"] = tuple(
        (group, SiteSettings(**(own or {}))) for group, own in known.get("sites", {}).items()
    )
    policy = known.get("content_security_policy")
    if policy is not None:
        known["content_security_policy"] = policy_of(policy)
    for key in ("owners", "signers", "handles"):
        known[key] = tuple((name, words_of(words)) for name, words in known.get(key, {}).items())
    settings = Settings(**known)
    return settings.of_group(settings.for_group) if settings.for_group else settings


def fault_text(file: Path, keys: tuple[str, ...], text: str) -> str:
    """A line about the setting with these keys, with its place in the file."""
    return f"{place_of(file, keys) or file.name}: {fault_words(keys, text)}"


def fault_words(keys: tuple[str, ...], text: str) -> str:
    """A message about a setting, without its place."""
    return f"plugins: charterbook: {': '.join([*keys, text])}"


def words_of(value: str | list[str]) -> tuple[str, ...]:
    """One or several values of a setting, as a tuple."""
    return (value,) if isinstance(value, str) else tuple(value)


def policy_of(value: bool | dict[str, Any]) -> Names | None:
    """The sources to add to each directive of the Content-Security-Policy; None for no policy."""
    if isinstance(value, bool):
        return () if value else None
    return tuple((name, () if given is False else words_of(given)) for name, given in value.items())


def _options(config: dict[str, Any], file: Path) -> dict[str, Any] | None:
    """The plugin's options; None if the file does not list the plugin. Raises SettingsError if they are somewhere else."""
    if fault := plugin_fault(config):
        keys, text = fault
        raise SettingsError(
            f"{place_of_key(file, keys) or place_of_key(file, keys[:1]) or file.name}: {text}"
        )
    plugins = config.get("plugins")
    entries = [{key: plugins[key]} for key in plugins] if isinstance(plugins, dict) else plugins
    found: list[Any] = [
        entry[PLUGIN] if isinstance(entry, dict) else None
        for entry in entries or []
        if entry == PLUGIN or (isinstance(entry, dict) and PLUGIN in entry)
    ]
    return (found[0] or {}) if found else None

"""Settings from mkdocs.yml, without MkDocs."""

from __future__ import annotations

from pathlib import Path

import pytest

from charterbook import compare, rules, setting_entries
from charterbook.compare.severity_table import ROWS
from charterbook.errors import SettingsError
from charterbook.path_patterns import pattern_fault
from charterbook.setting_values import OPTIONS
from charterbook.settings import Settings, handbook_of, read_settings
from charterbook.site.plugin_config import PluginConfig


def read(folder: Path, text: str) -> Settings:
    """The settings that a mkdocs.yml of this text gives."""
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    return read_settings(folder)


@pytest.mark.parametrize(
    "text",
    [
        "site_name: x",
        "plugins: []",
        "plugins: [charterbook]",
        "plugins: [search, {charterbook: }]",
        "plugins: {charterbook: {}}",
    ],
)
def test_defaults_without_options(tmp_path: Path, text: str) -> None:
    """Whether the plugin is listed or not."""
    assert read(tmp_path, text) == Settings()


def test_defaults_without_mkdocs_yml(tmp_path: Path) -> None:
    """A charter needs no site."""
    assert read_settings(tmp_path) == Settings()


@pytest.mark.parametrize(
    "plugins", ["\n  - search\n  - charterbook: {%s}", "\n  search: {}\n  charterbook: {%s}"]
)
def test_options(tmp_path: Path, plugins: str) -> None:
    """Plugins can be a list or a mapping; other plugins' options do not matter."""
    options = "charter: team/charter.yml, branch: main, tag_prefix: v, period: half, fiscal_year_start: 2, fiscal_year_named_by: start, timezone: Asia/Tokyo"
    expected = Settings("team/charter.yml", "main", "v", "half", 2, "start", "Asia/Tokyo")
    assert read(tmp_path, f"plugins:{plugins % options}") == expected


def test_settings_of_mkdocs_itself(tmp_path: Path) -> None:
    """docs_dir, site_dir, repo_url and site_url; and `history`."""
    text = "docs_dir: pages\nsite_dir: out\nrepo_url: https://example.com/x\nplugins: [charterbook: {history: false}]"
    expected = Settings(docs="pages", site="out", repo_url="https://example.com/x", history=False)
    assert read(tmp_path, text) == expected
    assert read(tmp_path, "site_dir: 3\nrepo_url: null") == Settings()


def test_rules(tmp_path: Path) -> None:
    """The word off needs no quotes, though YAML reads it as false."""
    options = "{rules: {placeholder: off, mission-why: error, id-reuse: 'off'}}"
    expected = (("placeholder", "off"), ("mission-why", "error"), ("id-reuse", "off"))
    assert read(tmp_path, f"plugins: [charterbook: {options}]").rules == expected


def test_settings_with_many_entries(tmp_path: Path) -> None:
    """Former paths of pages, and how a request log is read."""
    options = "{redirects: {team/old.md: people.md}, promises: {dates: mdy, timezone: Europe/Berlin}}"
    found = read(tmp_path, f"plugins: [charterbook: {options}]")
    assert found.redirects == (("team/old.md", "people.md"),)
    assert (found.promises.dates, found.promises.timezone) == ("mdy", "Europe/Berlin")


#: The directives of CSP Level 3 and Trusted Types that a page can need.
DIRECTIVES = (
    "base-uri child-src connect-src default-src font-src form-action frame-ancestors frame-src img-src manifest-src "
    "media-src object-src report-to report-uri require-trusted-types-for script-src script-src-attr script-src-elem "
    "style-src style-src-attr style-src-elem trusted-types worker-src"
)


@pytest.mark.parametrize("directive", DIRECTIVES.split())
def test_directives_of_a_content_security_policy(tmp_path: Path, directive: str) -> None:
    """Each can have its own sources, or be left out with false."""
    for sources in ("https://example.com", "false"):
        read(tmp_path, f"plugins: [charterbook: {{content_security_policy: {{{directive}: {sources}}}}}]")


def test_tags_of_mkdocs_run_nothing(tmp_path: Path) -> None:
    """Python tags are ignored."""
    text = "x: !!python/name:os.system\ny: !!python/object/apply:os._exit [3]\nz: !relative\nplugins: [charterbook]"
    assert read(tmp_path, text) == Settings()


def test_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`!ENV` works as in MkDocs."""
    monkeypatch.setenv("CHARTER_BRANCH", "trunk")
    monkeypatch.delenv("CHARTER_NONE", raising=False)
    options = "{branch: !ENV CHARTER_BRANCH, tag_prefix: !ENV [CHARTER_NONE, v]}"
    assert read(tmp_path, f"plugins: [charterbook: {options}]") == Settings(branch="trunk", tag_prefix="v")


def test_inherit(tmp_path: Path) -> None:
    """A file without the plugin inherits its entry."""
    (tmp_path / "base.yml").write_text("plugins: [charterbook: {period: month}]", encoding="utf-8")
    assert read(tmp_path, "INHERIT: base.yml") == Settings(period="month")
    assert read(tmp_path, "INHERIT: base.yml\nplugins: [charterbook: {period: year}]") == Settings(
        period="year"
    )


def test_where_the_pages_are(tmp_path: Path) -> None:
    """MkDocs' own `docs_dir`, also from the file that is inherited from."""
    assert read(tmp_path, "docs_dir: pages").docs == "pages"
    (tmp_path / "base.yml").write_text("docs_dir: base", encoding="utf-8")
    assert read(tmp_path, "INHERIT: base.yml\nplugins: [charterbook]").docs == "base"
    assert read(tmp_path, "INHERIT: base.yml\ndocs_dir: pages").docs == "pages"


def test_the_handbook_of_a_charter(tmp_path: Path) -> None:
    """It is beside the charter, or above and names it."""
    assert handbook_of(tmp_path / "charter.yml") is None
    read(tmp_path, "plugins: [charterbook: {charter: team/charter.yml}]")
    assert handbook_of(tmp_path / "charter.yml") == tmp_path
    assert handbook_of(tmp_path / "team" / "charter.yml") == tmp_path
    assert handbook_of(tmp_path / "team" / "other.yml") is None


WRONG = {
    "charter: /etc/x": "charter: '/etc/x' cannot be used; allowed: a path relative to the folder of mkdocs.yml",
    "charter: 'C:/x'": "charter: 'C:/x' cannot be used",
    "branch: 1": "branch: 1 cannot be used; allowed: the name of a branch",
    "period: week": "period: 'week' cannot be used; allowed: year, half, quarter, month",
    "period: quater": r"period: 'quater' cannot be used; allowed: year, half, quarter, month; did you mean quarter\?",
    "history: 'False'": r"history: 'False' cannot be used; allowed: true or false; did you mean false\?",
    "fiscal_year_start: Feb": r"fiscal_year_start: 'Feb' .*; did you mean 2\?",
    "fiscal_year_start: '04'": r"fiscal_year_start: '04' .*; did you mean 4\?",
    "timezone: Europe/Berln": r"timezone: .*; did you mean Europe/Berlin\?",
    "timezone: moscow": r"timezone: .*; did you mean Europe/Moscow\?",
    "timezone: New York": r"timezone: .*; did you mean America/New_York\?",
    "timezone: UTC+3": r"timezone: .*; did you mean Etc/GMT-3\?",
    "timezone: “Europe/Berlin”": r"timezone: .*; did you mean Europe/Berlin\?",
    "forge: Github": r"forge: 'Github' cannot be used; allowed: github, gitlab, .*; did you mean github\?",
    "papers: pdf": "papers: 'pdf' cannot be used; allowed: true or false",
    "cache: 'true'": r"cache: 'true' cannot be used; allowed: true or false; did you mean true\?",
    "charter: 'team\\charter.yml'": r"charter: .*; did you mean team/charter\.yml\?",
    "proposals_to: 'a@example.com, b@example.com'": r"proposals_to: .*; did you mean \[a@example\.com, b@example\.com\]\?",
    "gone: 'https://example.com/charter/latest/old/'": r"gone: .*; did you mean latest/old/\?",
    "gone: 'https://example.com/2026/handbook/draft/old/'": r"gone: .*; did you mean 2026/handbook/draft/old/\?",
    "gone: '/2026-abc/FY27-M03/old/'": r"gone: .*; did you mean FY27-M03/old/\?",
    "period: [x]": "period: .* cannot be used",
    "fiscal_year_start: 13": "fiscal_year_start: 13 cannot be used; allowed: a month, 1 to 12",
    "fiscal_year_named_by: both": "fiscal_year_named_by: 'both' cannot be used; allowed: end, start",
    "fiscal_year_start: true": "fiscal_year_start: True cannot be used",
    "timezone: Mars": "timezone: 'Mars' cannot be used; allowed: a name such as UTC or Europe/Berlin",
    "rules: [x]": "rules: .* cannot be used; allowed: names of rules, each with one of error, warning, hint, off",
    "rules: {placeholders: off}": r"rules: placeholders: there is no rule 'placeholders'; did you mean placeholder\?",
    "rules: {xyz: off}": "rules: xyz: there is no rule 'xyz'; available: mission-why, service-audience",
    "rules: {placeholder: warn}": r"rules: placeholder: 'warn' cannot be used; did you mean warning\?",
    "rules: {placeholder: on}": "rules: placeholder: True cannot be used; available: error, warning, hint, off",
    "rules: {placeholder: }": "rules: placeholder: None cannot be used",
    "severty: {}": r"severty: there is no setting of this name; did you mean severity\?",
    "1: x": "1: there is no setting of this name; available: charter, branch",
    "severity: {services.**: grave}": r"severity: services\.\*\*: 'grave' cannot be used; available: commitment",
    "severity: {services.**: commitmnt}": r"severity: .*: 'commitmnt' cannot be used; did you mean commitment\?",
    "severity: {services.*.ownr: order}": r"severity: services\.\*\.ownr: there is no key 'ownr' in services\.\*; did you mean owner\?",
    "severity: {service.*.owner: order}": r"severity: .*: there is no key 'service'; did you mean services\?",
    "severity: {services.*.audiences.x: order}": r"severity: .*: services\.\*\.audiences has nothing inside",
    "severity: {services.*.service_levels.*.withn: order}": r"severity: .*'withn' in services\.\*\.service_levels\.\*; did you mean within\?",
    "severity: {'**.**': order}": "severity: .*: it matches nothing",
    "severity: {'': order}": "severity: : '' is not a pattern of a path",
    "severity: {1: order}": "severity: 1: 1 is not a pattern of a path",
    "severity: order": "severity: 'order' cannot be used; allowed: patterns of paths",
    "owners: {mision.**: lead}": r"owners: mision\.\*\*: there is no key 'mision'; did you mean mission\?",
    "owners: {mission.**: '@lead'}": r"owners: mission\.\*\*: '@lead' cannot be used; allowed: the id of a role",
    "signers: {mission.**: []}": r"signers: mission\.\*\*: \[\] cannot be used",
    "handles: {lead: 'a b'}": "handles: lead: 'a b' cannot be used; allowed: an account such as @anna",
    "content_security_policy: {scrpt-src: x.org}": "content_security_policy: scrpt-src: there is no directive 'scrpt-src'; did you mean script-src",
    "content_security_policy: {img-src: []}": r"content_security_policy: img-src: \[\] cannot be used; allowed: a source such as",
    "redirects: {old: new.md}": "redirects: old: 'old' is not the path of a page in docs/, such as old-page.md",
    "redirects: {old.md: ../new.md}": r"redirects: old\.md: '\.\./new\.md' is not the path of a page in docs/",
    "promises: {timezone: 1}": "promises: timezone: 1 cannot be used; allowed: a name such as UTC",
    "timezone: ../../etc/passwd": "timezone: .* cannot be used",
}


@pytest.mark.parametrize("option", WRONG)
def test_values_that_cannot_be_used(tmp_path: Path, option: str) -> None:
    """The message names the file, the option and the allowed values."""
    with pytest.raises(SettingsError, match=rf"^mkdocs\.yml:1:\d+: plugins: charterbook: {WRONG[option]}"):
        read(tmp_path, f"plugins: [charterbook: {{{option}}}]")


def test_inherited_mappings_are_merged(tmp_path: Path) -> None:
    """Through two files, as MkDocs merges them."""
    (tmp_path / "first.yml").write_text("plugins: {charterbook: {period: month, timezone: Asia/Tokyo}}")
    (tmp_path / "base.yml").write_text("INHERIT: first.yml\nplugins: {charterbook: {timezone: UTC}}")
    own = "INHERIT: base.yml\nplugins: {charterbook: {fiscal_year_start: 4}}"
    assert read(tmp_path, own) == Settings(period="month", fiscal_year_start=4)


def test_a_file_to_inherit_that_does_not_exist(tmp_path: Path) -> None:
    """Its name is suggested if it is misspelt."""
    (tmp_path / "base.yml").write_text("site_name: x\n", encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, "site_name: x\nINHERIT: bas.yml\n")
    assert str(caught.value) == "mkdocs.yml:2:1: INHERIT: there is no file bas.yml. Did you mean base.yml?"


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("INHERIT: [base.yml]\n", "mkdocs.yml:1:1: INHERIT: expected the path of a file"),
        ("site_name: x\nINHERIT:\n", "mkdocs.yml:2:1: INHERIT: expected the path of a file"),
        ("INHERIT: circle.yml\n", "circle.yml: cannot be read: Too many levels of symbolic links"),
        ("INHERIT: lost.yml\n", "lost.yml: cannot be read: No such file or directory"),
        ("INHERIT: folder\n", "folder: cannot be read: Is a directory"),
    ],
)
def test_what_cannot_be_inherited(tmp_path: Path, settings: str, said: str) -> None:
    """MkDocs would fail with a traceback."""
    (tmp_path / "circle.yml").symlink_to("circle.yml")
    (tmp_path / "lost.yml").symlink_to("nowhere.yml")
    (tmp_path / "folder").mkdir()
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, settings)
    assert str(caught.value) == said


def test_a_mkdocs_yml_that_is_no_readable_file(tmp_path: Path) -> None:
    """Without its settings, commands would answer about another handbook."""
    (tmp_path / "mkdocs.yml").symlink_to("nowhere.yml")
    with pytest.raises(SettingsError, match=r"mkdocs\.yml: cannot be read: No such file"):
        read_settings(tmp_path)
    (tmp_path / "mkdocs.yml").unlink()
    (tmp_path / "mkdocs.yml").mkdir()
    with pytest.raises(SettingsError, match=r"mkdocs\.yml: cannot be read: Is a directory"):
        read_settings(tmp_path)


def test_circular_inheritance(tmp_path: Path) -> None:
    """It is an error."""
    with pytest.raises(SettingsError, match="inherits from itself"):
        read(tmp_path, "INHERIT: mkdocs.yml")


@pytest.mark.long
@pytest.mark.parametrize(
    "text",
    [
        "a: [",
        "- x",
        "plugins: [charterbook: x]",
        "INHERIT: none.yml",
        "a: \0",
        "a: !!bool x",
        "a: 0x_",
        "[" * 3000,
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    """A message, no traceback."""
    with pytest.raises(SettingsError, match=r"\.yml(:\d+:\d+)?: "):
        read(tmp_path, text)


def test_every_error_has_its_place(tmp_path: Path) -> None:
    """One line each, also for a key inherited from another file."""
    (tmp_path / "base.yml").write_text(
        "plugins:\n  charterbook:\n    signers:\n      fundng: cro\n", encoding="utf-8"
    )
    own = "INHERIT: base.yml\nplugins:\n  charterbook:\n    period: week\n    owners: {titel: lead}\n"
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, own)
    places = [line.partition(": plugins")[0] for line in str(caught.value).splitlines()]
    assert places == ["mkdocs.yml:4:5", "mkdocs.yml:5:14", "base.yml:4:7"]


@pytest.mark.parametrize(
    "pattern", ["**", "**.was", "**.onboarding", "services.**", "services", "*.*", "service_s"]
)
def test_patterns_that_may_name_something(pattern: str) -> None:
    """Without a charter, items are unknown."""
    assert (pattern_fault(pattern) is None) == (pattern != "service_s")


def test_the_table_of_severities_names_places() -> None:
    """The patterns that Charterbook itself has."""
    assert [row.path for row in ROWS if pattern_fault(row.path)] == []


def test_all_settings_of_the_plugin_are_known() -> None:
    """MkDocs and the command line know the same ones."""
    assert set(OPTIONS) == {name for name, _ in PluginConfig._schema}


def test_severities_in_settings() -> None:
    """The severities of changes and of rules are repeated in a lower layer."""
    assert setting_entries.SEVERITIES == compare.SEVERITIES
    assert setting_entries.LEVELS == rules.LEVELS


def test_the_handbook_of_a_group(tmp_path: Path) -> None:
    """It has its own folder and address, and says nothing about commits unless `sites` allows it."""
    (tmp_path / "mkdocs.yml").write_text(
        "site_url: https://whole.example.com\n"
        "plugins:\n"
        "  - charterbook:\n"
        "      owners: {risks: lead}\n"
        "      sites:\n"
        "        partners:\n"
        "        sponsors: {site_dir: money, site_url: https://s.example.com, commit_messages: subject, authors: true}\n",
        encoding="utf-8",
    )
    partners, sponsors = (read_settings(tmp_path, group=group) for group in ("partners", "sponsors"))
    assert (partners.site, partners.site_url) == ("site-partners", None)
    assert (partners.commit_messages, partners.authors, partners.owners) == ("none", False, ())
    assert (sponsors.site, sponsors.site_url) == ("money", "https://s.example.com")
    assert (sponsors.commit_messages, sponsors.authors) == ("subject", True)
    assert {level for _, level in partners.rules} == {"off"}
    assert read_settings(tmp_path).commit_messages == "full"


def test_the_settings_of_one_group_are_not_those_of_the_whole(tmp_path: Path) -> None:
    """Commands that read everything refuse them, with the place."""
    file = tmp_path / "mkdocs.yml"
    file.write_text("plugins:\n  - charterbook: {for_group: partners}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"mkdocs.yml:2:19: .*for_group: .* add --for partners"):
        read_settings(tmp_path)
    assert read_settings(tmp_path, group="partners").for_group == "partners"


def test_a_group_that_is_not_listed(tmp_path: Path) -> None:
    """Its folder is another group's, which has a different folder."""
    text = "plugins:\n  - charterbook:\n      sites: {partners: {site_dir: site-internal}}\n"
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    assert read_settings(tmp_path, group="partners").site == "site-internal"
    with pytest.raises(SettingsError, match="is the folder of the handbook for partners"):
        read_settings(tmp_path, group="internal")


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        ("{Partners: }", "'Partners' is not the id of a group"),
        ("{partners: site}", "'site' cannot be used; allowed: site_dir, site_url, commit_messages, authors"),
        ("{partners: {folder: a}}", "there is no such key"),
        ("{partners: {site_dir: 1}}", "1 cannot be used; allowed: a folder such as site-partners"),
        ("{partners: {authors: ada}}", "'ada' cannot be used; allowed: true or false"),
        ("{partners: {commit_messages: first}}", "'first' cannot be used"),
        ("[partners]", "['partners'] cannot be used"),
        (
            "{partners: {site_dir: site}}",
            "site is the folder of the whole handbook; allowed: its own folder",
        ),
        ("{partners: {site_dir: x/../site/}}", "is the folder of the whole handbook"),
        ("{partners: {site_dir: site/partners}}", "is inside the folder of the whole handbook"),
        ("{partners: {site_dir: link}}", "is the folder of the whole handbook"),
        ("{a: {site_dir: x}, b: {site_dir: x}}", "sites: b: site_dir: x is the folder of the handbook for a"),
        ("{a: {site_dir: x/y}, b: {site_dir: x}}", "x holds the folder of the handbook for a"),
        ("{a: , b: {site_dir: site-a}}", "is the folder of the handbook for a"),
    ],
)
def test_faulty_sites(tmp_path: Path, sites: str, expected: str) -> None:
    """One line with the place."""
    (tmp_path / "link").symlink_to("site")
    (tmp_path / "mkdocs.yml").write_text(
        f"plugins:\n  - charterbook:\n      sites: {sites}\n", encoding="utf-8"
    )
    with pytest.raises(SettingsError) as error:
        read_settings(tmp_path)
    assert str(error.value).startswith("mkdocs.yml:3:")
    assert expected in str(error.value)


@pytest.mark.parametrize("key", ["site_url", "repo_url", "site_dir", "docs_dir"])
@pytest.mark.parametrize("sign", ["\n", "\r\nATTACH:http://evil.example", "\x1b[31m", "\u2028", "\u202e"])
def test_settings_of_mkdocs_have_no_control_characters(tmp_path: Path, key: str, sign: str) -> None:
    """Calendars, messages and links would obey them."""
    escaped = "".join(f"\\u{ord(char):04x}" for char in sign)
    text = f'site_name: A\n{key}: "https://example.org{escaped}"\nplugins: [charterbook]\n'
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=rf"^mkdocs.yml:2:1: {key}: '.*' cannot be used; .*in one line$"):
        read_settings(tmp_path)

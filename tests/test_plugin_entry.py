"""Settings that are somewhere else in mkdocs.yml than below the entry of the plugin, and files that are no mkdocs.yml."""

from __future__ import annotations

from pathlib import Path

import pytest

from charterbook.errors import SettingsError
from charterbook.settings import read_settings

#: mkdocs.yml -> the message, after the name of the file.
MISTAKES: dict[str | bytes, str] = {
    "plugins:\n  - charterbook:\n    period: month\n": (
        "3:5: plugins: period: this is beside charterbook, not below it. Indent it by two more spaces."
    ),
    "plugins:\n  - charterbook\n      period: month\n": (
        "2:5: this entry has no colon, but its settings follow. Write: - charterbook:"
    ),
    "plugins:\n  - charterbook:\n      - period: month\n": (
        "2:5: plugins: charterbook: the settings are a list. Delete the hyphens before them, and begin all in the same column."
    ),
    "plugins:\n  - charterbook: month\n": (
        "2:5: plugins: charterbook: expected settings with values, found 'month'. Write each on its own line, such as period: quarter."
    ),
    "period: month\nplugins:\n  - charterbook\n": (
        "1:1: period: this is a setting of the plugin. Move the line below `- charterbook:` under plugins, indented by six spaces."
    ),
    "plugins:\n  - search\n  - charter-book\n": (
        "3:5: plugins: charter-book: there is no plugin of this name; did you mean charterbook?"
    ),
    "plugins:\n  - Charterbook: {period: month}\n": (
        "2:5: plugins: Charterbook: there is no plugin of this name; did you mean charterbook?"
    ),
    "plugins:\n  - charterbook\n  - charterbook: {period: month}\n": (
        "1:1: plugins: charterbook is listed twice. Put all of its settings below one of the two."
    ),
    "plugins: charterbook\n": "1:1: plugins: expected a list, found 'charterbook'. Write it on its own line: - charterbook",
    "plugins:\n  - charterbook:\n      period: month\n      period: half\n": (
        '4:7: the key "period" appears twice, first on line 3. Keep one of the two.'
    ),
    "plugins: [charterbook]\nplugins: [search]\n": '2:1: the key "plugins" appears twice, first on line 1. Keep one of the two.',
    "plugins:\n\t- charterbook\n": "2:1: this line is indented with a tab. Indent with spaces: YAML does not allow tabs there.",
    "plugins:\n\u00a0\u00a0- charterbook:\n      period: month\n": (
        "2:1: - charterbook: this line is indented with characters that are not plain spaces. Delete them, and type spaces."
    ),
    "site_name: Ours: the charter\n": (
        "1:16: a text contains a colon followed by a space, or the indentation is off. "
        'For text, write it in quotes: site_name: "Ours: the charter".'
    ),
    "a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n": (
        "2:1: an unresolved merge conflict begins here and ends on line 6. "
        "Choose what applies, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>."
    ),
    "# Настройки\n".encode("cp1251"): (
        "1:3: the file is not saved as UTF-8 (found the byte 0xCD). Save as UTF-8 in your editor."
    ),
    "a: 1\n".encode(
        "utf-16"
    ): "1:1: the file is not saved as UTF-8 (it looks like UTF-16). Save as UTF-8 in your editor.",
    "": "1:1: expected keys with values, found nothing. `charterbook new` writes a mkdocs.yml for a handbook.",
    "- a\n": "1:1: expected keys with values, found a list. `charterbook new` writes a mkdocs.yml for a handbook.",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_in_mkdocs_yml(tmp_path: Path, text: str | bytes) -> None:
    """One line with its place and what would be right; MkDocs would ignore the setting, or say that something is wrong."""
    file = tmp_path / "mkdocs.yml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(SettingsError) as caught:
        read_settings(tmp_path)
    assert str(caught.value) == f"mkdocs.yml:{MISTAKES[text]}"


def test_a_charter_in_place_of_mkdocs_yml(tmp_path: Path) -> None:
    """The usual mix-up of -f and FILES."""
    file = tmp_path / "charter.yml"
    file.write_text("mission: {}\nservices: []\n", encoding="utf-8")
    with pytest.raises(
        SettingsError,
        match=r"charter\.yml:1:1: this is a charter\. Name the mkdocs\.yml of the handbook: -f .*mkdocs\.yml",
    ):
        read_settings(tmp_path, file)


@pytest.mark.parametrize(
    "text",
    [
        "x: &x {a: 1}\ny: &y {<<: *x, b: 1}\nz: {<<: [*x, *y], a: 2}\nplugins: [search, charterbook: {period: month}]\n",
        "plugins:\n  charterbook: {period: month}\n  search: {}\n",
        "plugins: [charterbook: {period: month}, social, group: {enabled: false, plugins: [optimize]}]\n",
    ],
)
def test_nothing_is_refused_that_is_right(tmp_path: Path, text: str) -> None:
    """Merge keys bring keys that a mapping has itself."""
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    assert read_settings(tmp_path).period == "month"

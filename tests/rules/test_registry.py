from __future__ import annotations

import ast
import importlib
import re
from pathlib import Path

import hypothesis
import pytest
from hypothesis import given

import charterbook.rules
from charterbook import setting_entries
from charterbook.charter import Charter
from charterbook.rules import LEVELS, RULES, RuleInput, UnsignedChanges
from tests.generated import charters, examples
from tests.rules.sample import TODAY

#: Modules without a rule.
SHARED = {"__init__", "rule"}


def test_every_rule_is_registered_documented_and_tested() -> None:
    """One file, one registry line, one test file of the same name; the docstring says what the rule checks."""
    files = {path.stem for path in Path(charterbook.rules.__file__).parent.glob("*.py")} - SHARED
    assert files == {name.replace("-", "_") for name in RULES}
    for file in files:
        module = importlib.import_module(f"charterbook.rules.{file}")
        assert module.__doc__
        assert module.RULE.name.replace("-", "_") == file
        assert (Path(__file__).parent / f"test_{file}.py").is_file()


def test_readers_of_the_handbook_see_no_keys() -> None:
    """The corrections that pages and the pre-read of a review show are in words; those for authors have keys."""
    key = re.compile(
        r"\w_\w|%\(keys?\)s|%\(id\)s (?:to|again)|\b[a-z]+: (?:\[|%\(way|[a-z_]+\.)|\badd [a-z]+[:,]",
        re.IGNORECASE,
    )
    for rule in RULES.values():
        file = Path(charterbook.rules.__file__).parent / f"{rule.name.replace('-', '_')}.py"
        texts = [
            node.value
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "\n" not in node.value
        ]
        fixes = [text for text in texts if text.endswith(".")]
        mistakes = [text for text in texts if not text.endswith(".") and "%(" in text]
        shown = [*mistakes, *([rule.advice] if rule.advice else fixes)]
        assert [text for text in shown if key.search(text)] == [], rule.name


def test_readers_of_the_guide_know_the_rules() -> None:
    """Each with its severity by default and its title, and no others."""
    guide = Path(charterbook.rules.__file__).parents[2] / "guide" / "author.md"
    text = guide.read_text(encoding="utf-8")
    table = text.split("| Rule | Severity | In a good charter |\n|---|---|---|\n")[1].split("\n\n")[0]
    assert table.splitlines() == [
        f"| `{rule.name}` | {rule.severity} | {rule.title} |" for rule in RULES.values()
    ]


def test_rules_can_be_set() -> None:
    """The values that settings allow are the rules' values."""
    assert tuple(setting_entries.LEVELS) == LEVELS


@pytest.mark.long
@pytest.mark.parametrize("name", RULES)
@given(charter=charters())
@hypothesis.settings(max_examples=examples(25), deadline=None)
def test_rules_never_fail_on_a_charter(name: str, charter: Charter) -> None:
    """For any charter."""
    case = RuleInput(charter, TODAY, past=(charter,), unsigned=UnsignedChanges(("x",)))
    for finding in RULES[name].check(case):
        assert finding.text
        assert finding.fix

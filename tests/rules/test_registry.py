from __future__ import annotations

from pathlib import Path

import charterbook.rules
from charterbook.rules import RULES


def test_every_rule_is_registered_documented_and_tested() -> None:
    """One file, one registry line, one test file of the same name; the docstring is its page."""
    files = {path.stem for path in Path(charterbook.rules.__file__).parent.glob("*.py")} - {"__init__"}
    assert files == set(RULES)
    for name, rule in RULES.items():
        assert __import__(rule.__module__, fromlist=["x"]).__doc__
        assert (Path(__file__).parent / f"test_{name}.py").is_file()

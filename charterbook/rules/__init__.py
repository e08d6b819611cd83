"""What makes a good charter, one rule per file. Rules see a charter without errors, and only that.

A rule is a function `check(charter, places)` that gives problems, never an error among them: those
are the loader's. It speaks the charter's language: its words go through the catalogs. The docstring of a
rule's module is its page in the documentation. To add a rule, write its file, add a line to `RULES` and a
test file of the same name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from charterbook.charter import Charter
from charterbook.places import Places
from charterbook.problems import Problem
from charterbook.rules import coverage, placeholder

Rule = Callable[[Charter, Places], Iterator[Problem]]

#: The rules by name, in the order in which they run.
RULES: Mapping[str, Rule] = {
    "coverage": coverage.check,
    "placeholder": placeholder.check,
}

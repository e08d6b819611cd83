"""Commands that a terminal or a CI server would obey, found as these find them and without Charterbook's own code.

GitHub's runner takes white space from a line's beginning and then looks for `::`, and for `##[` anywhere in it
(actions/runner, ActionCommand.cs). Azure looks for `##vso[`, TeamCity for `##teamcity[`. GitLab's sections begin with an
escape character.
"""

from __future__ import annotations

import re
import unicodedata

_ANYWHERE = re.compile(r"##\w*\[")
#: The only commands that are meant: annotations of `check --format github`.
_ANNOTATION = re.compile(r"::(error|warning|notice) file=[^\s:,]+,line=\d+,col=\d+,title=[a-z0-9-]+::\S.*")
_BIDIRECTIONAL = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def commands_in(output: str, *, annotations: bool = False) -> list[str]:
    """Each line with a control character or a command."""
    return [line for line in output.replace("\r\n", "\n").split("\n") if _acts(line, annotations=annotations)]


def _acts(line: str, *, annotations: bool) -> bool:
    if _ANYWHERE.search(line) or any(map(_controls, line)):
        return True
    return line.lstrip().startswith("::") and not (annotations and _ANNOTATION.fullmatch(line))


def _controls(char: str) -> bool:
    marks = "\u061c\u200e\u200f\u2028\u2029"
    return (
        unicodedata.category(char) in ("Cc", "Cs")
        or char in marks
        or unicodedata.bidirectional(char) in _BIDIRECTIONAL
    )

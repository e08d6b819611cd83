"""Load a charter from YAML text, with the line and column of every value. The only reader of charters.

`load` accepts any bytes and never raises: errors are returned as problems with a place. Nothing in a charter is
executed, and the time is bounded for any bytes.

- `decode`: bytes -> text; size, encoding, control characters
- `git_leftovers`: merge conflicts, and what filters of git leave instead of a file's content
- `other_yaml`: errors in YAML other than charters, such as mkdocs.yml
- `compose`, `syntax_tree`: text -> plain data with places; the same as a tree, for edits
- `yaml_scalars`, `yaml_losses`, `yaml_errors`: the values of YAML 1.1, text that YAML silently drops, and
  syntax errors
- `upgrade`: data of older formats -> data of the current format
- `schema_errors`, `type_names`: data checked against the model, in words
- `semantic_checks`, `reserved_ids`: ids, references, sums and links; ids that items cannot have
- `gathered_values`: the values that are checked against each other
- `calendar_checks`: hours, time zone and days of the working calendar
- `group_checks`: groups of readers, restrictions, and releases
- `text_links`: links, HTML tags and template marks inside texts
- `value_guess`, `did_you_mean`, `lookalikes`: suggestions for invalid values; characters that look like others
- `language`: the language of messages, found before parsing
- `loader_messages`, `syntax_messages`: the messages; those for errors of the YAML parser
- `lazy_message`: a message that is translated when it is shown
- `collector`: the problems of one file
- `fast_path`: parsing of many similar charters, each part of their text once
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from charterbook.charter import SCHEMA, Charter
from charterbook.charter.model_shape import walk
from charterbook.frozen_dataclass import dataclass
from charterbook.load.collector import ProblemCollector
from charterbook.load.compose import compose_data
from charterbook.load.decode import MAX_BYTES, decode_text
from charterbook.load.gathered_values import gather
from charterbook.load.language import language_of
from charterbook.load.schema_errors import SchemaErrorReporter
from charterbook.load.semantic_checks import SemanticChecker
from charterbook.load.type_names import type_of
from charterbook.load.upgrade import format_of, upgrade_data
from charterbook.load.yaml_losses import report_losses
from charterbook.load.yaml_scalars import resolve
from charterbook.problems import Problem
from charterbook.source_map import SourceMap, path_text

#: Size of the cache. A build loads some charters more than once: the one on disk, the newest one, and those in its
#: history with a version that only the loader can determine.
_CACHE_SIZE = 256


@dataclass(frozen=True)
class LoadResult:
    """A charter, or the problems that prevent it, with the place of every value.

    `charter` is None if there is any error, but not for warnings and hints. `model` is set once every value has a
    valid type, even if references or sums are wrong.
    """

    charter: Charter | None
    problems: tuple[Problem, ...]
    places: SourceMap
    model: Charter | None = None


@lru_cache(maxsize=_CACHE_SIZE)
def load(data: bytes) -> LoadResult:
    """Load a charter. Accepts any bytes without raising; returns all problems at once, in the charter's language."""
    report = ProblemCollector(language_of(data))
    text = decode_text(data, report)
    content, places = compose_data(text, report) if text is not None else (None, SourceMap())
    charter = _charter(content, places, report)
    problems = report.problems()
    failed = any(problem.severity == "error" for problem in problems)
    return LoadResult(None if failed else charter, problems, places, charter)


def _charter(content: Any, places: SourceMap, report: ProblemCollector) -> Charter | None:
    if not isinstance(content, dict):
        _no_mapping(content, places, report)
        return None
    if "site_name" in content and not content.keys() & Charter.model_fields.keys():
        report.add("mkdocs-settings", (1, 1))
        return None
    if format_of(content) > SCHEMA:
        report.add("newer-schema", places.of(("schema",)), found=str(format_of(content)), known=str(SCHEMA))
        return None
    content = upgrade_data(content)
    charter = _validate(content, places, report)
    report_losses(places, report)
    SemanticChecker(content, places, report, [gather(walk(content))]).check()
    return charter


def _no_mapping(content: Any, places: SourceMap, report: ProblemCollector) -> None:
    if report.problems():
        return
    if content is None:
        report.add("empty-file", (1, 1))
    else:
        report.add("not-a-mapping", places.of(()), found=type_of(content))


def _validate(content: dict[str, Any], places: SourceMap, report: ProblemCollector) -> Charter | None:
    reporter = SchemaErrorReporter(places, report)
    for path, spot in places.spots.items():
        if path and spot.written is not None and resolve(spot.written).value is None:
            reporter.empty(path)
    try:
        return Charter.model_validate(content)
    except ValidationError as error:
        reporter.take_all(error.errors(include_url=False))
        return None


__all__ = ["MAX_BYTES", "LoadResult", "SourceMap", "load", "path_text"]

"""Timed scenarios of every contender: full build, no-op build, one more quarter, one changed word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count

from benchmarks.check import check, check_word
from benchmarks.contenders import Contender
from benchmarks.measure import Step, Timings, rounds, timed
from benchmarks.runner import PYTHON, run
from benchmarks.serve import seconds_to_reload

FRESH, BUILT = "fresh", "built"

#: Row of the baseline of every build.
IMPORTS = "imports"

_IMPORTS = """\
import mkdocs.__main__
from mkdocs.plugins import get_plugins
for name in ("charterbook", "macros", "material/search"):
    get_plugins()[name].load()
"""

LogLine = Callable[[str], None]


def set_up(contender: Contender, log_line: LogLine) -> None:
    """Set up a contender, build everything and check it, with snapshots of both states for the rounds."""
    contender.remove()
    contender.prepare()
    contender.save(FRESH)
    contender.build()
    versions = {name: revision.charter for name, revision in contender.data.versions.items()}
    log_line(f"  {contender.name}: {check(contender, versions)} pages, the same as the others")
    contender.save(BUILT)


def full_build(contender: Contender) -> Step:
    """Full build without caches."""
    return Step(timed(contender.build), before=lambda: contender.restore(FRESH))


def noop_build(contender: Contender) -> Step:
    """No-op build."""
    return Step(timed(contender.build), before=lambda: contender.restore(BUILT))


def added_quarter(contender: Contender) -> Step:
    """One more quarter."""
    upcoming = contender.data.upcoming

    def before() -> None:
        contender.restore(BUILT)
        contender.add_quarter()

    return Step(
        timed(contender.build_newest),
        before=before,
        after=lambda: check(contender, {upcoming.version: upcoming.charter}),
    )


def changed_word(contender: Contender) -> Step:
    """One word of docs/ changed, which all versions show."""
    words = (f"bench{number}" for number in count())
    written: list[str] = []

    def before() -> None:
        contender.restore(BUILT)
        written.append(next(words))
        contender.change_word(written[-1])

    return Step(timed(contender.build), before=before, after=lambda: check_word(contender, written[-1]))


def serve(contender: Contender) -> Step:
    """Change of one value of charter.yml while it is served: from saving to the updated page."""
    return Step(lambda: seconds_to_reload(contender), before=lambda: contender.restore(BUILT))


def imports(contender: Contender) -> Step:
    """Import of MkDocs and the plugins of a handbook, in a new process: the minimum of every build."""
    return Step(timed(lambda: run([PYTHON, "-c", _IMPORTS], contender.folder)))


SCENARIOS: dict[str, Callable[[Contender], Step]] = {
    "whole": full_build,
    "again": noop_build,
    "quarter": added_quarter,
    "word": changed_word,
    "serve": serve,
}


def time_all(name: str, contenders: Sequence[Contender], count_of_rounds: int, log_line: LogLine) -> Timings:
    """Interleaved timings of a scenario for all contenders."""
    log_line(f"  {name}")
    steps = {c.name: SCENARIOS[name](c) for c in contenders if name != "serve" or c.serves}
    ours = next((c for c in contenders if c.name == "charterbook"), None)
    if name == "again" and ours:
        steps[IMPORTS] = imports(ours)
    return rounds(steps, count_of_rounds, log_line)

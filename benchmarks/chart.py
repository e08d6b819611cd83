"""Bar chart of the results, with a group of bars for each scenario, scaled to the longest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

_WIDTH, _LABEL, _BAR, _STEP, _HEAD, _FIGURE = 760, 210, 450, 24, 40, 16

_STYLE = """\
text { font: 14px system-ui, sans-serif; fill: #1f2328; }
.head { font-weight: 600; }
.bar { fill: #8c959f; }
.ours { fill: #0969da; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; }
  .bar { fill: #7d8590; }
  .ours { fill: #58a6ff; }
}"""


def chart(name: str, medians: Mapping[str, Mapping[str, float]], titles: Mapping[str, str]) -> str:
    """SVG of the median seconds of each contender in each scenario. Charterbook's bars have their own colour."""
    marks: list[str] = []
    top = 10
    for scenario, seconds in medians.items():
        marks += _group(titles[scenario], seconds, top)
        top += _HEAD + _STEP * len(seconds)
    label = escape(f"Seconds of each contender, {name}; shorter is better", quote=True)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top + 10}" width="{_WIDTH}" '
        f'height="{top + 10}" role="img" aria-label="{label}">'
    )
    return "\n".join([head, f"<style>\n{_STYLE}\n</style>", *marks, "</svg>", ""])


def _group(title: str, seconds: Mapping[str, float], top: int) -> Iterator[str]:
    yield f'<text class="head" x="0" y="{top + 20}">{escape(title)}</text>'
    longest = max(seconds.values())
    for number, (name, value) in enumerate(seconds.items()):
        yield from _bar(name, value, value / longest, top + _HEAD - 8 + number * _STEP)


def _bar(name: str, value: float, share: float, top: int) -> Iterator[str]:
    width = max(1, round(_BAR * share))
    kind = "bar ours" if name.startswith("charterbook") else "bar"
    yield f'<text x="{_LABEL - 8}" y="{top + _FIGURE - 3}" text-anchor="end">{escape(name)}</text>'
    yield f'<rect class="{kind}" x="{_LABEL}" y="{top}" width="{width}" height="{_FIGURE}" rx="2"/>'
    yield f'<text x="{_LABEL + width + 8}" y="{top + _FIGURE - 3}">{value:.3g} s</text>'

"""A walk through a page with the Tab key: whether each stop can be seen, in which order, and whether it ends.

A stop is hidden if it is outside of the window, transparent, or covered by something else wherever it is looked at. It is
unmarked if nothing shows that it has the focus.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from tests.site_checks.browser import send_all

#: Stops after which a walk counts as endless, and after how many they are read from the page.
_MOST, _BATCH = 1500, 25

#: The element in focus, its place in the document, and whether a reader sees it; null after the last stop.
_STOP = """() => {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  const place = window.walked.get(element);
  // A field for a date has several stops inside.
  if (place !== undefined) return element.matches("[type=date]") && element === window.lastStop ? { inside: true } : { again: place };
  window.walked.set(element, window.walked.size);
  // Of what is higher than the window, the part inside counts.
  const inside = (box) => {
    const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
    return box.height > innerHeight && bottom > top ? new DOMRect(box.left, top, box.width, bottom - top) : box;
  };
  // A radio button of content tabs has no size: its label is what a reader sees.
  const label = [...(element.labels || [])].find((one) => one.control === element);
  const drawn = element.matches(".tabbed-set > input") ? label : element;
  const boxes = [...drawn.getClientRects()].filter((box) => box.width && box.height).map(inside);
  const own = (found) => found && (element === found || element.contains(found)
    || found.matches("label") && found.control === element || [...(element.labels || [])].some((label) => label.contains(found)));
  const seen = (x, y) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight && own(document.elementFromPoint(x, y));
  const points = boxes.flatMap((box) => [0.5, 0.1, 0.9].flatMap((part) =>
    [[box.left + box.width * part, box.top + box.height / 2], [box.left + box.width / 2, box.top + box.height * part]]));
  const visible = drawn.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  // A text field has a cursor, and a label is marked for its field.
  const outlined = (found) => getComputedStyle(found).outlineStyle !== "none" && parseFloat(getComputedStyle(found).outlineWidth) > 0;
  const marked = (found) => found.matches("input[type=text], textarea") || [found, ...(found.labels || []), drawn.parentElement].some(outlined);
  const last = window.lastStop;
  const follows = !last || Boolean(last.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);
  window.lastStop = element;
  const name = (element.getAttribute("aria-label") || element.textContent || element.name || "").trim().replace(/\\s+/g, " ");
  return { name: `${element.tagName.toLowerCase()}.${[...element.classList].join(".")} ${name.slice(0, 40)}`,
    hidden: !visible || !points.some(([x, y]) => seen(x, y)), follows, marked: marked(element) };
}"""

#: Begin at the top of the page, or at the first stop inside of an element. From then on, the page records its stops.
_BEGIN = """first => {
  window.walked = new Map(); window.lastStop = null; window.stops = [];
  const stop = STOP;
  addEventListener("keyup", () => window.stops.push(stop()), true);
  document.activeElement.blur(); scrollTo(0, 0);
  const element = first && document.querySelector(first);
  if (!element) return;
  // After the last stop comes the first one of the page.
  window.walked.set(document.querySelector(".md-skip"), 0);
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
  element.removeAttribute("tabindex");
}""".replace("STOP", _STOP)

_TAB = {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
_PRESS = ("rawKeyDown", "keyUp")
_TAKE = "() => window.stops.splice(0)"


@dataclass(frozen=True)
class Stop:
    """An element that the Tab key reaches."""

    name: str
    hidden: bool
    follows: bool
    marked: bool


@dataclass(frozen=True)
class Walk:
    """All stops of a page, in the order of the Tab key."""

    stops: list[Stop]
    ends: bool

    def problems(self) -> list[str]:
        """Stops that cannot be seen, do not show the focus or are out of order, and a walk without an end."""
        hidden = [f"hidden: {stop.name}" for stop in self.stops if stop.hidden]
        unmarked = [f"without a mark of the focus: {stop.name}" for stop in self.stops if not stop.marked]
        jumps = [f"out of order: {stop.name}" for stop in self.stops if not stop.follows]
        return [*hidden, *unmarked, *jumps, *([] if self.ends else ["the walk does not end"])]


def walk(page: Page, first: str | None = None) -> Walk:
    """Press Tab from the beginning of the page, or of the element `first` selects, until the focus leaves the page."""
    page.evaluate(_BEGIN, first)
    stops: list[Stop] = []
    for found in _pressed(page):
        if found is None or found.get("again") == 0:
            return Walk(stops, ends=True)
        if "again" in found:
            break
        if "inside" not in found:
            stops.append(Stop(**found))
    return Walk(stops, ends=False)


def _pressed(page: Page) -> Iterator[dict[str, Any] | None]:
    """The record of the page at each press of Tab."""
    session = page.context.new_cdp_session(page)
    for _ in range(_MOST // _BATCH):
        send_all(session, "Input.dispatchKeyEvent", [_TAB | {"type": type_} for type_ in _PRESS] * _BATCH)
        yield from page.evaluate(_TAKE)
    session.detach()

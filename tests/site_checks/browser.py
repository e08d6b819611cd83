"""Pages in Chromium, with their console, requests and layout.

`check_look` is the whole check of an open page; the rest are its parts, for tests that go on to click.
All of it goes through one tab for each browser context, so that a visit costs little.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import (
    BrowserContext,
    CDPSession,
    ConsoleMessage,
    Error,
    Page,
    Request,
    Response,
    ViewportSize,
)

Scheme = Literal["light", "dark"]

#: The rules of axe that a page is checked with: all, those about colours (most of the time that axe takes),
#: the others, or none. The others leave out the size of targets, which takes half of their time:
#: `small_targets` is stricter.
Rules = Literal["all", "colours", "but colours", "none"]

#: A phone and a laptop, in CSS pixels; and the two ways a reader may like them.
WIDTHS = (390, 1280)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")

#: WCAG 2.2 level by level, up to the rules that axe has for AAA, and Deque's best practices.
AXE_TAGS = ("wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

#: The part that a scheme can change: axe's rules about colours. The rule for 7:1 skips what the one for 4.5:1
#: reports.
COLOURS = ("color-contrast", "color-contrast-enhanced", "link-in-text-block")

#: Mark two texts of each look that is not known: of equal colours, font and backgrounds, all the way up to the page. Returns the looks.
_CHOOSE = """known => {
  for (const marked of document.querySelectorAll("[data-look]")) marked.removeAttribute("data-look");
  const looks = new Map(known.map((look) => [look, 2])), behind = new Map([[document, ""]]);
  const layer = (style) => [style.backgroundColor, style.backgroundImage, style.opacity, style.filter, style.mixBlendMode, style.visibility].join();
  const below = (element) => {
    if (!element) return "";
    if (!behind.has(element)) behind.set(element, short(`${below(element.parentElement)}>${layer(getComputedStyle(element))}`));
    return behind.get(element);
  };
  const short = (text) => {
    let [one, two] = [0xdeadbeef, 0x41c6ce57];
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      [one, two] = [Math.imul(one ^ code, 2654435761), Math.imul(two ^ code, 1597334677)];
    }
    return `${one}.${two}`;
  };
  for (const element of document.body.querySelectorAll("*")) {
    const field = element.matches("input, select, textarea");
    if (!field && ![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
    const style = getComputedStyle(element);
    const parts = [style.color, style.fontSize, style.fontWeight, style.textShadow, style.position, style.textDecorationLine,
      element.tagName === "A", element.parentElement.tagName === "P"];
    const look = short([below(element), ...parts].join());
    const before = looks.get(look) || 0;
    looks.set(look, before + 1);
    if (before < 2) element.setAttribute("data-look", "");
  }
  return [...looks.keys()];
}"""

#: Have the rules about colours look at the chosen texts only, and at links inside of them.
_ONLY_CHOSEN = """rules => axe.configure({ rules: rules.map((id) => ({ id, selector:
  id === "link-in-text-block" ? ":is(a[href], [role=link]):is([data-look], [data-look] *)" : "[data-look]" })) })"""

_HEIGHTS = {390: 844}
_TWO_FRAMES_MS = 34
_SETTLE_SECONDS = 5.0

_STICKS_OUT = """() => {
  const root = document.documentElement, width = root.clientWidth;
  if (root.scrollWidth <= width) return null;
  const name = e => e.tagName.toLowerCase() + (e.id ? "#" + e.id : "") +
    [...e.classList].map(c => "." + c).join("");
  const wide = [...document.body.querySelectorAll("*")].filter(e => {
    const box = e.getBoundingClientRect();
    return box.width && box.right + scrollX > width + 0.5;
  });
  return {by: root.scrollWidth - width, elements: wide.slice(0, 5).map(name)};
}"""


@dataclass
class Visit:
    """Events of an open page. `failed` and `foreign` hold addresses."""

    page: Page
    url: str
    status: int = 0
    console: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    waiting: set[Request] = field(default_factory=set)

    def problems(self) -> list[str]:
        """Unexpected events, one line each."""
        heard = {
            "console": self.console,
            "page error": self.errors,
            "failed request": self.failed,
            "request to another host": self.foreign,
        }
        return [f"{kind}: {line}" for kind, lines in heard.items() for line in lines]

    def _own(self, url: str) -> bool:
        """Whether an address is the page itself: a 404 page can answer 404."""
        return url.split("#", maxsplit=1)[0] == self.url.split("#")[0]

    def on_console(self, message: ConsoleMessage) -> None:
        place = message.location.get("url", "")
        own_status = message.text.startswith("Failed to load resource") and self._own(place)
        if message.type == "error" and not own_status:
            self.console.append(f"{message.text} ({place})")

    def on_error(self, error: Error) -> None:
        self.errors.append(error.message)

    def on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss"):
            self.waiting.add(request)
            if parts.netloc != urlsplit(self.url).netloc:
                self.foreign.append(request.url)

    def on_response(self, response: Response) -> None:
        if response.status >= 400 and not self._own(response.url):
            self.failed.append(f"{response.url} ({response.status})")

    def on_finished(self, request: Request) -> None:
        self.waiting.discard(request)

    def on_failed(self, request: Request) -> None:
        self.waiting.discard(request)
        self.failed.append(f"{request.url} ({request.failure})")

    def listen(self) -> None:
        """Listen to all events, instead of the tab's earlier visit."""
        listeners: dict[Any, Any] = {
            "console": self.on_console,
            "pageerror": self.on_error,
            "request": self.on_request,
            "response": self.on_response,
            "requestfinished": self.on_finished,
            "requestfailed": self.on_failed,
        }
        for event, listener in _LISTENERS.pop(self.page, {}).items():
            self.page.remove_listener(event, listener)
        for event, listener in listeners.items():
            self.page.on(event, listener)
        _LISTENERS[self.page] = listeners


#: Event listeners by tab.
_LISTENERS: dict[Page, dict[Any, Any]] = {}


def open_page(context: BrowserContext, url: str, width: int = 1280, scheme: Scheme = "light") -> Visit:
    """Open an address in the context's tab, as a first-time visitor, and wait until it is at rest.

    `width` is in CSS pixels; `scheme` is the preference of the reader's system.
    """
    page = context.pages[0] if context.pages else context.new_page()
    page.goto("about:blank")
    page.set_viewport_size(_window(width))
    page.emulate_media(color_scheme=scheme)
    _forget(context, page, url)
    visit = Visit(page, url)
    visit.listen()
    answer = page.goto(url, wait_until="load")
    visit.status = answer.status if answer else 0
    settle(visit)
    return visit


def _forget(context: BrowserContext, page: Page, url: str) -> None:
    """Empty the site's local storage, where Material keeps the palette that was last shown."""
    parts = urlsplit(url)
    session = context.new_cdp_session(page)
    origin = f"{parts.scheme}://{parts.netloc}"
    session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "local_storage"})
    session.detach()


def send_all(session: CDPSession, method: str, messages: Sequence[dict[str, Any]]) -> None:
    """Send commands to the developer tools in this order, and wait for all answers at once.

    Playwright offers only one command at a time: a hundred of them take most of a test's time.
    """

    async def answers() -> None:
        await asyncio.gather(*(session._impl_obj.send(method, message, 0) for message in messages))

    session._sync(answers())


def wait_for_next_frame(page: Page) -> None:
    """Wait for the next frame and what scripts do right after it, such as filters, which paint the choice first."""
    page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => setTimeout(done))))"
    )


def settle(visit: Visit) -> None:
    """Wait until two frames have been drawn, and two more after what was still being loaded; at most five seconds."""
    until = time.monotonic() + _SETTLE_SECONDS
    quiet, needed = 0, 1
    while quiet < needed and time.monotonic() < until:
        needed = 2 if visit.waiting else needed
        visit.page.wait_for_timeout(_TWO_FRAMES_MS)
        quiet = 0 if visit.waiting else quiet + 1


def horizontal_scroll(page: Page) -> str | None:
    """By how much the page is wider than its window, and which elements stick out; None if it fits."""
    found = page.evaluate(_STICKS_OUT)
    if found is None:
        return None
    return f"horizontal scroll: {found['by']} px, by {', '.join(found['elements']) or 'an invisible element'}"


def axe_violations(page: Page, rules: Rules = "all", known: set[str] | None = None) -> list[str]:
    """Violations found by axe-core, one readable block for each element.

    Of texts in equal colours, two are checked for their contrast, and none if their look is `known`; new looks are added.
    """
    if rules == "none":
        return []
    is_new = rules != "but colours" and _choose(page, set() if known is None else known)
    if rules == "colours" and not is_new:
        return []
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
        page.evaluate(_ONLY_CHOSEN, COLOURS)
    found = _run_axe(page, _options(rules, colours=is_new))
    return [_violation(rule, node) for rule in found for node in rule["nodes"]]


def _choose(page: Page, known: set[str]) -> bool:
    """Choose texts in looks that are not known, and add these looks; whether there are any."""
    before = len(known)
    known.update(page.evaluate(_CHOOSE, list(known)))
    return len(known) > before


def _options(rules: Rules, *, colours: bool) -> dict[str, Any]:
    """What axe is asked: all of it at once, because it looks through the page each time."""
    if rules == "colours":
        return {"runOnly": {"type": "rule", "values": COLOURS}}
    asked = dict.fromkeys(COLOURS, colours) | ({} if rules == "all" else {"target-size": False})
    tags = {"type": "tag", "values": AXE_TAGS}
    return {"runOnly": tags, "rules": {rule: {"enabled": on} for rule, on in asked.items()}}


def _run_axe(page: Page, options: dict[str, Any]) -> list[dict[str, Any]]:
    """Violations of a page, by rule."""
    asked = json.dumps({"resultTypes": ["violations"], **options})
    found: list[dict[str, Any]] = page.evaluate(
        f"axe.run(document, {asked}).then(results => results.violations)"
    )
    return found


def _violation(rule: dict[str, Any], node: dict[str, Any]) -> str:
    where = " ".join(str(part) for part in node["target"])
    why = node.get("failureSummary", "").replace("\n", "\n    ")
    return f"axe {rule['id']} ({rule['impact']}): {rule['help']}\n    {where}\n    {node['html'][:300]}\n    {why}"


def check_look(
    visit: Visit, width: int, scheme: Scheme, rules: Rules = "all", known: set[str] | None = None
) -> list[str]:
    """All problems of an open page once its window has another width, or the reader's system another scheme.

    Texts in `known` looks, of pages that were checked before, are not checked for their contrast again.
    """
    visit.page.emulate_media(color_scheme=scheme)
    resize(visit, width)
    wide = horizontal_scroll(visit.page)
    found = [*([wide] if wide else []), *axe_violations(visit.page, rules, known), *visit.problems()]
    return [f"{visit.url} at {width} px, {scheme}: {problem}" for problem in found]


def resize(visit: Visit, width: int) -> None:
    """Give the window of an open page another width in CSS pixels, and wait until the page is at rest."""
    if visit.page.viewport_size != _window(width):
        visit.page.set_viewport_size(_window(width))
        settle(visit)


def _window(width: int) -> ViewportSize:
    return {"width": width, "height": _HEIGHTS.get(width, 900)}

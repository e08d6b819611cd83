"""Pages as readers need them: wide spacing of text, targets that can be hit, nothing that moves.

Each check works on a page that is already open, so that it costs no visit.
"""

from __future__ import annotations

from playwright.sync_api import Page

#: The spacing that readers may ask for: WCAG 1.4.12. A constructed style sheet is allowed by any policy.
_SPACE = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { letter-spacing: .12em !important; line-height: 1.5 !important; word-spacing: .16em !important }
    p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets.push(sheet);
}"""

#: Targets that are smaller than `least` pixels. A link inside of a sentence may be: WCAG 2.5.8.
_SMALL = """([selector, least]) => {
  const size = (element) => { const box = element.getBoundingClientRect(); return [box.width, box.height]; };
  const isLarge = (element) => element && size(element).every((length) => length >= least - 0.5);
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && size(element)[0] > 1;
  const inSentence = (element) => getComputedStyle(element).display === "inline"
    && [...element.parentElement.childNodes].some((node) => node !== element && /[\\p{L}\\p{N}]/u.test(node.textContent));
  const label = (element) => element.closest("label") || element.labels?.[0];
  return [...document.querySelectorAll(selector)]
    .filter((element) => isShown(element) && !isLarge(element) && !isLarge(label(element)) && !inSentence(element))
    .map((element) => `${size(element).map(Math.round).join(" x ")}: ${element.localName}.${[...element.classList].join(".")} `
      + (element.ariaLabel || element.textContent).trim().slice(0, 30));
}"""

_TARGETS = (
    "a[href], button, input, select, textarea, summary, [role=button], [tabindex='0']:not(pre, div, section)"
)

#: Elements that would move for readers who want none of it. Fading edges follow the reader's own scrolling.
_MOVING = """() => [...document.querySelectorAll("*")].filter((element) => {
  const style = getComputedStyle(element);
  const lasts = (durations) => durations.split(", ").some((one) => parseFloat(one) > 0);
  return style.scrollBehavior === "smooth" || lasts(style.transitionDuration)
    || (style.animationName !== "none" && style.animationTimeline === "auto" && lasts(style.animationDuration));
}).map((element) => `${element.localName}.${[...element.classList].join(".")}`)"""


#: Names of links that lead to several places, with these. What opens counts as open. Names that screen readers take
#: from aria-label or from the text without its hidden parts; words of authors about other hosts are their own.
_SAME_NAMES = """() => {
  const words = (node) => node.nodeType === 3 ? node.data : node.ariaHidden === "true" || node.hidden ? ""
    : node.ariaLabel ?? [...node.childNodes].map(words).join("");
  const places = new Map(), closed = [...document.querySelectorAll("details:not([open])")];
  for (const one of closed) one.open = true;
  for (const link of document.querySelectorAll("a[href]")) {
    if (!link.checkVisibility() || link.closest("[aria-hidden=true]") || link.origin !== location.origin) continue;
    const name = words(link).replace(/\\s+/g, " ").trim().toLowerCase();
    places.set(name, (places.get(name) ?? new Set()).add(link.href));
  }
  for (const one of closed) one.open = false;
  return [...places].filter(([, found]) => found.size > 1).map(([name, found]) => `${name}: ${[...found].join(", ")}`);
}"""


#: Pairs of texts of which one covers the other, except in tables that scroll and in names with an ellipsis.
_OVERLAPS = """() => {
  const clipped = (element) => element && (getComputedStyle(element).clipPath !== "none" || clipped(element.parentElement));
  const scrolls = (element) => { const table = element.closest(".cb-table"); return table && table.scrollWidth > table.clientWidth; };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange(), found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || element.matches("script, style, option")
      || element.closest("svg, .md-ellipsis, .md-skip") || clipped(element) || scrolls(element)) continue;
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) if (box.width > 3 && box.height > 3) found.push([node.data.trim().slice(0, 30), box]);
  }
  const covers = ([, one], [, other]) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 4
    && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > Math.min(one.height, other.height) * 0.35;
  return found.flatMap((one, place) => found.slice(place + 1).filter((other) => covers(one, other)).map((other) => `${one[0]} / ${other[0]}`));
}"""


def space_out(page: Page) -> None:
    """Give the text of a page the spacing that readers may ask for."""
    page.evaluate(_SPACE)


def small_targets(page: Page, least: int, selector: str = _TARGETS) -> list[str]:
    """Targets with a side of less than this many pixels."""
    found: list[str] = page.evaluate(_SMALL, [selector, least])
    return found


def overlaps(page: Page) -> list[str]:
    """Pairs of texts of which one covers the other."""
    found: list[str] = page.evaluate(_OVERLAPS)
    return found


def same_names(page: Page) -> list[str]:
    """Links with the same name and different targets: the name alone says where a link leads (WCAG 2.4.9)."""
    found: list[str] = page.evaluate(_SAME_NAMES)
    return found


def moving(page: Page) -> list[str]:
    """Elements with a transition, an animation or smooth scrolling, in a window of a reader who wants none."""
    found: list[str] = page.evaluate(_MOVING)
    return found

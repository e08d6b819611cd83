"""Text that a page cuts: words and figures broken inside, boxes that hide a part of their content, silent scrollers,
and text beside the window, to which nobody can scroll.

A word can break after a hyphen or a slash, but not the name of a version; except in the sentence of a change,
whose values are texts of a charter. A box may cut its text with an ellipsis; it may scroll if its edge
fades, or what is next to its first column, and if this column stays. Words that are longer than their container can be are let off.
"""

from __future__ import annotations

from playwright.sync_api import Page

_CUT = """longest => {
  const found = [];
  const name = (element) => `${element.tagName.toLowerCase()}${element.id ? "#" + element.id : ""}.${[...element.classList].join(".")}`;
  const lines = (range) => new Set([...range.getClientRects()].filter((box) => box.width > 0.5).map((box) => Math.round(box.top))).size;
  const outside = (range) => [...range.getClientRects()].some((box) => box.width > 0.5 && (box.right > document.documentElement.clientWidth + 1 || box.left < -1));
  const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".cb-chart__room")
    && element.getBoundingClientRect().width > 2 && !clipped(element);
  const clipped = (element) => element && (getComputedStyle(element).clipPath !== "none" || clipped(element.parentElement));
  const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement;
    if (!node.data.trim() || element.matches("option, script, style, code, textarea, pre, title") || element.closest("svg") || !shown(element)) continue;
    range.selectNodeContents(node);
    if (outside(range) && !element.closest(".cb-table, pre, .md-typeset__scrollwrap, .highlight, select")) found.push(`outside of the window: "${node.data.trim().slice(0, 30)}" in ${name(element)} in ${name(element.parentElement)}`);
    if (lines(range) < 2) continue;
    const versions = element.closest("[id^=change-], .cb-important") ? [] : node.data.matchAll(/(?<![\\w-])(?:20\\d\\d|FY\\d\\d)-[HQM]\\d+(?![\\w-])/g);
    for (const match of [...node.data.matchAll(/[^ \\t\\n\\u00ad\\u200b\\/–—-]+/g), ...versions]) {
      if (match[0].length > longest) continue;
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      if (lines(range) > 1) found.push(`broken: "${match[0]}" in ${name(element)} in ${name(element.parentElement)}`);
    }
  }
  for (const figure of document.querySelectorAll("article .cb-figure")) {
    range.selectNodeContents(figure);
    if (shown(figure) && lines(range) > 1) found.push(`broken figure: "${figure.textContent}" in ${name(figure.parentElement)}`);
  }
  for (const element of document.querySelectorAll("article, article *")) {
    if (element.scrollWidth <= element.clientWidth + 1 || !shown(element) || element.matches("select, input, textarea, svg, svg *, pre")) continue;
    const style = getComputedStyle(element), by = `by ${element.scrollWidth - element.clientWidth} px: ${name(element)} ${element.getAttribute("aria-label") || ""}`;
    if (/hidden|clip/.test(style.overflowX) && style.textOverflow !== "ellipsis") found.push(`cut ${by}`);
    if (/auto|scroll/.test(style.overflowX)) {
      const first = element.querySelector("tbody th, tbody td");
      const shadows = first ? getComputedStyle(first).boxShadow.match(/rgba?\\(/g) || [] : [];
      if (style.maskImage === "none" && shadows.length < 2) found.push(`scrolls without a sign ${by}`);
      if (first && getComputedStyle(first).position !== "sticky") found.push(`scrolls without its first column ${by}`);
    }
  }
  for (const element of document.querySelectorAll("article .md-typeset__table, article td, article th, article li, article p, article .cb-number__value, article h1, article h2, article h3")) {
    if (getComputedStyle(element).overflowX === "visible" && element.clientWidth && element.scrollWidth > element.clientWidth + 2
      && getComputedStyle(element).display !== "inline" && shown(element) && !element.closest("svg"))
      found.push(`sticks out by ${element.scrollWidth - element.clientWidth} px: ${name(element)} "${element.textContent.trim().slice(0, 30)}"`);
  }
  return [...new Set(found)];
}"""

#: Draw tables that are out of sight: the sign that they scroll is drawn with them.
_DRAW = """async () => {
  for (const table of document.querySelectorAll("article .cb-table")) table.style.contentVisibility = "visible";
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
}"""


def cut_text(page: Page, longest: int = 40) -> list[str]:
    """The texts that a page cuts, one line each. Words of more letters than `longest` can break."""
    if page.locator("article :is(.cb-matrix--huge, .cb-columns--huge)").count():
        page.evaluate(_DRAW)
    found: list[str] = page.evaluate(_CUT, longest)
    return found

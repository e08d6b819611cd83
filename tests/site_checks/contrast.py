"""Contrast of the controls of a page in each of their states, computed from the colours that Chromium would paint.

States are forced by the developer tools, so that every control is seen hovered, focused and pressed. Of controls that look
alike, two are taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from playwright.sync_api import CDPSession, Page

from tests.site_checks.browser import send_all

State = Literal["rest", "hover", "focus", "active", "disabled", "checked"]

#: Pseudo-classes that make up a state.
STATES: dict[State, list[str]] = {
    "rest": [],
    "hover": ["hover"],
    "focus": ["focus", "focus-visible"],
    "active": ["hover", "active", "focus"],
    "disabled": [],
    "checked": [],
}

#: Attribute that marks the controls that are looked at.
_MARK = "data-contrast"

#: Mark two of the visible controls of each look that is not known, and return the looks; changes of colour happen at once.
_CHOOSE = """([mark, known]) => {
  const style = new CSSStyleSheet();
  style.replaceSync("*, ::before, ::after, ::placeholder { transition: none !important; animation: none !important }");
  document.adoptedStyleSheets = [style];
  const looks = new Map(known.map((kind) => [kind, 2]));
  const look = (element) => {
    const parts = [];
    for (let at = element; at && parts.length < 6; at = at.parentElement)
      parts.push(`${at.tagName}.${at.className.baseVal ?? at.className}.${at.type ?? ""}.${at.dataset?.s ?? ""}`);
    return parts.join(" ");
  };
  for (const element of document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, label[for], [tabindex='0'], [role=button]")) {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const kind = look(element), before = looks.get(kind) || 0;
    if (before >= 2) continue;
    looks.set(kind, before + 1);
    element.setAttribute(mark, "");
  }
  return [...looks.keys()];
}"""

#: The contrasts of all marked controls: text and icons, the edge of a field, and the ring of the focus.
_MEASURE = """([mark, state]) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
  const paint = canvas.getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const rgba = (colour) => {
    if (!known.has(colour)) {
      paint.clearRect(0, 0, 1, 1); paint.fillStyle = colour; paint.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = paint.getImageData(0, 0, 1, 1).data;
      known.set(colour, [r, g, b, a / 255]);
    }
    return known.get(colour);
  };
  const over = ([r, g, b, a], below) => [r, g, b].map((part, place) => part * a + below[place] * (1 - a));
  const root = () => rgba(matchMedia("(forced-colors: active)").matches ? "Canvas"
    : getComputedStyle(document.body).getPropertyValue("--md-default-bg-color").trim() || "white").slice(0, 3);
  const behind = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reduceRight((below, layer) => over(layer, below), root());
  };
  const opacity = (element) => { let all = 1; for (let at = element; at; at = at.parentElement) all *= getComputedStyle(at).opacity; return all; };
  const light = (colour) => {
    const [r, g, b] = colour.map((part) => part / 255).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const against = (colour, element, below) => {
    const [r, g, b, a] = rgba(colour);
    return contrast(over([r, g, b, a * opacity(element)], below), below);
  };
  const name = (element) => `${element.tagName.toLowerCase()}${element.id ? "#" + element.id : ""}.${[...element.classList].join(".")} `
    + `in ${element.parentElement.className} "${(element.getAttribute("aria-label") || element.textContent).trim().replace(/\\s+/g, " ").slice(0, 40)}"`;
  const found = [];
  for (const control of document.querySelectorAll(`[${mark}]`)) {
    if (!control.checkVisibility({ visibilityProperty: true })) continue;
    const add = (what, value, least) => found.push({ name: name(control), what, value, least });
    if (state === "disabled" && !control.disabled || state === "checked" && !control.checked) continue;
    const field = control.matches("input:not([type=checkbox], [type=radio]), select, textarea");
    for (const part of [control, ...control.querySelectorAll("*")]) {
      const style = getComputedStyle(part);
      const shown = part.checkVisibility({ visibilityProperty: true }) && style.clipPath === "none";
      const text = [...part.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) || (part === control && field);
      if (shown && text) add("text", against(style.color, part, behind(part)), "text");
      if (shown && part.matches("svg") && !control.matches("section, div, pre")) add("icon", against(style.fill, part, behind(part)), "mark");
    }
    const style = getComputedStyle(control);
    if (field && getComputedStyle(control, "::placeholder").content !== "none" && control.placeholder)
      add("placeholder", against(getComputedStyle(control, "::placeholder").color, control, behind(control)), "text");
    const outside = behind(control.parentElement);
    // A field without a border has that of the box around it.
    if (field || control.matches("button.md-button, .cb-form__small")) {
      const edges = [control, control.parentElement].filter((box) => parseFloat(getComputedStyle(box).borderTopWidth) > 0)
        .map((box) => against(getComputedStyle(box).borderTopColor, box, behind(box.parentElement)));
      add("edge", Math.max(...edges, contrast(behind(control), outside)), "mark");
    }
    if (state === "focus" && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
      add("focus ring", Math.max(against(style.outlineColor, control, outside), against(style.outlineColor, control, behind(control))), "mark");
  }
  return found;
}"""

_DISABLE = """([mark, off]) => {
  for (const control of document.querySelectorAll(`:is(button, input, select, textarea)[${mark}]`)) control.disabled = off;
}"""
_CHECK = """([mark, on]) => {
  for (const box of document.querySelectorAll(`:is([type=checkbox], [type=radio])[${mark}]`)) box.checked = on;
}"""


@dataclass(frozen=True)
class Contrast:
    """The contrast of a part of a control in a state."""

    state: State
    name: str
    what: str
    value: float
    least: Literal["text", "mark"]

    def __str__(self) -> str:
        return f"{self.state}: {self.what} {self.value:.2f}:1, {self.name}"


def measure(
    page: Page, states: Sequence[State] = tuple(STATES), known: set[str] | None = None
) -> list[Contrast]:
    """The contrasts of the page's controls, state by state, but of those in `known` looks; new looks are added."""
    known = set() if known is None else known
    known.update(page.evaluate(_CHOOSE, [_MARK, list(known)]))
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    nodes = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": f"[{_MARK}]"})["nodeIds"]
    forced: list[str] = []
    found: list[Contrast] = []
    for state in sorted(states, key=lambda one: bool(STATES[one])):
        if STATES[state] != forced:
            forced = STATES[state]
            _force(session, nodes, forced)
        found += _in_state(page, state)
    session.detach()
    return found


def _in_state(page: Page, state: State) -> list[Contrast]:
    """The contrasts in a state, whose pseudo-classes are forced."""
    _switch(page, state, on=True)
    found: list[dict[str, Any]] = page.evaluate(_MEASURE, [_MARK, state])
    _switch(page, state, on=False)
    return [Contrast(state, **one) for one in found]


def _switch(page: Page, state: State, *, on: bool) -> None:
    """Set or end a state that is an attribute of the element."""
    script = {"disabled": _DISABLE, "checked": _CHECK}.get(state)
    if script:
        page.evaluate(script, [_MARK, on])


def _force(session: CDPSession, nodes: list[int], classes: list[str]) -> None:
    send_all(
        session, "CSS.forcePseudoState", [{"nodeId": node, "forcedPseudoClasses": classes} for node in nodes]
    )

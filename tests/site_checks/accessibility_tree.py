"""What Chromium tells screen readers about the elements of a page: roles, names and states, also in closed lists."""

from __future__ import annotations

from typing import Any, NamedTuple

from playwright.sync_api import Page

#: Roles of elements that take the focus.
CONTROLS = frozenset(
    {
        "link",
        "button",
        "textbox",
        "searchbox",
        "combobox",
        "radio",
        "checkbox",
        "DisclosureTriangle",
        "switch",
    }
)


class Spoken(NamedTuple):
    """A control as a screen reader says it."""

    role: str
    name: str
    states: dict[str, Any]


def controls(page: Page, selector: str) -> list[Spoken]:
    """The controls inside of the first element that matches, in the order of reading; those that are hidden are missing."""
    return _inside(page, selector, CONTROLS)


def headings(page: Page) -> list[tuple[int, str]]:
    """Level and name of each heading of the text, in the order of reading."""
    return [(one.states["level"], one.name) for one in _inside(page, "article", frozenset({"heading"}))]


def texts(page: Page, selector: str) -> list[str]:
    """All texts inside of the first element that matches, in the order of reading, also those of styles."""
    return [one.name for one in _inside(page, selector, frozenset({"StaticText"})) if one.name]


def images(page: Page) -> list[Spoken]:
    """The images and drawings of a page, in the order of reading."""
    return _inside(page, "body", frozenset({"image", "img"}))


def focusable(page: Page) -> list[Spoken]:
    """All elements of a page that take the focus by themselves, in the order of reading."""
    return [one for one in _inside(page, "body", None) if one.states.get("focusable")]


def _inside(page: Page, selector: str, roles: frozenset[str] | None) -> list[Spoken]:
    """The elements with one of these roles, or with any, inside of the first element that matches."""
    session = page.context.new_cdp_session(page)
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    found = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    start = session.send("DOM.describeNode", {"nodeId": found})["node"]["backendNodeId"]
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by_id = {node["nodeId"]: node for node in nodes}
    waiting = [node["nodeId"] for node in nodes if node.get("backendDOMNodeId") == start]
    said: list[Spoken] = []
    while waiting:
        node = by_id.get(waiting.pop())
        if node is None:
            continue
        if not node.get("ignored") and (roles is None or node["role"]["value"] in roles):
            said.append(_spoken(node))
        waiting += reversed(node.get("childIds", []))
    return said


def _spoken(node: dict[str, Any]) -> Spoken:
    states = {one["name"]: one["value"].get("value") for one in node.get("properties", ())}
    name = node.get("name", {}).get("value", "")
    return Spoken(node["role"]["value"], " ".join(name.split()), states)

"""Pages that all contenders make of a charter: addresses, Markdown, and required texts.

Markdown is written as by an experienced user of mkdocs-macros: one file for each page, with Jinja that takes the
texts from charter.yml. `expanded` is the same page for a generator without Jinja.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment

from benchmarks.other_tools.macros import functions

OTHER_TOOLS = Path(__file__).parent / "other_tools"

#: The sections that can have a page, and its heading.
HEADINGS = {
    "mission": "Mission",
    "services": "Services",
    "audiences": "Audiences",
    "funding": "Funding",
    "metrics": "Metrics",
    "review": "Review and sign-off",
    "intake": "How to ask",
    "scope": "Out of scope",
    "roles": "Roles",
    "partners": "Partners",
    "platforms": "Platforms and data",
    "maturity": "Maturity",
    "roadmap": "Roadmap",
    "risks": "Risks",
    "decisions": "Decisions",
    "glossary": "Glossary",
}

#: The kinds of items that have a page each, and the texts that it must show.
ITEMS = {
    "services": ("summary", "for_buyer", "for_seller", "asks"),
    "audiences": ("summary", "expects", "gives"),
    "metrics": ("definition", "formula"),
}

_LINK = re.compile(r"\]\(((?:[\w./-]*/)?)(\w[\w-]*)\.md\)")


@dataclass(frozen=True)
class Page:
    """A page of one version: address, Markdown, heading, and required texts."""

    address: str
    source: str
    markdown: str
    heading: str
    texts: tuple[str, ...]


def pages(charter: Mapping[str, Any]) -> list[Page]:
    """All pages of a charter."""
    return [_home(charter), *_sections(charter), *_items(charter), *_own_sections(charter)]


def by_mkdocs(charter: Mapping[str, Any]) -> dict[str, str]:
    """The pages' Markdown by its path, with Jinja."""
    return {f"docs/{page.source}": page.markdown for page in pages(charter)}


def expanded(charter: Mapping[str, Any]) -> dict[str, str]:
    """The pages' Markdown by its path, without Jinja, with links to addresses, and titles in front."""
    jinja = Environment(autoescape=False)  # noqa: S701 – makes Markdown of our own charter
    jinja.globals.update(functions(charter))
    return {page.source: _expanded(page, jinja) for page in pages(charter)}


def _expanded(page: Page, jinja: Environment) -> str:
    text = _LINK.sub(_to_address, jinja.from_string(page.markdown).render())
    return f"---\ntitle: {page.heading!r}\n---\n\n{text}\n"


def _to_address(link: re.Match[str]) -> str:
    folder, name = link.groups()
    return f"]({folder})" if name == "index" else f"]({folder}{name}/)"


def _home(charter: Mapping[str, Any]) -> Page:
    links = [f"- [{page.heading}]({page.source})" for page in _sections(charter)]
    markdown = "# {{ charter.title }}\n\n{{ charter.mission.statement }}\n\n" + "\n".join(links) + "\n"
    return Page("", "index.md", markdown, charter["title"], (charter["mission"]["statement"],))


def _sections(charter: Mapping[str, Any]) -> Iterator[Page]:
    for key, heading in HEADINGS.items():
        if key in charter:
            of_items = key in ITEMS
            markdown = _list(key, heading) if of_items else f"# {heading}\n\n{{{{ show(charter.{key}) }}}}\n"
            source = f"{key}/index.md" if of_items else f"{key}.md"
            yield Page(f"{key}/", source, markdown, heading, tuple(_section_texts(charter[key])))


def _list(key: str, heading: str) -> str:
    text = "definition" if key == "metrics" else "summary"
    return (
        f"# {heading}\n\n{{% for item in charter.{key} %}}\n"
        f"- [{{{{ item.name }}}}]({{{{ item.id }}}}.md): {{{{ item.{text} }}}}\n{{% endfor %}}\n"
    )


def _section_texts(section: Any) -> Iterator[str]:
    """Names of its items, or the texts of a mission."""
    if isinstance(section, list):
        yield from (item["name"] for item in section if "name" in item)
    elif "statement" in section:
        yield from (section[key] for key in ("statement", "why", "vision") if key in section)
        yield from section.get("principles", ())
    else:
        yield from (
            item["name"] for part in section.values() if isinstance(part, list) for item in _named(part)
        )


def _named(part: list[Any]) -> Iterator[Mapping[str, str]]:
    yield from (item for item in part if isinstance(item, dict) and "name" in item)


def _items(charter: Mapping[str, Any]) -> Iterator[Page]:
    for kind, keys in ITEMS.items():
        for item in charter.get(kind, ()):
            call = f'item("{kind}", "{item["id"]}")'
            markdown = f"{{% set this = {call} %}}\n# {{{{ this.name }}}}\n\n{{{{ show(this) }}}}\n"
            texts = tuple(item[key] for key in keys if key in item)
            yield Page(f"{kind}/{item['id']}/", f"{kind}/{item['id']}.md", markdown, item["name"], texts)


def _own_sections(charter: Mapping[str, Any]) -> Iterator[Page]:
    for section in charter.get("sections", ()):
        call = f'item("sections", "{section["id"]}")'
        markdown = f"{{% set this = {call} %}}\n# {{{{ this.title }}}}\n\n{{{{ this.text }}}}\n"
        yield Page(f"{section['id']}/", f"{section['id']}.md", markdown, section["title"], (section["text"],))

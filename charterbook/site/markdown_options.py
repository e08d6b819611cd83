"""Options of Markdown extensions, listed under any of their names."""

from __future__ import annotations

from typing import Any

from markdown import Extension
from mkdocs.config.defaults import MkDocsConfig

_STANDARD = "markdown.extensions."


def options_of(config: MkDocsConfig, name: str) -> dict[str, Any] | None:
    """The options of an extension, such as `toc` or `pymdownx.snippets`; None if it is not used.

    mkdocs.yml can also list `markdown.extensions.toc` or `markdown.extensions.toc:TocExtension`,
    and a hook can add an extension as an object. Of an extension that is listed twice, Markdown
    uses the last.
    """
    for listed in reversed(config.markdown_extensions):
        if _name(listed) == name:
            return (
                listed.getConfigs() if isinstance(listed, Extension) else config.mdx_configs.get(listed) or {}
            )
    return None


def _name(listed: str | Extension) -> str:
    module = type(listed).__module__ if isinstance(listed, Extension) else listed.partition(":")[0]
    return module.removeprefix(_STANDARD)

"""The messages of mkdocs-macros about errors in pages."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable

from mkdocs.config.defaults import MkDocsConfig

#: The logger of mkdocs-macros.
_LOGGER = "mkdocs.plugins.mkdocs_macros.util"


class MacroErrors(logging.Filter):
    """Filter that replaces a message about an error in a page by one line, if `explain` has one.

    mkdocs-macros logs a page of Markdown with a traceback, while it handles the error.
    """

    def __init__(self, explain: Callable[[BaseException], str | None]) -> None:
        super().__init__()
        self._explain = explain

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a record is logged: always."""
        error = sys.exc_info()[1]
        words = self._explain(error) if error and record.levelno >= logging.WARNING else None
        if words:
            record.msg, record.args = words, ()
            record.levelno, record.levelname = logging.ERROR, logging.getLevelName(logging.ERROR)
        return True

    def begin(self) -> None:
        """Replace messages from now on, instead of any earlier filter."""
        logger = logging.getLogger(_LOGGER)
        for old in [one for one in logger.filters if isinstance(one, MacroErrors)]:
            logger.removeFilter(old)
        logger.addFilter(self)


def module_error(error: Exception, config: MkDocsConfig) -> str | None:
    """An error of mkdocs-macros about the author's module without macros as one line; None for any other error."""
    if "macros" not in config.plugins or not isinstance(error, NameError) or "define_env" not in str(error):
        return None
    return f"{config.plugins['macros'].config['module_name']}.py: define_env is missing. Add the line: {_FORWARD}"


_FORWARD = "from charterbook.site.macros import define_env"

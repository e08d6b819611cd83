"""The messages of mkdocs-macros about errors in pages."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from charterbook.config_locations import place_of_key
from charterbook.suggestions import closest

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
        """Replace messages from now on, in place of any earlier filter."""
        logger = logging.getLogger(_LOGGER)
        for old in [one for one in logger.filters if isinstance(one, MacroErrors)]:
            logger.removeFilter(old)
        logger.addFilter(self)


def module_error(error: Exception, config: MkDocsConfig) -> str | None:
    """An error of mkdocs-macros about the author's module as one line: there is none, or it has no macros."""
    if "macros" not in config.plugins or not isinstance(error, ImportError | NameError):
        return None
    file = Path(config.config_file_path)
    name = config.plugins["macros"].config["module_name"]
    module = file.parent / f"{name}.py"
    if isinstance(error, ImportError) and not module.exists():
        keys = ("plugins", "macros", "module_name")
        place = place_of_key(file, keys) or file.name
        others = sorted(path.stem for path in file.parent.glob("*.py"))
        remedy = closest(name, others) if others else f"create it with the line: {_FORWARD}"
        return f"{place}: {': '.join(keys)}: there is no {module.name} in the folder of {file.name}; {remedy}"
    if isinstance(error, NameError) and "define_env" in str(error):
        return f"{module.name}: define_env is missing. Add the line: {_FORWARD}"
    return None


_FORWARD = "from charterbook.site.macros import define_env"

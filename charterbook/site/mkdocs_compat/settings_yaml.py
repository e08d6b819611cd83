"""Files of MkDocs' code that reads mkdocs.yml, and that lists docs/."""

from __future__ import annotations

from mkdocs.config import base
from mkdocs.structure.files import get_files
from mkdocs.utils import yaml

__all__ = ["LISTS_DOCS", "READS_SETTINGS"]

#: Files of the code that reads mkdocs.yml and its parents.
READS_SETTINGS = frozenset({str(base.__file__), str(yaml.__file__)})

#: File of the code that lists docs/.
LISTS_DOCS = get_files.__code__.co_filename

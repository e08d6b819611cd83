"""How MkDocs reads mkdocs.yml, and the code by which it does."""

from __future__ import annotations

from mkdocs.config import base
from mkdocs.config.base import ValidationError
from mkdocs.structure.files import get_files
from mkdocs.utils import yaml
from mkdocs.utils.yaml import get_yaml_loader

__all__ = ["LISTS_DOCS", "READS_SETTINGS", "ValidationError", "get_yaml_loader"]

#: The files of the code that reads mkdocs.yml and what it inherits from.
READS_SETTINGS = frozenset({str(base.__file__), str(yaml.__file__)})

#: The file of the code that lists docs/.
LISTS_DOCS = get_files.__code__.co_filename

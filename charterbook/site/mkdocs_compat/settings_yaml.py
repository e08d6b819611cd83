"""MkDocs' YAML reader of mkdocs.yml, and the files of its code."""

from __future__ import annotations

from mkdocs.config import base
from mkdocs.config.base import ValidationError
from mkdocs.structure.files import get_files
from mkdocs.utils import yaml
from mkdocs.utils.yaml import get_yaml_loader

__all__ = ["LISTS_DOCS", "READS_SETTINGS", "ValidationError", "get_yaml_loader"]

#: Files of the code that reads mkdocs.yml and its parents.
READS_SETTINGS = frozenset({str(base.__file__), str(yaml.__file__)})

#: File of the code that lists docs/.
LISTS_DOCS = get_files.__code__.co_filename

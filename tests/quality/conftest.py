"""The sites, served below a path, by one server each in every pytest process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial

import pytest

from tests.quality.sites import BOOKS, Site, build
from tests.site.shared_sites import build_once
from tests.site_checks.server import serve


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Site]]:
    """A site by its name: example, russian, stress or minimal."""
    served: dict[str, Site] = {}
    with ExitStack() as servers:

        def give(name: str) -> Site:
            if name not in served:
                built = build_once(tmp_path_factory, name, partial(build, make=BOOKS[name]))
                served[name] = Site(built.site, servers.enter_context(serve(built.site)))
            return served[name]

        yield give

"""Links to the charter's repository at a forge."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig

from charterbook.forge import Forge, forge_at
from charterbook.frozen_dataclass import dataclass
from charterbook.settings import words_of


@dataclass(frozen=True)
class ForgeLinks:
    """The charter's repository at a forge.

    `url` is the repository's address, without a slash at the end; `forge` knows its address scheme, and is None if
    the kind of forge is unknown. `branch` is the published branch, on which proposals are based, and `path` the
    charter's file there; both are None without git. `file` is its display name. A handbook for a group of readers has
    only `file`, because its readers may lack access to the repository. `proposals_to` are the addresses that
    proposals are e-mailed to.
    """

    url: str | None
    forge: Forge | None = None
    branch: str | None = None
    path: str | None = None
    file: str = "charter.yml"
    proposals_to: tuple[str, ...] = ()

    @classmethod
    def of(cls, config: MkDocsConfig, branch: str | None, path: str | None) -> ForgeLinks:
        """Repository of mkdocs.yml; only http and https addresses are used."""
        url = (config.repo_url or "").rstrip("/")
        settings = config.plugins["charterbook"].config
        file = path or settings["charter"]
        to = words_of(settings["proposals_to"] or [])
        if settings["for_group"]:
            return cls(None, file=settings["charter"], proposals_to=to)
        if not url.startswith(("https://", "http://")):
            return cls(None, None, branch, path, file, to)
        forge = forge_at(url, settings["forge"])
        return cls(forge.url if forge else url, forge, branch, path, file, to)

    def commit(self, commit: str) -> str | None:
        """Page of a commit; for an unknown kind of forge, at the most common address."""
        if self.forge is not None:
            return self.forge.commit(commit)
        return f"{self.url}/commit/{commit}" if self.url else None

    def change_request(self, number: int) -> str | None:
        """Page of a pull request, None if the kind of forge is unknown."""
        return self.forge.change_request(number) if self.forge else None

    def edit(self, line: int | None = None) -> str | None:
        """The forge's editor for the charter on the published branch, None if unknown."""
        if self.forge is None or self.branch is None or self.path is None:
            return None
        return self.forge.edit(self.branch, self.path, line)

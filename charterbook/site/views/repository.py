"""Where the charter is kept, and the addresses there."""

from __future__ import annotations

from dataclasses import dataclass

from mkdocs.config.defaults import MkDocsConfig


@dataclass(frozen=True)
class Repository:
    """Where the charter is kept: the forge's address, without a slash at the end; None if not known."""

    url: str | None

    @classmethod
    def of(cls, config: MkDocsConfig) -> Repository:
        """The repository that mkdocs.yml names; only http and https addresses are used."""
        url = (config.repo_url or "").rstrip("/")
        return cls(url if url.startswith(("https://", "http://")) else None)

    def commit(self, commit: str) -> str | None:
        """The address of a commit: GitHub, GitLab and Gitea know `commit/`, Bitbucket `commits/`."""
        if self.url is None:
            return None
        return f"{self.url}/{'commits' if 'bitbucket' in self.url else 'commit'}/{commit}"

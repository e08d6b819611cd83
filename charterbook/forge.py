"""Web addresses at the forge of a repository: GitHub, GitLab, Gitea or Forgejo, Bitbucket, Azure DevOps.

Addresses are derived from the repository's address, without requests to the forge. Sources: GitHub's
and GitLab's documentation; for the line in GitHub's editor isaacs/github#295; for a new file in Gitea
go-gitea/gitea#16556. The editors of Bitbucket and GitLab support no line. GitLab's page for a new file
supports a name but no content (gitlab-org/gitlab#594214). Bitbucket Data Center and Azure DevOps have no address
for an editor: files are opened at the line, one click away from it (backstage/backstage#20042).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args
from urllib.parse import quote, urlsplit

from charterbook.frozen_dataclass import dataclass

Kind = Literal["github", "gitlab", "gitea", "bitbucket", "bitbucket-data-center", "azure"]
KINDS: tuple[Kind, ...] = get_args(Kind)

#: The forge for a word in a host name. Forgejo has Gitea's addresses.
_HOSTS: Mapping[str, Kind] = {
    "github": "github",
    "ghe": "github",
    "gitlab": "gitlab",
    "gitea": "gitea",
    "forgejo": "gitea",
    "codeberg": "gitea",
    "bitbucket": "bitbucket",
    "azure": "azure",
    "visualstudio": "azure",
}

#: Paths of repositories that show the kind of forge, also below a context path: `/_git/charter`,
#: `/projects/OUR/repos/charter`, `/users/dana/repos/charter`.
_PATHS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"/_git/[^/]+\Z"), "azure"),
    (re.compile(r"/(?:projects|users)/[^/]+/repos/[^/]+\Z"), "bitbucket-data-center"),
)
#: The end of the address for clones at Bitbucket Data Center; a personal project begins with a tilde.
_CLONE = re.compile(r"/scm/(?P<owner>[^/]+)/(?P<name>[^/]+)\Z")

#: Names of public forges, by host.
_NAMES: Mapping[str, str] = {
    "github.com": "GitHub",
    "gitlab.com": "GitLab",
    "gitea.com": "Gitea",
    "codeberg.org": "Codeberg",
    "bitbucket.org": "Bitbucket",
    "dev.azure.com": "Azure DevOps",
}

#: Maximum length of an address in characters: servers in front of the forges refuse more than 8 KB.
LONGEST = 8_000

_COMMIT: Mapping[Kind, str] = {
    "github": "{url}/commit/{commit}",
    "gitlab": "{url}/-/commit/{commit}",
    "gitea": "{url}/commit/{commit}",
    "bitbucket": "{url}/commits/{commit}",
    "bitbucket-data-center": "{url}/commits/{commit}",
    "azure": "{url}/commit/{commit}",
}
_REQUEST: Mapping[Kind, str] = {
    "github": "{url}/pull/{number}",
    "gitlab": "{url}/-/merge_requests/{number}",
    "gitea": "{url}/pulls/{number}",
    "bitbucket": "{url}/pull-requests/{number}",
    "bitbucket-data-center": "{url}/pull-requests/{number}",
    "azure": "{url}/pullrequest/{number}",
}
_FILE: Mapping[Kind, str] = {
    "github": "{url}/blob/{branch}/{path}",
    "gitlab": "{url}/-/blob/{branch}/{path}",
    "gitea": "{url}/src/branch/{branch}/{path}",
    "bitbucket": "{url}/src/{branch}/{path}",
    "bitbucket-data-center": "{url}/browse/{path}?at=refs/heads/{branch}",
    "azure": "{url}?path=/{path}&version=GB{branch}",
}
_EDIT: Mapping[Kind, str] = {
    "github": "{url}/edit/{branch}/{path}",
    "gitlab": "{url}/-/edit/{branch}/{path}",
    "gitea": "{url}/_edit/{branch}/{path}",
    "bitbucket": "{url}/src/{branch}/{path}?mode=edit&at={branch}",
}
#: The end of an address is the number of the line: scripts replace it.
_LINE: Mapping[Kind, str] = {
    "github": "#L{line}",
    "gitlab": "#L{line}",
    "gitea": "#L{line}",
    "bitbucket": "#lines-{line}",
    "bitbucket-data-center": "#{line}",
    "azure": "&line={line}",
}
_NEW: Mapping[Kind, str] = {
    "github": "{url}/new/{branch}",
    "gitlab": "{url}/-/new/{branch}",
    "gitea": "{url}/_new/{branch}/",
}


class NewFile(NamedTuple):
    """A forge's page for a new file: its address, and the parameters for name and content.

    `content` is None if the page has no such parameter, so that it must be pasted.
    """

    address: str
    name: str
    content: str | None


@dataclass(frozen=True)
class Forge:
    """A repository at a forge: its address without a final slash, and the kind of forge."""

    url: str
    kind: Kind

    @property
    def name(self) -> str:
        """The usual name of a public forge, or the host name of a private one."""
        host = urlsplit(self.url).hostname or ""
        return _NAMES.get("dev.azure.com" if host.endswith(".visualstudio.com") else host, host)

    @property
    def has_editor(self) -> bool:
        """Whether the forge's editor has an address."""
        return self.kind in _EDIT

    def commit(self, commit: str) -> str:
        """The page of a commit."""
        return self._address(_COMMIT, commit=commit)

    def change_request(self, number: int) -> str:
        """The page of a pull request, by its number."""
        return self._address(_REQUEST, number=str(number))

    def file(self, branch: str, path: str, line: int | None = None) -> str:
        """The page of a file on a branch, at a line (from 1)."""
        return self._address(_FILE, branch=branch, path=path) + self._at(line)

    def edit(self, branch: str, path: str, line: int | None = None) -> str:
        """The editor for a file on a branch, at a line (from 1) if the forge's editor supports lines.

        The page of the file if the editor has no address.
        """
        if not self.has_editor:
            return self.file(branch, path, line)
        return self._address(_EDIT, branch=branch, path=path) + self._at(line)

    def new_file(self, branch: str) -> NewFile | None:
        """The page for a new file on a branch; None if the forge has no page with parameters."""
        if self.kind not in _NEW:
            return None
        parameters = ("file_name", None) if self.kind == "gitlab" else ("filename", "value")
        return NewFile(self._address(_NEW, branch=branch), *parameters)

    def _address(self, table: Mapping[Kind, str], **parts: str) -> str:
        quoted = {key: quote(value, safe="/") for key, value in parts.items()}
        return table[self.kind].format(url=self.url, **quoted)

    def _at(self, line: int | None) -> str:
        return "" if line is None else _LINE[self.kind].format(line=line)


def forge_at(url: str | None, kind: str | None = None) -> Forge | None:
    """The forge at a repository's address, of the given kind or else of the kind suggested by its host name or path.

    None without an http(s) address, or if the kind is unknown. Names and passwords in the address are left out, and
    the address for clones at Bitbucket Data Center is replaced by that of its pages.
    """
    parts = urlsplit(url or "")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    found: Kind | None = kind if kind in KINDS else _kind_of(parts.hostname)
    path = parts.path.rstrip("/")
    if found in (None, "bitbucket", "bitbucket-data-center") and parts.hostname != "bitbucket.org":
        path = path.removesuffix("/browse")
        if found and (clone := _CLONE.search(path)):
            path = path[: clone.start()] + _pages_of(**clone.groupdict())
        found = next((of_path for pattern, of_path in _PATHS if pattern.search(path)), found)
    if found != "azure":
        path = path.removesuffix(".git")
    return Forge(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{path}", found) if found else None


def _pages_of(owner: str, name: str) -> str:
    """The path of a repository's pages at Bitbucket Data Center."""
    holder = f"users/{owner[1:]}" if owner.startswith("~") else f"projects/{owner}"
    return f"/{holder}/repos/{name}"


def _kind_of(host: str) -> Kind | None:
    """The kind by a word in the host name: `gitlab.example.com`, `bitbucket.org`."""
    words = host.lower().replace("-", ".").split(".")
    return next((kind for word, kind in _HOSTS.items() if word in words), None)

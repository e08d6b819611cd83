"""mike: each version is deployed from its worktree into the branch gh-pages, and nothing is pushed."""

from __future__ import annotations

import io
import subprocess
import tarfile

from benchmarks.contenders.base import addressed
from benchmarks.contenders.worktrees import Worktrees
from benchmarks.runner import PYTHON, environment, run

_MAIN = "from mike.driver import main; main()"


class Mike(Worktrees):
    """`mike deploy` for one version after the other; the newest is also `latest`."""

    name = "mike"

    def build_version(self, version: str, *, newest: bool) -> None:
        alias = ["--update-aliases", version, "latest"] if newest else [version]
        run([PYTHON, "-c", _MAIN, "deploy", *alias], self.worktree(version))

    def pages(self, version: str) -> dict[str, str]:
        command = ["git", "archive", "--format=tar", f"gh-pages:{version}"]
        packed = subprocess.run(
            command, cwd=self.repository, env=environment(), capture_output=True, check=True
        ).stdout
        with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
            return dict(
                addressed(
                    (member.name, content.read())
                    for member in tar
                    if member.name.endswith("index.html") and (content := tar.extractfile(member))
                )
            )

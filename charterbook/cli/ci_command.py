"""`charterbook ci`."""

from __future__ import annotations

from typing import Literal

import click

from charterbook.cli.handbook import Handbook, config_file
from charterbook.problems import escape_terminal
from charterbook.repository import nearest_entry
from charterbook.terminal import note, show

_NEXT = (
    "Next: put Charterbook itself into {}, so that jobs can install it, and run this again. "
    "Charterbook's guide/publish.md shows how."
)
#: What people have to allow once on a forge. The guide has the details.
_TO_ALLOW = {
    "github": (
        "On GitHub, once: under Settings, Pages, choose the source “GitHub Actions”. If main is protected, allow the "
        "workflow's commits."
    ),
    "gitlab": (
        "On GitLab, once: put a project access token that may push to the protected default branch into the masked, "
        "protected CI/CD variable CHARTERBOOK_TOKEN, for the environment “proposals”; and add a daily pipeline schedule."
    ),
}
_PUBLISH = "Set site_url in mkdocs.yml, then commit and push these files. guide/publish.md has the details."

_ELSEWHERE = (
    "charterbook: workflows only run at the root of the repository, {}. Move them there, and let their steps run in "
    "the folder of the handbook."
)
_REMOVED = (
    "charterbook: {} no longer has {}. If the handbook needs that, put it with its hashes at the end of the file, where "
    "your own requirements stay."
)


@click.command()
@config_file
@click.argument("forge", type=click.Choice(["github", "gitlab"]), required=False)
def ci(book: Handbook, forge: Literal["github", "gitlab"] | None) -> None:
    """Write the CI files with which FORGE checks, reports on and applies proposals, publishes, and reminds of reviews.

    Run it at the root of the handbook's repository. Existing files are not changed, except requirements.lock,
    the packages that jobs install, with hashes. Without FORGE, only that file is updated, after an upgrade of
    Charterbook.
    """
    from charterbook.starter.ci import requirements_lock, update_lock, write

    folder = book.mkdocs_file().parent
    written = write(folder, forge) if forge else update_lock(folder)
    for name in written.names:
        show(f"  {name}\n")
    repository = nearest_entry(folder / requirements_lock.NAME)
    if forge and repository is not None and not repository.parent.samefile(folder):
        note(_ELSEWHERE.format(escape_terminal(str(repository.parent))))
    if written.removed:
        note(_REMOVED.format(requirements_lock.NAME, ", ".join(written.removed)))
    if not (folder / requirements_lock.WHEEL).is_file():
        show(f"{_NEXT.format(requirements_lock.WHEEL)}\n")
    elif forge and written.names:
        show(f"{_TO_ALLOW[forge]}\n{_PUBLISH}\n")

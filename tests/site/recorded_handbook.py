"""A handbook that reads files in every known way, and changes of each of these inputs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.site.handbooks import Handbook

SCOPE = {"out": [{"id": "events", "name": "Events"}]}
#: All files that the handbook reads, besides those from `charterbook new`; {outside} is a folder beside it.
FILES = {
    "../outside/rates.csv": "rate 1\n",
    "../outside/lib/far.py": "FAR = 'far 1'\n",
    "../outside/lib/deep/down.py": "DOWN = 'down 1'\n",
    "../outside/snippets/far.md": "Far snippet 1\n",
    "../outside/linked/page.md": "# Linked\n\nLinked 1\n",
    "../outside/linked.csv": "linked csv 1\n",
    "base.yml": "extra: {inherited: inherited 1}\n",
    "includes/note.md": "Note 1\n",
    "includes/abbr.md": "*[KPI]: Abbreviation 1\n",
    "data/team.csv": "team 1\n",
    "data/more/a.txt": "a\n",
    "data/beside.csv": "beside 1\n",
    "data/by-site.csv": "by site 1\n",
    "data/near/a.txt": "a\n",
    "../outside/beside-target.csv": "beside target 1\n",
    "data/cells/one/cell.txt": "cell 1\n",
    "data/start.json": '{"start": "start 1"}',
    "people.yml": "name: people 1\n",
    "parts/part.md": "Part 1\n",
    "helpers/__init__.py": "",
    "helpers/inner/__init__.py": "from pathlib import Path\nSTART = Path('data/start.json').read_text()\n",
    "helpers/inner/word.py": "WORD = 'word 1'\n",
    "spaced/module.py": "SPACED = 'spaced 1'\n",
    "overrides/main.html": "{% extends 'base.html' %}{% block extrahead %}{% include 'own.html' %}{% endblock %}\n",
    "overrides/own.html": "<meta name=own content='own 1'>\n",
    "hooks/hook.py": (
        "from pathlib import Path\n"
        "def on_page_markdown(markdown, **_):\n"
        "    return markdown + '\\n\\n' + Path('hooks/hooked.txt').read_text()\n"
    ),
    "hooks/hooked.txt": "hooked 1\n",
    "docs/raw.csv": "raw 1\n",
    "watched/anything.bin": "anything 1\n",
}
MACROS = """\
import glob, os, sqlite3, sys
from datetime import datetime
from contextlib import closing, suppress
from pathlib import Path
from charterbook.site.macros import define_env as define_charterbook

sys.path.append("../outside/lib")
import far
import deep.down
import helpers.inner.word
import spaced.module
try:
    from optional import OPTION
except ImportError:
    OPTION = "no option"

def define_env(env):
    define_charterbook(env)
    root = Path(env.project_dir)

    @env.macro
    def relative():
        return (root / "data" / "team.csv").read_text()

    @env.macro
    def absolute():
        return Path("{outside}", "rates.csv").read_text() + Path("{outside}", "linked-to.csv").read_text()

    @env.macro
    def beside():
        docs, site, linked = (root.joinpath(*place, os.pardir) for place in (["docs"], ["site"], ["docs", "folder"]))
        near = [*sorted(os.listdir(site / "data/near")), *sorted(glob.glob(f"{site}/data/n*r/*.md"))]
        places = (docs / "data" / "beside", site / "data" / "by-site", linked / "beside-target")
        return ", ".join([*(place.with_suffix(".csv").read_text() for place in places), *near])

    @env.macro
    def listed():
        return ", ".join(sorted(os.listdir("data/more")))

    @env.macro
    def found():
        return ", ".join(sorted(glob.glob("data/cells/*/cell.txt")) + sorted(map(str, Path("data").glob("*/extra.txt"))))

    @env.macro
    def tried():
        with suppress(OSError), open("data/tried.txt") as file:
            return file.read()
        return "not there"

    @env.macro
    def looked():
        return Path("data/looked.txt").read_text() if Path("data/looked.txt").exists() else "not there either"

    @env.macro
    def imported():
        words = (far.FAR, deep.down.DOWN, helpers.inner.word.WORD, helpers.inner.START, spaced.module.SPACED, OPTION)
        return ", ".join(words)

    @env.macro
    def queried():
        with closing(sqlite3.connect("data/rows.db")) as rows:
            return str(rows.execute("select word from rows").fetchall())

    @env.macro
    def variable():
        return os.environ.get("HANDBOOK_WORD", "") + os.getenv("HANDBOOK_OTHER", "")

    @env.macro
    def asked_for():
        flag = "flag" if Path("../outside/flag").exists() or os.path.exists(".hidden/flag") else "no flag"
        return flag + str("HANDBOOK_FLAG" in os.environ) + datetime.fromtimestamp(0).strftime("%H")

    @env.macro
    def scope_page():
        return str(len((root / "docs" / "scope.md").read_text()))
"""
PAGE = """\
# Own

--8<-- "includes/note.md"

--8<-- "far.md"

--8<-- "includes/later.md"

{% include "part.md" %}

{{ relative() }} {{ absolute() }} {{ beside() }} {{ listed() }} {{ found() }} {{ tried() }} {{ looked() }} {{ imported() }}
{{ queried() }} {{ variable() }} {{ asked_for() }} {{ scope_page() }} {{ name }} {{ config.extra.inherited }} {{ config.extra.word }}

Our KPI.
"""
SETTINGS = """\
INHERIT: base.yml
site_name: Handbook
theme: {name: material, custom_dir: overrides}
hooks: [hooks/hook.py]
watch: [watched]
extra: {word: !ENV [EXTRA_WORD, nothing]}
plugins:
  - charterbook
  - macros: {module_name: macros, on_undefined: strict, include_dir: parts, include_yaml: [people.yml]}
  - search: {separator: !ENV [SEPARATOR, ' ']}
markdown_extensions:
  - abbr
  - pymdownx.snippets: {auto_append: [includes/abbr.md], base_path: [., !relative $config_dir/../outside/snippets, !relative $docs_dir]}
"""


def start(folder: Path) -> Handbook:
    """The handbook, with a version that has a scope and a newer one without."""
    book = Handbook(folder / "book")
    outside = folder / "outside"
    for name, text in FILES.items():
        path = book.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (book.folder / "docs/folder").symlink_to("../../outside/linked")
    (book.folder / "docs/linked.csv").symlink_to(outside / "linked.csv")
    (outside / "linked-to.csv").symlink_to("linked.csv")
    with closing(sqlite3.connect(book.folder / "data/rows.db")) as rows, rows:
        rows.execute("create table rows (word)")
        rows.execute("insert into rows values ('row 1')")
    book.write("macros.py", MACROS.replace("{outside}", str(outside)))
    book.write("mkdocs.yml", SETTINGS)
    book.write("docs/own.md", PAGE)
    book.write(".gitignore", "site/\n.cache/\n__pycache__/\n")
    book.commit("2025-01-06", scope=SCOPE)
    book.commit("2025-04-07")
    return book


#: The form of a change: files with their new text, links (`->`), None for a removed one, or the value of a variable.
CHANGES: dict[str, dict[str, str | None]] = {
    "a snippet": {"includes/note.md": "Note 2\n"},
    "a snippet outside": {"../outside/snippets/far.md": "Far snippet 2\n"},
    "a snippet of all pages": {"includes/abbr.md": "*[KPI]: Abbreviation 2\n"},
    "a snippet that was not there": {"includes/later.md": "Later\n"},
    "a part": {"parts/part.md": "Part 2\n"},
    "a YAML file": {"people.yml": "name: people 2\n"},
    "a file by its place in the handbook": {"data/team.csv": "team 2\n"},
    "a file beside docs/, by its place there": {"data/beside.csv": "beside 2\n"},
    "a file beside site/, by its place there": {"data/by-site.csv": "by site 2\n"},
    "a file beside the target of a link": {"../outside/beside-target.csv": "beside target 2\n"},
    "a file in a folder beside docs/ that is listed": {"data/near/b.txt": ""},
    "a file that is found beside docs/ by a pattern": {"data/near/c.md": ""},
    "a file by its place on disk": {"../outside/rates.csv": "rate 2\n"},
    "the target of a link": {"../outside/linked.csv": "linked csv 2\n"},
    "another target of a link": {"../outside/linked-to.csv": "->rates.csv"},
    "a file that goes": {"data/team.csv": None},
    "a file in a folder that is listed": {"data/more/b.txt": ""},
    "one that goes from there": {"data/more/a.txt": None},
    "a file that is found by a pattern": {"data/cells/two/cell.txt": ""},
    "one in a folder that was there": {"data/more/extra.txt": ""},
    "a file that was opened in vain": {"data/tried.txt": "tried"},
    "a file that was looked for in vain": {"data/looked.txt": "looked"},
    "a file that a module reads at once": {"data/start.json": '{"start": "start 2"}'},
    "a module in a package": {"helpers/inner/word.py": "WORD = 'word 2'\n"},
    "a module without a package": {"spaced/module.py": "SPACED = 'spaced 2'\n"},
    "a module outside": {"../outside/lib/far.py": "FAR = 'far 2'\n"},
    "a module in a folder outside": {"../outside/lib/deep/down.py": "DOWN = 'down 2'\n"},
    "a module that was not there": {"../outside/lib/optional.py": "OPTION = 'an option'\n"},
    "a database": {"data/rows.db": "no database at all"},
    "an override that is included": {"overrides/own.html": "<meta name=own content='own 2'>\n"},
    "a hook": {"hooks/hook.py": "def on_page_markdown(markdown, **_):\n    return markdown + 'hook'\n"},
    "a file that a hook reads": {"hooks/hooked.txt": "hooked 2\n"},
    "a file of docs/": {"docs/raw.csv": "raw 2\n"},
    "a linked file of docs/": {"../outside/linked.csv": "linked 2\n"},
    "a page in a linked folder": {"../outside/linked/page.md": "# Linked\n\nLinked 2\n"},
    "a page that comes to a linked folder": {"../outside/linked/more.md": "# More\n"},
    "mkdocs.yml's parent": {"base.yml": "extra: {inherited: inherited 2}\n"},
    "a file that is watched": {"watched/anything.bin": "anything 2\n"},
    "a variable in mkdocs.yml": {"$EXTRA_WORD": "something"},
    "a variable in the settings of a plugin": {"$SEPARATOR": "-"},
    "a variable in a macro": {"$HANDBOOK_WORD": "word"},
    "another variable in a macro": {"$HANDBOOK_OTHER": "other"},
    "a variable that a macro looks for": {"$HANDBOOK_FLAG": ""},
    "the time zone": {"$TZ": "Asia/Tokyo"},
    "a file outside that is looked for": {"../outside/flag": ""},
    "a hidden file that is looked for": {".hidden/flag": ""},
}


def change(folder: Path, what: dict[str, str | None], patch: pytest.MonkeyPatch) -> None:
    """Change files, links and variables."""
    for name, text in what.items():
        path = folder / name
        if name.startswith("$"):
            patch.setenv(name[1:], str(text))
        elif text is None:
            path.unlink()
        elif text.startswith("->"):
            path.unlink()
            path.symlink_to(text[2:])
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

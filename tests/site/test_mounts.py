"""site_dir on other disks: a mount point, a bind mount, an overlay, with a link that leads to another disk."""

from __future__ import annotations

from pathlib import Path

from tests.site.namespaces import OWN_MOUNTS, finish, start

#: Prepares a site_dir in many ways, publishes a site in each, and says what is wrong.
_SCRIPT = """
import subprocess
from pathlib import Path
from tests.site.test_publish import BOTH, NEW, OLD
from tests.site.trees import grow, publish, shown

def mount(*arguments):
    subprocess.run(["mount", *map(str, arguments)], check=True)

def check(target, expected=BOTH, tree=NEW):
    identity = target.stat().st_ino
    publish(target, tree)
    found = shown(target)
    assert target.stat().st_ino == identity, target
    assert found == expected, (target, found)
    print(target.name, "is right")

LONG = "x" * 255
here = Path.cwd()
for name in ("tmpfs", "bound", "overlay", "inside", "linked"):
    (here / name).mkdir()
mount("-t", "tmpfs", "none", here / "tmpfs")
check(grow(here / "tmpfs", OLD))

grow(here / "real", OLD)
mount("--bind", here / "real", here / "bound")
check(here / "bound")
assert shown(here / "real") == BOTH

# An old site in a lower layer, as in an image: its folders cannot be renamed.
mount("-t", "tmpfs", "none", here / "tmpfs")
for name in ("lower", "upper", "work"):
    (here / "tmpfs" / name).mkdir()
grow(here / "tmpfs/lower", {path: text for path, text in OLD.items() if path != "feed.xml"})
layers = "lowerdir={0}/lower,upperdir={0}/upper,workdir={0}/work,redirect_dir=off".format(here / "tmpfs")
mount("-t", "overlay", "overlay", "-o", layers, here / "overlay")
check(here / "overlay")

# A folder of the site is a mount point.
grow(here / "inside", OLD)
mount("-t", "tmpfs", "none", here / "inside/assets")
grow(here / "inside/assets", {"main.1.css": "old", "plain.js": "old"})
(here / "inside/gone").mkdir()
mount("--bind", grow(here / "old", {"a/page.html": "old"}), here / "inside/gone")
check(here / "inside", BOTH | {"gone/": ""})

# A link leads to a folder on another disk: it is filled, and nothing is removed there.
mount("-t", "tmpfs", "none", here / "tmpfs")
grow(here / "tmpfs", {"plain.js": "mine", "mine.css": "mine"})
grow(here / "linked", {"assets": "-> ../tmpfs", "index.html": "old"})
check(here / "linked", {"assets": "-> ../tmpfs", "index.html": "new"},
      {"assets/plain.js": "new", "assets/deep/x": "new", "assets/" + LONG: "new", "index.html": "new"})
assert shown(here / "tmpfs") == {"plain.js": "new", "mine.css": "mine", "deep/x": "new", LONG: "new"}
"""


def test_a_site_is_published_on_any_disk(tmp_path: Path) -> None:
    """With the same result as elsewhere, and site_dir stays the same folder."""
    said = finish(start(OWN_MOUNTS, "-c", _SCRIPT, folder=tmp_path))
    assert said.split(" is right\n") == ["tmpfs", "bound", "overlay", "inside", "linked", ""]


_MOUNTED_SOURCES = """
import subprocess
from pathlib import Path
from charterbook.site.output.site_dir import SourcePath, find_overwritten_source

here = Path.cwd()
for name in ("book/docs", "out/book", "other"):
    (here / name).mkdir(parents=True)
docs = SourcePath("docs_dir", here / "book/docs")
print(find_overwritten_source(here / "other", [docs]), find_overwritten_source(here / "out", [docs]))
for place in ("other", "out/book"):
    subprocess.run(["mount", "--bind", here / "book", here / place], check=True)
print(find_overwritten_source(here / "other", [docs]) == docs, find_overwritten_source(here / "out", [docs]) == docs)
"""


def test_sources_that_are_mounted_in_site_dir_are_found(tmp_path: Path) -> None:
    """As if a container had one folder at two paths."""
    said = finish(start(OWN_MOUNTS, "-c", _MOUNTED_SOURCES, folder=tmp_path))
    assert said == "None None\nTrue True\n"


_FULL = """
import subprocess
from pathlib import Path
from charterbook.site.output.write_errors import write_error_message
from tests.site.test_publish import OLD
from tests.site.trees import grow, shown, staged

target = Path.cwd() / "site"
target.mkdir()
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(target)], check=True)
grow(target, OLD)
staging = staged(target, {})
try:
    (staging.new / "page.html").write_text("x" * 1_000_000)
except OSError as error:
    print(write_error_message(error, target, interrupted=False))
staging.discard()
assert shown(target) == OLD
"""


def test_a_full_disk_is_named(tmp_path: Path) -> None:
    """The old site stays."""
    said = finish(start(OWN_MOUNTS, "-c", _FULL, folder=tmp_path))
    assert said == (
        f"The site cannot be written to {tmp_path}/site: No space left on device. "
        "The previous site is unchanged.\n"
    )

"""The papers that a site offers, and its Markdown twins: settings that are off by default."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import pypdfium2
import pytest

from charterbook.load import load
from charterbook.settings import Settings
from charterbook.site.output.paper_files import write_papers
from tests.site.editions import edition
from tests.site.handbooks import Built, Handbook
from tests.site.shared_sites import build_once

HOOK = """\
def on_page_context(context, page, config, nav):
    if page.file.src_uri == "secret.md":
        page.content = "<p>ENCRYPTED</p>"
"""


@pytest.fixture(scope="module")
def offered(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Two versions in Russian with papers and twins."""
    return build_once(tmp_path_factory, "papers", _offered)


def _offered(folder: Path) -> Built:
    book = Handbook(folder)
    book.replace(
        "mkdocs.yml", "  - charterbook\n", "  - charterbook:\n      papers: true\n      twins: true\n"
    )
    book.replace("mkdocs.yml", "plugins:", "hooks: [hook.py]\nplugins:")
    book.write("hook.py", HOOK)
    book.write("docs/secret.md", "# Secret\n\nopen words\n")
    book.commit("2025-02-03", "Begin", title="Устав", language="ru")
    book.commit("2025-05-05", "Go on", title="Новый устав", language="ru")
    return book.build("--strict")


def test_the_home_page_offers_the_papers(offered: Built) -> None:
    """Each link leads to a file, in a version and in latest/; other pages have none."""
    for version in ("2025-Q1", "2025-Q2", "latest"):
        links = re.findall(r'href="(papers/[^"]+)"', offered.html(version))
        assert len(links) == 10
        for link in links:
            assert (offered.site / version / link).stat().st_size > 1_000
    assert "Материалы для скачивания" in offered.html("latest")
    assert "download" not in offered.html("latest/mission")


def test_papers_belong_to_their_version(offered: Built) -> None:
    """The older version keeps its own."""
    file = pypdfium2.PdfDocument((offered.site / "2025-Q1/papers/charter.pdf").read_bytes())
    text = file[0].get_textpage().get_text_bounded()
    assert "Устав" in text
    assert "Новый" not in text


def test_the_empty_form(offered: Built) -> None:
    """It is a charter with questions, in the language of the site."""
    folder = offered.site / "latest/papers"
    assert load((folder / "form.yml").read_bytes()).charter is not None
    text = "\n".join(
        one.text for one in docx.Document(io.BytesIO((folder / "form.docx").read_bytes())).paragraphs
    )
    assert "Миссия" in text


def test_each_page_has_a_twin(offered: Built) -> None:
    """Beside it, linked from it, and named by the index of its version."""
    for version in ("2025-Q1", "latest"):
        pages = list((offered.site / version).rglob("index.html"))
        for page in pages:
            assert page.with_name("index.md").read_text(encoding="utf-8").startswith("# ")
            assert '<link rel="alternate" type="text/markdown" href="index.md">' in page.read_text(
                encoding="utf-8"
            )
        assert "(mission/index.md)" in (offered.site / version / "llms.txt").read_text(encoding="utf-8")


def test_a_twin_has_the_content_that_plugins_leave(offered: Built) -> None:
    """Of a page that a plugin encrypts last, no words."""
    twin = (offered.site / "latest/secret/index.md").read_text(encoding="utf-8")
    assert ("ENCRYPTED" in twin, "open words" in twin) == (True, False)
    assert "ENCRYPTED" in offered.text("latest/secret")


#: Hides libraries from a new Python process, as if they were not installed.
_HIDING = """\
import importlib.util
found = importlib.util.find_spec
hidden = ("typst", "docx", "xlsxwriter", "html_to_markdown")
importlib.util.find_spec = lambda name, package=None: None if name in hidden else found(name, package)
"""


@pytest.mark.parametrize("setting", ["papers", "twins"])
def test_a_setting_without_its_libraries(book: Handbook, setting: str) -> None:
    """The build is refused in one line, with the command that installs them."""
    book.commit("2025-02-03", "Begin")
    book.replace("mkdocs.yml", "  - charterbook\n", f"  - charterbook:\n      {setting}: true\n")
    book.write("hiding/sitecustomize.py", _HIDING)
    refused = book.run_in_new_process("build", "--site-dir", "site", PYTHONPATH=str(book.folder / "hiding"))
    assert refused.code == 1
    assert f"{setting}: true needs more: pip install 'charterbook[{setting}]'" in refused.output
    assert "Traceback" not in refused.output
    assert not refused.site.exists()


def test_characters_without_a_font_fail_a_strict_build(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Each is one warning for all papers of a version, with its place."""
    found = edition({"services": [{"id": "a", "name": "Nice \U0001fae8", "summary": "x"}]})
    write_papers(tmp_path, found, Settings())
    warned = [one.getMessage() for one in caplog.records if one.levelname == "WARNING"]
    assert warned == [
        "2025-Q1: No font has the character \U0001fae8 (U+1FAE8) in services.a.name; it is shown as □.",
    ]

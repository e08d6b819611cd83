"""Reading without a connection: pages from the service worker, and files that it leaves alone."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page

from charterbook.site.output.offline_copy import FILES, WORKER, write_service_worker
from tests.quality.sites import Site
from tests.site_checks.server import serve

Sites = Callable[[str], Site]

#: Wait until a promise is true.
_UNTIL = """async () => {
  for (let tries = 0; !(await (%s)()); tries++) {
    if (tries > 1000) throw new Error("this takes too long");
    await new Promise((act) => setTimeout(act, 50));
  }
}"""

#: Whether the copy of a device is complete.
_IS_COPIED = "async () => Boolean(await caches.match('%soffline.json'))"

#: Whether nothing is left of it.
_IS_GONE = (
    "async () => !(await navigator.serviceWorker.getRegistrations()).length && !(await caches.keys()).length"
)


class Host:
    """A host with a handbook in one folder and another site in a second one, which can be cut off."""

    def __init__(self, page: Page, folder: Path, address: str) -> None:
        self.page, self.folder, self.address = page, folder, address

    def open(self, path: str) -> Page:
        """Open an address below the host's."""
        self.page.goto(self.address + path)
        return self.page

    def copy(self, book: str) -> None:
        """Open a handbook, and wait until the device has its copy."""
        self.open(f"{book}latest/").evaluate(_UNTIL % (_IS_COPIED % (self.address + book)))

    @contextmanager
    def cut_off(self) -> Iterator[None]:
        """Refuse all connections."""
        self.page.context.set_offline(True)
        try:
            yield
        finally:
            self.page.context.set_offline(False)


#: The pages of a short list. A worker fetches all files of a list, one after the other, which takes seconds.
FEW = ("latest/", "latest/mission/", "latest/funding/")


def shorten(lists: Path) -> None:
    """Leave a few pages on a list of files to copy."""
    found = json.loads(lists.read_text(encoding="utf-8"))
    found["files"] = {name: found["files"][name] for name in FEW}
    lists.write_text(json.dumps(found), encoding="utf-8")


@contextmanager
def host_in(
    folder: Path, chromium: Browser, site: Sites, book: str = "book/", *, whole: bool = False
) -> Iterator[Host]:
    """A host with the smallest handbook in a folder, of which devices copy a few pages or the whole, and another site."""
    shutil.copytree(site("minimal").folder, folder / book, dirs_exist_ok=True)
    if not whole:
        shorten(folder / book / FILES)
    (folder / "other").mkdir()
    (folder / "other" / "index.html").write_text("<!doctype html><title>other</title>", encoding="utf-8")
    context = chromium.new_context(service_workers="allow", locale="en-GB")
    with serve(folder, "/") as address:
        yield Host(context.new_page(), folder, address)
    context.close()


@pytest.fixture
def host(chromium: Browser, site: Sites, tmp_path: Path) -> Iterator[Host]:
    """A host that a test can change."""
    with host_in(tmp_path, chromium, site) as host:
        yield host


@pytest.fixture(scope="module")
def copied(chromium: Browser, site: Sites, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """A host of which the device has a copy already."""
    with host_in(tmp_path_factory.mktemp("copied"), chromium, site, whole=True) as host:
        host.copy("book/")
        yield host


def version_of(host: Host) -> Path:
    """The folder of the only version."""
    (folder,) = (path for path in (host.folder / "book").iterdir() if re.match(r"\d{4}-Q\d", path.name))
    return folder


def change(host: Host, page: str, old: str, new: str) -> None:
    """Publish another text of a page."""
    path = host.folder / page / "index.html"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_all_of_the_handbook_in_force_can_be_read(copied: Host) -> None:
    """Also pages that were never opened, with their styles and search; each page says that it is a copy."""
    with copied.cut_off():
        page = copied.open("book/latest/services/onboarding/?x=1#y")
        assert page.locator("h1").inner_text() == "Onboarding"
        assert re.search(
            r"You are offline\. This is a copy from \d+ \w+ \d{4}; a newer version may be in force\.",
            page.locator(".cb-notice").inner_text(),
        )
        assert page.evaluate("document.styleSheets[0].cssRules.length") > 100
        page.keyboard.press("/")
        page.keyboard.type("onboarding")  # search reads keys, not a text that appears
        page.locator(".md-search-result__link").first.wait_for(state="attached")
        page.locator(".md-search-result__link").first.click()
        page.wait_for_url("**/latest/services/onboarding/**")


def test_a_page_without_a_copy(copied: Host) -> None:
    """It says so, and leads to the pages that have one."""
    with copied.cut_off():
        page = copied.open(f"book/{version_of(copied).name}/mission/")
        assert page.locator("h1").inner_text() == "You are offline"
        assert page.locator("main").evaluate("e => getComputedStyle(e).fontFamily").endswith("sans-serif")
        assert page.locator("main p").first.inner_text() == "Enablement charter"
        page.get_by_role("link").click()
        page.wait_for_url("**/latest/")
        assert page.locator(".cb-notice").count() == 1


def test_the_present_page_at_once(host: Host) -> None:
    """With a connection nothing comes from the copy, and the copy follows; that of a page that was taken away goes."""
    host.copy("book/")
    change(host, "book/latest/mission", "<h1", "<h1 data-new")
    page = host.open("book/latest/mission/")
    assert page.locator("h1[data-new]").count() == 1
    assert page.locator(".cb-notice").count() == 0
    shutil.rmtree(host.folder / "book/latest/funding")
    assert host.open("book/latest/funding/").title() == ""
    host.page.wait_for_load_state("networkidle")
    with host.cut_off():
        assert host.open("book/latest/mission/").locator("h1[data-new]").count() == 1
        assert host.open("book/latest/funding/").title() == "You are offline"


def test_other_sites_of_the_host(copied: Host) -> None:
    """They are neither copied nor answered."""
    assert_others_are_left_alone(copied, "book/")


def test_other_sites_of_a_host_with_the_handbook_at_its_root(
    chromium: Browser, site: Sites, tmp_path: Path
) -> None:
    """Nor are they there."""
    with host_in(tmp_path, chromium, site, "") as host:
        host.copy("")
        assert_others_are_left_alone(host, "")


def assert_others_are_left_alone(host: Host, book: str) -> None:
    """The copy has addresses of the handbook only, and the other site is not answered from it."""
    assert host.open("other/").title() == "other"
    keys = host.page.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)))).flat()"
    )
    assert keys
    assert not [key for key in keys if "other" in key or not key.startswith(f"{host.address}{book}")]
    with host.cut_off(), pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        host.open("other/")


#: Store a copy with a list of files as releases before this one wrote it.
_STORE_FORMER = """async () => {
  const cache = await caches.open("charterbook /book/");
  await cache.put("/book/offline.json", new Response('{"latest/gone/": "1"}'));
  await cache.put("/book/latest/gone/", new Response("removed since"));
}"""

#: Whether the copy is of this release, and nothing is left of the former one.
_IS_OF_THIS_RELEASE = """async () => {
  const list = await (await caches.match("/book/offline.json"))?.json();
  return list?.files && !(await caches.match("/book/latest/gone/"));
}"""


def test_a_copy_of_another_release(host: Host) -> None:
    """Its list is not understood, so the whole copy is removed: pages in it may have been removed on purpose."""
    host.open("other/").evaluate(_STORE_FORMER)
    host.open("book/latest/").evaluate(_UNTIL % _IS_OF_THIS_RELEASE)
    with host.cut_off():
        assert host.open("book/latest/mission/").locator(".cb-notice").count() == 1


def test_a_copy_that_cannot_be_read(host: Host) -> None:
    """If the browser refuses its storage, pages, styles and scripts come from the network, as without a copy."""
    host.copy("book/")
    host.page.wait_for_load_state("networkidle")
    (worker,) = host.page.context.service_workers
    worker.evaluate("() => { CacheStorage.prototype.match = () => Promise.reject(new Error('denied')); }")
    page = host.open("book/latest/mission/")
    assert page.evaluate("document.styleSheets[0].cssRules.length") > 100
    assert page.evaluate("Boolean(window.document$)")
    with host.cut_off():
        assert host.open("book/latest/mission/").title() == "You are offline"


def test_switched_off(host: Host) -> None:
    """The next page takes the worker away, with its copy; so does the worker that the browser looks for by itself."""
    host.copy("book/")
    book = host.folder / "book"
    lists = book / "pages.json"
    lists.write_text(
        lists.read_text(encoding="utf-8").replace('"offline": true', '"offline": false'), encoding="utf-8"
    )
    write_service_worker(book, [], None, "")
    page = host.open("book/latest/mission/")
    page.evaluate(_UNTIL % _IS_GONE)
    with host.cut_off(), pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        host.open("book/latest/")


def test_a_draft_has_none(chromium: Browser, site: Sites) -> None:
    """Its pages register nothing, and are not in the copy."""
    russian = site("russian")
    context = chromium.new_context(service_workers="allow")
    page = context.new_page()
    page.goto(f"{russian.address}draft/")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    listed = json.loads((russian.folder / FILES).read_text(encoding="utf-8"))["files"]
    assert "latest/" in listed
    assert [address for address in listed if address.startswith("draft/")] == []
    assert "draft" not in re.findall(r'"folders": (\[.*?\])', (russian.folder / WORKER).read_text("utf-8"))[0]
    context.close()

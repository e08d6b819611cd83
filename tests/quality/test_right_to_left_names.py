"""Names that are written from right to left, in pages that are written from left to right."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from benchmarks.page_kinds import page_kinds
from tests.quality.sites import Site
from tests.site_checks.browser import open_page

Sites = Callable[[str], Site]

#: Texts in Hebrew that share a direction with other words, or have not their own one. A number, and parentheses, are a
#: part of each name. Texts between the characters U+2068 and U+2069 are apart from others.
_MIXED = r"""() => {
  const found = [], hebrew = /[\u0590-\u05ff]/, name = /^(\u05e9\u05dd \d+ \([^()]*\)|[\u0590-\u05ff]+)$/;
  const isApart = (e) => /isolate|plaintext/.test(getComputedStyle(e).unicodeBidi), isInline = (e) => getComputedStyle(e).display === "inline";
  const isWhole = (e) => e.localName === "bdi" || e.dir === "auto" || getComputedStyle(e).unicodeBidi === "plaintext";
  const words = (e) => [...e.childNodes].map((one) =>
    one.nodeType === 3 ? one.data : one.nodeType !== 1 || (isApart(one) && isInline(one)) || one.matches(".md-ellipsis > br + small") ? "" : words(one)).join("");
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; text = texts.nextNode();) {
    if (!hebrew.test(text.data.replace(/\u2068[^\u2069]*\u2069/g, "")) || text.parentElement.closest("script, style, title")) continue;
    let part = text.parentElement;
    while (isInline(part) && !isApart(part)) part = part.parentElement;
    if (!isWhole(part) || !name.test(words(part).trim())) found.push([part.localName, part.className, words(part).trim().slice(0, 80)]);
  }
  return found;
}"""


def test_names_have_their_own_direction(context: BrowserContext, site: Sites) -> None:
    """In headings, lists, tables, links, navigation, charts, comparisons and the form."""
    built = site("hebrew names")
    kinds = page_kinds(built.folder)
    assert len(kinds) > 30
    mixed = {}
    for address in kinds:
        page = open_page(context, built.address + address, 1280).page
        if "propose" in address:
            expect(page.locator("optgroup option").first).to_be_attached()
        mixed[address] = page.evaluate(_MIXED)
    assert {address: found for address, found in mixed.items() if found} == {}


def test_names_begin_where_other_names_do(context: BrowserContext, site: Sites) -> None:
    """Headings and the navigation stay at the edge of the page's direction."""
    page = open_page(context, f"{site('hebrew names').address}latest/services/onboarding/", 1280).page
    left = """e => { const range = document.createRange(); range.selectNodeContents(e);
      return range.getBoundingClientRect().left - e.getBoundingClientRect().left; }"""
    for part in ("h1", ".md-sidebar--primary .md-ellipsis:visible"):
        for one in page.locator(part).all():
            assert one.evaluate(left) < 4

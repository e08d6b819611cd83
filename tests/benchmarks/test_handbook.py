from benchmarks.generate import SIZES, generated
from benchmarks.handbook import by_mkdocs, expanded, pages

CHARTER = generated(SIZES["12x30"]).revisions[0].charter


def test_every_item_has_a_page_with_its_name_and_texts() -> None:
    """Every item has a page with its name and texts."""
    service = CHARTER["services"][0]
    page = {page.address: page for page in pages(CHARTER)}["services/service-1/"]
    assert page.heading == service["name"]
    assert page.texts == (service["summary"], service["for_buyer"], service["for_seller"], service["asks"])


def test_mkdocs_takes_texts_from_the_charter_and_hugo_gets_them_expanded() -> None:
    """MkDocs takes texts from the charter, and Hugo gets expanded Markdown."""
    summary = CHARTER["services"][0]["summary"]
    assert summary not in by_mkdocs(CHARTER)["docs/services/service-1.md"]
    assert summary in expanded(CHARTER)["services/service-1.md"]


def test_links_are_addresses_in_expanded_markdown() -> None:
    """Links are addresses in expanded Markdown."""
    assert "[Service number 1](service-1/):" in expanded(CHARTER)["services/index.md"]
    assert "[Services](services/)" in expanded(CHARTER)["index.md"]

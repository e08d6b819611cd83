"""Pages of a group that sees little: no heading without content, no words about hidden parts, no dead link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pytest
import yaml
from babel.messages.extract import extract_from_dir
from lxml import html

import charterbook
from charterbook.charter import Charter
from charterbook.charter.model_shape import shapes
from tests.site.handbooks import Handbook
from tests.site.test_group_sites import SETTINGS, build
from tests.site_checks.links import bad_links
from tests.visibility.canaries import INTERNAL, CanaryMaker

pytestmark = pytest.mark.long

TEMPLATES = Path(charterbook.__file__).parent / "site" / "templates"
NEGATIVE = re.compile(r"(?i)\b(no|not|nobody|nothing|none|never|without|gap|missing|yet|lacks?)\b")

#: The sections that partners see: none, a list, or all but the mission and the money.
SECTIONS = [
    key
    for key, shape in shapes(Charter).items()
    if shape.part and key not in ("groups", "released", "restricted")
]
SEEN = {"none": (), "few": ("services",), "most": tuple({*SECTIONS} - {"mission", "funding"})}

#: Elements that say something without text.
DRAWN = ("img", "svg", "input", "select", "textarea")


@pytest.fixture(scope="module", params=SEEN)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The handbook for partners, who see a few sections of two versions."""
    book = Handbook(tmp_path_factory.mktemp("pages") / "book")
    book.write(
        "mkdocs.yml",
        SETTINGS if request.param == "most" else SETTINGS.replace("papers: true", "papers: false"),
    )
    hidden = [key for key in SECTIONS if key not in SEEN[request.param]]
    for date, name in (("2026-01-10", "Open service"), ("2026-04-10", "Renamed service")):
        data = yaml.safe_load(CanaryMaker().charter(change_note=f"open {name}"))
        data["services"][0]["name"] = name
        data["restricted"] = [{"keys": hidden, "visible_to": INTERNAL}]
        book.repo.commit({"charter.yml": yaml.safe_dump(data, sort_keys=False)}, name, date)
    build(book, "--for", "partners")
    return book.folder / "site-partners"


def articles(site: Path) -> Iterator[tuple[str, html.HtmlElement]]:
    """The content of each page, by the path of the page, without scripts and hidden parts."""
    for path in sorted(site.rglob("index.html")):
        for article in html.parse(path).getroot().xpath("//article"):
            for part in article.xpath(".//script|.//style|.//dialog|.//*[@hidden]"):
                part.drop_tree()
            yield path.relative_to(site).as_posix(), article


def empty_headings(article: html.HtmlElement) -> list[str]:
    """Headings that are followed by nothing, or by one that is not below them."""
    found: list[str] = []
    open_headings: list[tuple[int, str]] = []
    for element in article.iter(html.etree.Element):
        level = int(element.tag[1]) if re.fullmatch("h[1-6]", element.tag) else None
        if level is not None:
            found += [name for depth, name in open_headings if depth >= level]
            open_headings = [
                *((d, n) for d, n in open_headings if d < level),
                (level, element.text_content()),
            ]
            continue
        inside = any(re.fullmatch("h[1-6]", above.tag) for above in element.iterancestors())
        if not inside and (
            element.tag in DRAWN or (element.text or "").strip() or (element.tail or "").strip()
        ):
            open_headings = []
    return found + [name for _, name in open_headings]


def test_headings_have_content(site: Path) -> None:
    """On each page of each version."""
    found = {path: empty_headings(article) for path, article in articles(site)}
    assert len(found) > 20
    assert {path: names for path, names in found.items() if names} == {}


def test_sentences_are_whole(site: Path) -> None:
    """No paragraph, list element or term is empty, or ends where something hidden would follow."""
    found = [
        (path, element.tag, text)
        for path, article in articles(site)
        for element in article.xpath(".//p|.//li|.//dt|.//dd|.//summary|.//caption|.//th")
        if not element.xpath("|".join(f".//{tag}" for tag in DRAWN))
        if not (text := " ".join(element.text_content().split()))
        or re.search(r"[:(]\s*[.)]?$|\bNone\b", text)
        if element.tag != "th" and not text.endswith(", since:")
    ]
    assert found == []


def test_links_lead_somewhere(site: Path) -> None:
    """In the whole site."""
    assert bad_links(site, "/", "https://partners.example.com/") == []


#: Sentences of templates with a word of absence that are about what a group sees: its versions and their changes, figures
#: that are there, what the charter itself excludes, and the handbook.
ABOUT_THE_VISIBLE = {
    *(
        "not in this version",
        "not in %(name)s",
        "not in force",
        "not over yet",
        "no",
        "Not offered",
        "Not offered yet",
    ),
    *(
        "not enough data",
        "not due yet",
        "no requests",
        "not counted",
        "not promised",
        "not offered",
    ),
    *(
        "not comparable",
        "not comparable: the definition has changed",
        "No changes.",
        "Nothing has changed for you.",
    ),
    "No changes match. Remove a filter, or show all changes.",
    "In %(version)s: %(kept)s kept, %(missed)s missed, %(open)s not counted.",
    (
        "On track: on the day it was measured, the value is at or beyond the straight line from baseline to target. Without dates, "
        "on track means that the value has improved since the last version."
    ),
    "%(name)s is the first version of the charter; there is nothing to compare it with.",
    "There is only one version so far, so there is nothing to compare.",
    "This handbook has nothing to read before a review.",
    "The rules for a good charter are not checked in this handbook: it does not contain everything that they check.",
    "Without the form: write to the charter's owners what to change, and why.",
}


@dataclass(frozen=True)
class Claim:
    """A sentence of a template with a word of absence, and how it looks on a page."""

    sentence: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The sentence with any text instead of its variables."""
        return re.compile(".+?".join(map(re.escape, self._pieces)))

    @cached_property
    def _pieces(self) -> list[str]:
        return re.split(r"%\(\w+\)s", " ".join(self.sentence.split()))

    def is_in(self, text: str) -> bool:
        """Whether a page has it. Most pages lack its longest piece, which is found much faster than the pattern."""
        return max(self._pieces, key=len) in text and self.pattern.search(text) is not None


@cache
def claims() -> list[Claim]:
    """The sentences of all templates that are not decided to be about what a group sees."""
    found = extract_from_dir(
        str(TEMPLATES), [("**.html", "jinja2")], {"**.html": {"trimmed": "true", "newstyle_gettext": "true"}}
    )
    messages = {
        one
        for _, _, message, _, _ in found
        for one in ([message] if isinstance(message, str) else message)
        if one
    }
    return [Claim(one) for one in messages if NEGATIVE.search(one) and one not in ABOUT_THE_VISIBLE]


def test_each_sentence_about_what_is_absent_is_decided(site: Path) -> None:
    """What a group does not see is no gap. A new sentence belongs into the set above, or not on pages of groups."""
    texts = [" ".join(article.text_content().split()) for _, article in articles(site)]
    assert len(claims()) > 40
    assert [claim.sentence for claim in claims() if any(map(claim.is_in, texts))] == []


def test_nothing_is_claimed_of_what_is_hidden(site: Path) -> None:
    """A total that is not stated, rules that find nothing, an action that is not open, or a file to edit."""
    words = (
        "no total cost|neither amounts nor shares|Who pays|[Nn]othing to fix|Edit the file directly|No action is|"
        "No promise is|No metric is|Nobody’s commitments|No decision is|names no signers|has no sign-offs"
    )
    texts = ((path, " ".join(article.text_content().split())) for path, article in articles(site))
    assert [(path, found[0]) for path, text in texts if (found := re.search(words, text))] == []

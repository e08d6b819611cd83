from benchmarks.check import differences
from benchmarks.handbook import Page

ONBOARDING = Page("services/onboarding/", "services/onboarding.md", "", "Onboarding", ("A *guided* path.",))
BUILT = "<h1 id='x'>Onboarding<a>¶</a></h1><p>A <em>guided</em>\npath.</p>"


def problems(built: dict[str, str], *, more: bool = False) -> list[str]:
    """The faults of the built pages of a version that has the page of onboarding."""
    return list(differences([ONBOARDING], built, more=more))


def test_a_page_with_its_heading_and_texts_is_fine() -> None:
    """A page with its heading and texts is fine."""
    assert problems({"services/onboarding/": BUILT}) == []


def test_a_missing_page_is_reported() -> None:
    """A missing page is reported."""
    assert problems({}) == ["services/onboarding/: there is no such page"]


def test_a_surplus_page_is_reported_unless_allowed() -> None:
    """A surplus page is reported unless allowed."""
    built = {"services/onboarding/": BUILT, "changes/": ""}
    assert problems(built) == ["changes/: nobody else has this page"]
    assert problems(built, more=True) == []


def test_a_heading_that_only_the_title_has_is_missing() -> None:
    """A heading that only the title has is missing."""
    built = BUILT.replace("h1", "h2")
    assert problems({"services/onboarding/": f"<title>Onboarding</title>{built}"}) == [
        "services/onboarding/: the heading 'Onboarding' is missing"
    ]


def test_a_text_that_only_a_script_has_is_missing() -> None:
    """A text that only a script has is missing."""
    built = "<h1>Onboarding</h1><script>A guided path.</script>"
    assert problems({"services/onboarding/": built}) == [
        "services/onboarding/: the text 'A *guided* path.' is missing"
    ]

"""Content-Security-Policy: allowed sources, blocked ones, and the advice of warnings."""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape, unescape
from itertools import combinations

import pytest
import yaml

from charterbook.site.mkdocs_compat.material_templates import MATERIAL
from charterbook.site.output.blocked_parts import BlockedParts
from charterbook.site.output.content_policy import (
    draws_diagrams,
    of_own_page,
    with_diagrams_as_text,
    with_policy,
    with_styles_by_rule,
)
from charterbook.site.output.policy_sources import DIRECTIVES, sources_of
from tests.site_checks.browser import open_page
from tests.site_checks.server import serve

HEAD = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>t</title></head><body>'
URL = "https://handbook.example.com/"


def policy(page: str) -> dict[str, list[str]]:
    """The directives of a page with their sources."""
    (text,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    return {name: sources for name, *sources in (part.split() for part in unescape(text).split(";"))}


def sha256(text: str) -> str:
    """The source of an inline script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_policy_of_a_page() -> None:
    """It comes before anything that it is about, and names nothing that is unsafe."""
    page = with_policy(f"{HEAD}<script>one()</script><style>p{{}}</style></body>", {}, URL)
    assert page.index("Content-Security-Policy") < page.index("<title>")
    found = policy(page)
    assert found == {name: sources.split() for name, sources in DIRECTIVES.items()} | {
        "script-src": ["'self'", sha256("one()")],
        "style-src": ["'self'", sha256("p{}")],
    }
    assert "unsafe" not in page


def test_data_and_files_need_no_hash() -> None:
    """A script of type JSON is data."""
    page = f'{HEAD}<script type="application/json">{{}}</script><script src="x.js"></script><script type=module>m()</script>'
    assert policy(with_policy(page, {}, URL))["script-src"] == ["'self'", sha256("m()")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<script>own()</script>", f'content_security_policy: {{script-src: "{sha256("own()")}"}}'),
        ("<style>p{}</style>", f'content_security_policy: {{style-src: "{sha256("p{}")}"}}'),
        ('<p style="color:red">', 'the attribute style="color:red". Use a class'),
        ('<p onclick="go()">', 'the attribute onclick="go()". Use a script of `extra_javascript:`'),
        ('<script src="https://cdn.example/x.js"></script>', '{script-src: "https://cdn.example"}'),
        ('<img alt="" src="https://img.example/x.png">', '{img-src: "https://img.example"}'),
        ('<iframe src="//video.example/x"></iframe>', '{frame-src: "https://video.example"}'),
        (
            '<link rel="stylesheet" href="https://fonts.example/x.css">',
            '{style-src: "https://fonts.example"}',
        ),
    ],
)
def test_a_warning_says_what_to_allow(content: str, said: str, caplog: pytest.LogCaptureFixture) -> None:
    """A warning for each blocked part; none when it is allowed as the warning says."""
    with_policy(HEAD + content, {}, URL, content)
    (record,) = caplog.records
    assert (record.levelname, said in record.getMessage()) == ("WARNING", True)
    caplog.clear()
    allowed = re.search(r'\{([\w-]+): "(.*?)"\}', record.getMessage())
    if allowed:
        page = with_policy(HEAD + content, {allowed[1]: (allowed[2],)}, URL, content)
        assert allowed[2] in policy(page)[allowed[1]]
        assert caplog.records == []


@pytest.mark.parametrize("name", ["Rule: one = one team", "House style=formal", "<img src=x onerror=go()>"])
def test_names_of_items_are_no_attributes(name: str, caplog: pytest.LogCaptureFixture) -> None:
    """In the label of a link, in quotation marks of either kind, and in text."""
    safe = escape(name)
    page = f'<header><a href="#a" aria-label="Copy a link to {safe}" title=\'{safe}\'>{safe}</a></header>'
    with_policy(f"{HEAD}{page}<p>Text</p>{page}", {}, URL, f"<p>Text</p>{page}")
    assert caplog.messages == []


def allowed_by(message: str) -> dict[str, tuple[str, ...]]:
    """The sources of the setting in a warning, as they are read from mkdocs.yml."""
    setting = re.search(r"`content_security_policy: (\{.*\})`", message)
    read = yaml.safe_load(setting[1]) if setting else {}
    return {name: tuple(value.split()) if value else () for name, value in read.items()}


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ('<header style="top:0">Own</header>CONTENT', 'the attribute style="top:0". Use a class'),
        ('CONTENT<footer\nonclick="go()">Own</footer>', 'the attribute onclick="go()". Use a script'),
        (
            (MATERIAL / "partials/integrations/analytics/google.html").read_text(encoding="utf-8")
            + "CONTENT",
            "what a script loads from https://www.googletagmanager.com. To allow it, write",
        ),
        (
            "CONTENT<script>one = document.createElement('script'), one.src = 'https://chat.example/x.js'</script>",
            'script-src: "https://chat.example", require-trusted-types-for: false}',
        ),
        (
            "<script>(function(d,s){var j=d.createElement(s);j.src='https://tags.example/t.js'})(document,'script')</script>CONTENT",
            "what a script loads from https://tags.example.",
        ),
        (
            'CONTENT<script type="module">import mermaid from "https://cdn.example/mermaid.mjs"</script>',
            'script-src: "https://cdn.example", style-src: "\'unsafe-inline\'", require-trusted-types-for: false}',
        ),
        (
            "CONTENT<script type=module>import { one } from 'https://cdn.example/one.mjs'</script>",
            'script-src: "https://cdn.example"}',
        ),
    ],
)
def test_a_warning_about_what_templates_have(page: str, said: str, caplog: pytest.LogCaptureFixture) -> None:
    """Of an author, of a plugin, or of Material if a setting switches it on: the text of the page has nothing of it."""
    content = "<p>Text</p>"
    with_policy(HEAD + page.replace("CONTENT", content), {}, URL, content, suspicious=False)
    (message,) = caplog.messages
    assert said in message
    caplog.clear()
    with_policy(HEAD + page.replace("CONTENT", content), allowed_by(message), URL, content, suspicious=False)
    assert len(caplog.records) == ("onclick" in said)


def test_following_all_warnings_ends_them(caplog: pytest.LogCaptureFixture) -> None:
    """One after the other: each setting keeps what mkdocs.yml allows already."""
    content = (
        '<p style="color:red"><img alt="" src="https://a.example/x"><img alt="" src="https://b.example/x">'
        '<script src="https://c.example/x.js"></script>'
    )
    setting: dict[str, tuple[str, ...]] = {
        "require-trusted-types-for": (),
        "media-src": ("https://m.example",),
    }
    for left in (4, 3, 2, 1, 0):
        caplog.clear()
        with_policy(HEAD + content, setting, URL, content, known=BlockedParts(setting))
        assert len(caplog.records) == left
        setting = allowed_by(caplog.messages[-1]) if left else setting
    assert setting["img-src"] == ("https://b.example", "https://a.example")
    assert (setting["require-trusted-types-for"], setting["media-src"]) == ((), ("https://m.example",))


def test_inline_scripts_and_styles_can_be_allowed_at_all(caplog: pytest.LogCaptureFixture) -> None:
    """Those of a plugin that differ in each build. Beside a hash, browsers would ignore the permission."""
    content = '<script>random()</script><p style="color:red">'
    allowed = {"script-src": ("'unsafe-inline'",), "style-src": ("'unsafe-inline'",)}
    page = f"{HEAD}<script>theme()</script><style>theme{{}}</style>{content}"
    found = policy(with_policy(page, allowed, URL, content))
    assert (found["script-src"], found["style-src"]) == (["'self'", "'unsafe-inline'"],) * 2
    assert caplog.records == []


def test_a_warning_is_not_repeated(caplog: pytest.LogCaptureFixture) -> None:
    """Many pages can have the same."""
    content, known = '<p style="color:red"><p style="color:blue">', BlockedParts()
    for _ in range(2):
        with_policy(HEAD + content, {}, URL, content, known=known)
    assert len(caplog.records) == len({*caplog.messages}) == 2
    assert known.advice == ""  # one setting allows both: it is in the warning


PARTS = (
    "<script>own()</script>",
    "<style>p{}</style>",
    '<p style="color:red">',
    '<img alt="" src="https://a.example/x">',
    '<img alt="" src="https://b.example/x">',
    '<script src="https://c.example/x.js"></script>',
    '<iframe src="//video.example/x"></iframe>',
    '<pre class="mermaid">graph LR</pre>',
)


@pytest.mark.parametrize("parts", [*combinations(PARTS, 2), PARTS])
def test_one_setting_allows_all_parts_of_a_site(
    parts: tuple[str, ...], caplog: pytest.LogCaptureFixture
) -> None:
    """The one that is said in the end: no page is warned about with it, and no hash switches it off."""
    known = BlockedParts({"media-src": ("https://m.example",)})
    for part in parts:
        with_policy(HEAD + part, {}, URL, part, known=known)
        with_diagrams_as_text(part, known)
    setting = allowed_by(known.advice or caplog.messages[-1])
    caplog.clear()
    for part in parts:
        page = with_policy(HEAD + part, setting, URL, part)
        assert caplog.messages == []
        assert "mermaid" not in part or draws_diagrams(setting, [])
        assert all("'unsafe-inline'" not in one or "sha256" not in str(one) for one in policy(page).values())
    assert setting["media-src"] == ("https://m.example",)


def test_no_word_about_what_is_not_loaded(caplog: pytest.LogCaptureFixture) -> None:
    """Links, and files on the site's own host."""
    content = f'<a href="https://other.example/">x</a><img alt="" src="{URL}x.png"><link rel="canonical" href="https://o.example/">'
    with_policy(HEAD + content, {}, URL, content)
    assert caplog.records == []


def test_directives_can_be_removed_and_the_policy_too() -> None:
    """By the setting."""
    page = with_policy(
        HEAD, {"require-trusted-types-for": (), "img-src": ("https:",), "frame-ancestors": ("x",)}, URL
    )
    found = policy(page)
    assert "require-trusted-types-for" not in found
    assert "frame-ancestors" not in found
    assert found["img-src"] == ["'self'", "data:", "https:"]
    assert of_own_page(HEAD, None) == HEAD


def test_hosts_that_mkdocs_yml_names_are_allowed() -> None:
    """Its scripts, stylesheets and fonts; an omitted directive stays omitted."""
    found = sources_of(
        [("style-src", ("https://a.example",)), ("font-src", ())],
        ["https://cdn.example/x.js", "//b.example/y.js", "own.js", "ftp://c.example/z.js"],
        ["https://a.example/x.css", "own.css"],
        fonts=True,
    )
    assert found == {
        "style-src": ("https://a.example", "https://fonts.googleapis.com"),
        "font-src": (),
        "script-src": ("https://cdn.example", "https://b.example"),
    }


def test_rules_replace_the_style_attributes_of_markdown_and_material() -> None:
    """Of aligned columns, and of tags below a tag."""
    row = '<td style="text-align: right;">1</td><p style="text-align: right;">x</p>'
    assert with_styles_by_rule(row) == '<td data-cb-align="right">1</td><p style="text-align: right;">x</p>'
    templates = "".join(path.read_text(encoding="utf-8") for path in MATERIAL.rglob("*.html"))
    assert 'style="' in templates
    assert 'style="' not in with_styles_by_rule(templates)


def test_diagrams_are_text_unless_the_policy_allows_them(caplog: pytest.LogCaptureFixture) -> None:
    """Material stops at the first one that it cannot draw, and then content tabs of the page fail."""
    (bundle,) = MATERIAL.glob("assets/javascripts/bundle.*.min.js")
    assert "pre.mermaid" in bundle.read_text(encoding="utf-8")
    fence, known = '<pre class="mermaid"><code>graph LR</code></pre>', BlockedParts()
    for _ in range(2):
        assert with_diagrams_as_text(fence, known) == "<pre><code>graph LR</code></pre>"
    (record,) = caplog.records
    allowed = {"style-src": ("'unsafe-inline'",), "require-trusted-types-for": ()}
    hosts = {"script-src": ("https://unpkg.com",)}
    for name, values in (allowed | hosts).items():
        assert f"{name}: false" in record.message or f'{name}: "{values[0]}"' in record.message
    assert draws_diagrams(allowed | hosts, [])
    assert draws_diagrams(allowed, ["js/mermaid.min.js"])
    assert not draws_diagrams(allowed, ["js/own.js"])
    assert not draws_diagrams(hosts, [])


def test_an_attack_in_a_page_does_not_run(tmp_path, context) -> None:  # type: ignore[no-untyped-def]
    """Even if escaping failed: a script, a handler, a style, an image from elsewhere, and HTML written by a script."""
    attacks = (
        "<script>attacked()</script><img src=x onerror=attacked()><p style='color:red'>x</p>"
        "<img src=https://evil.example/t.png><iframe srcdoc='<script>attacked()</script>'></iframe>"
        "<a id=go href='javascript:attacked()'>x</a>"
    )
    theme = 'document.title = "theme"'
    page = with_policy(f"{HEAD}<script>{theme}</script>{attacks}</body></html>", {}, URL, attacks)
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    context.add_init_script("window.attacked = () => { document.title = 'attacked' }")
    asked: list[str] = []
    with serve(tmp_path) as address:
        visit = open_page(context, address)
        visit.page.on("requestfinished", lambda request: asked.append(request.url))
        visit.page.on("requestfailed", lambda request: asked.append(f"{request.failure} {request.url}"))
        visit.page.reload()
        visit.page.click("#go")
        written = "try { document.body.innerHTML = '<b>x</b>'; 'written' } catch { 'refused' }"
        assert visit.page.evaluate(written) == "refused"
        assert visit.page.title() == "theme"
    assert {url for url in asked if not url.startswith(address)} == {"csp https://evil.example/t.png"}

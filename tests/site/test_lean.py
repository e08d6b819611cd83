"""Pages are as short as they can be and look the same."""

from __future__ import annotations

import pytest

from charterbook.site.lean import lean
from tests.site.handbooks import Built


@pytest.mark.parametrize(
    ("page", "short"),
    [
        ("<ul>\n\n    <li>\n      One\n    </li>\n  </ul>\n", "<ul><li>\nOne</li></ul>\n"),
        ("<p>Here <a>we</a>\n   <b>are</b></p>", "<p>Here <a>we</a>\n<b>are</b></p>"),
        ("<p>two  words</p>", "<p>two  words</p>"),
        ("<div>\n  <pre>a:\n\n    - b\n</pre>\n</div>", "<div>\n<pre>a:\n\n    - b\n</pre></div>"),
        ("<textarea>\n  a\n</textarea>", "<textarea>\n  a\n</textarea>"),
        (
            "<script>`\n  a`</script>\n\n  <script>\n  b</script>",
            "<script>`\n  a`</script>\n<script>\n  b</script>",
        ),
        ("<pre>left open\n\n   at its end", "<pre>left open\nat its end"),
    ],
)
def test_only_what_nobody_sees_goes(page: str, short: str) -> None:
    """Indents and empty lines go; a space between words stays, and so does all that is shown as it is written."""
    assert lean(page) == short


def test_no_page_of_a_site_is_indented(quarters: Built) -> None:
    """A tenth of a page of changes, and a quarter of any other, would be white space."""
    for path in quarters.site.glob("20*/**/index.html"):
        source = path.read_text(encoding="utf-8")
        assert len(lean(source)) == len(source), path

from __future__ import annotations

from pathlib import Path

import pytest

from charterbook.site.styles import STYLESHEET, combine, marks_of, prune

PAGE = '<body class="a b" data-md-color-primary="teal"><p class=c dir="ltr">'


def test_marks_of_a_page() -> None:
    """Classes in every way of writing, colours and the text's direction."""
    assert marks_of(PAGE) == {"a", "b", "c", "data-md-color-primary=teal", "dir=ltr"}


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        ("p{color:red}", "p{color:red}"),
        (".a .b{color:red}", ".a .b{color:red}"),
        (".a .gone{color:red}", ""),
        (".gone,.b{color:red}", ".b{color:red}"),
        (".a:not(.gone){color:red}", ".a:not(.gone){color:red}"),
        (".made-by-script{color:red}", ".made-by-script{color:red}"),
        (".fact--stars{color:red}", ".fact--stars{color:red}"),
        ("[data-md-color-primary=teal]{color:red}", "[data-md-color-primary=teal]{color:red}"),
        ("[data-md-color-primary=pink]{color:red}", ""),
        ("[dir=rtl] p{color:red}", ""),
        ("@media print{.gone{color:red}.a{color:red}}", "@media print{.a{color:red}}"),
        ("@media print{.gone{color:red}}", ""),
        ("@keyframes turn{to{color:red}}", "@keyframes turn{to{color:red}}"),
        (":root{--icon:url(x);--size:1px}", ":root{--size:1px}"),
        (":root{--icon:url(x)}.a{mask:var(--icon)}", ":root{--icon:url(x)}.a{mask:var(--icon)}"),
    ],
)
def test_rules_that_no_page_can_need_go(rule: str, kept: str) -> None:
    """What pages or scripts may have stays, the rest goes."""
    scripts = 'x.className="made-by-script";y=`fact--${t}`'
    assert prune(rule, marks_of(PAGE), scripts).replace(" ", "") == kept.replace(" ", "")


def test_all_stylesheets_become_one(tmp_path: Path) -> None:
    """In the order in which a page would have loaded them."""
    sheets = {
        "assets/stylesheets/main.1a.min.css": ".a{color:red}",
        "assets/stylesheets/palette.2b.min.css": ".b{color:red}",
        "assets/charterbook/charterbook.css": ".c{color:red}",
    }
    for name, text in sheets.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    combine(tmp_path, {"a", "b", "c"})
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")] == [STYLESHEET]
    assert (tmp_path / STYLESHEET).read_text(encoding="utf-8") == ".a{color:red}.b{color:red}.c{color:red}"

"""Arguments that cannot be used: the message has what is probably meant."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from tests.charters import minimal_charter
from tests.command_line import call
from tests.histories import Repo

#: A command -> the end of its message.
MISTAKES = {
    "figures f.csv --since 01.10.2026": "'01.10.2026' is not a day. Write 2026-10-01.",
    "figures f.csv --since 01/10/2026": "'01/10/2026' is not a day. Write 2026-10-01 or 2026-01-10.",
    "figures f.csv --since 2026/10/31": "'2026/10/31' is not a day. Write 2026-10-31.",
    "review --as-of yesterday": "'yesterday' is not a day. Write it as 2026-09-30.",
    "sign cro --decision approved --date 31.12.2025": "'31.12.2025' is not a day. Write 2025-12-31.",
    "promises f.csv --as-of 2026-13-01": "'2026-13-01' is not a day. Write it as 2026-09-30.",
    "diff lastest charter.yml": "lastest: no version, file or git revision has this name. Did you mean latest? Versions: ",
    "export md --audience seller": "--audience: there is no 'seller'. Did you mean sellers? Audiences: sellers",
    "diff charter.yml charter.yml --section service": "--section: there is no 'service'. Did you mean services? Sections: ",
    "diff charter.yml charter.yml --audience Seller": "--audience: there is no 'Seller'. Did you mean sellers? ",
    "calendar --audience seller": "--audience: there is no 'seller'. Did you mean sellers? Audiences: sellers",
    "propose --from latest --reason x": "it needs two names, such as --from latest draft.",
    "propose --remove services.onbording --reason x": "there is nothing to remove. Did you mean onboarding?",
    "propose --set services.onboarding.effort_share=31,5 --reason x": (
        'services.onboarding.effort_share: expected a number, found the text "31,5".'
    ),
    "import none.docx": "none.docx: No such file or directory",
    "export md ours.md": "ours.md: there is no such version; for a file, write -o ours.md",
    "apply docs": "docs: this is a folder. Name the files in it: docs/*.yml",
    "import charter.yml --output x.yml": "charter.yml: this is a file with data (.yml), not a document. A charter needs no import; for others,",
    "propose --from-xlsx f.csv --reason x": "f.csv: this is not a workbook (.xlsx). Name the one that `charterbook export xlsx` has written.",
    "check -f charter.yml": "charter.yml:1:1: this is a charter. Name the mkdocs.yml of the handbook: -f mkdocs.yml",
    "check mkdocs.yml": "mkdocs.yml:1:1: error mkdocs-settings: these are the settings of a website for MkDocs, not a charter.",
    "apply charter.yml": "this is a charter, not a proposal. Propose its differences from the newest version with: charterbook propose --from latest charter.yml.",
}


@pytest.mark.parametrize("command", MISTAKES)
def test_an_argument_that_cannot_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """In one message, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    settings = "site_name: Ours\nplugins: [charterbook]\n"
    charter = minimal_charter(review={"next": datetime.date(2027, 1, 10)})
    Repo(tmp_path).commit({"charter.yml": charter, "mkdocs.yml": settings, "f.csv": "a,b\n1,2\n"})
    (tmp_path / "docs").mkdir()
    before = {path: path.read_bytes() for path in tmp_path.glob("[!.]*.*")}
    result = call(*command.split())
    assert result.exit_code in (1, 2)
    assert MISTAKES[command] in " ".join(result.output.split())
    assert result.output.count("error") <= 1 + result.output.count("1 error")
    assert {path: path.read_bytes() for path in tmp_path.glob("[!.]*.*")} == before

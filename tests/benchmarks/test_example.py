import datetime
from itertools import islice

from benchmarks.example import ROOT, continued
from benchmarks.inputs import Revision
from charterbook.load import load


def test_the_example_is_continued_with_a_new_figure_each_quarter() -> None:
    """The example is continued with a new figure each quarter."""
    text = (ROOT / "charter.yml").read_text(encoding="utf-8")
    more = list(islice(continued(Revision("2026-Q4", datetime.date(2026, 11, 18), "", text)), 32))
    assert [revision.version for revision in more[:2]] == ["2027-Q1", "2027-Q2"]
    assert more[-1].version == "2034-Q4"
    assert len({revision.text for revision in more}) == 32
    last = load(more[-1].text.encode()).charter
    assert last is not None
    assert last.version == "2034-Q4"

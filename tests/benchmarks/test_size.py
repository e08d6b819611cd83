from pathlib import Path

from benchmarks.size import sizes


def test_duplicate_lines_count_once(tmp_path: Path) -> None:
    """Duplicate lines count once."""
    for version in ("2026-Q1", "2026-Q2"):
        (tmp_path / version).mkdir()
        (tmp_path / version / "index.html").write_text("<p>same</p>\n")
        (tmp_path / version / "own.html").write_text(f"<p>same</p>\n{version}\n")
        (tmp_path / version / "main.css").write_text("p{}")
    (tmp_path / "main.js.map").write_text("{}")
    assert sizes(tmp_path) == {
        "files": 7,
        "bytes": 2 * (12 + 20 + 3) + 2,
        "bytes of distinct files": 12 + 20 + 20 + 3 + 2,
        "bytes of distinct lines": 12 + 8 + 8 + 3 + 2,
        "assets written again": 1,
        "source maps": 1,
    }

"""Where measurements are kept: docs/performance.md, each part between its own markers, the rest written by hand."""

from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"


def keep(part: str, lines: list[str]) -> None:
    """Put the lines between the markers of this part; raises ValueError when the page has none."""
    begin, end = f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
    text = PAGE.read_text(encoding="utf-8")
    before, found, rest = text.partition(begin)
    _old, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"docs/performance.md has no {begin} ... {end}")
    PAGE.write_text("\n".join([before + begin, *lines, end + after]), encoding="utf-8")


def table(heads: list[str], rows: list[list[str]]) -> list[str]:
    """Return a Markdown table; the first column is text, the others are numbers."""
    line = [*(["---"] * 1), *(["---:"] * (len(heads) - 1))]
    return [f"| {' | '.join(row)} |" for row in (heads, line, *rows)]

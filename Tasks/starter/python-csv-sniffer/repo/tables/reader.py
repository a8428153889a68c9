"""Read rows and records."""

from __future__ import annotations

from tables.dialect import Dialect, sniff, split_line


def read_rows(text: str, dialect: Dialect | None = None) -> list[list[str]]:
    """The fields of every line that is not blank."""
    dialect = dialect or sniff(text)
    return [split_line(line, dialect) for line in text.splitlines() if line.strip()]


def read_table(text: str, dialect: Dialect | None = None) -> list[dict[str, str]]:
    """Records named by the first row; short rows are filled up with empty fields."""
    rows = read_rows(text, dialect)
    if not rows:
        return []
    header = [name.strip() for name in rows[0]]
    if len(set(header)) != len(header):
        raise ValueError("two columns have the same name")
    records = []
    for row in rows[1:]:
        padded = row + [""] * (len(header) - len(row))
        records.append(dict(zip(header, padded)))
    return records

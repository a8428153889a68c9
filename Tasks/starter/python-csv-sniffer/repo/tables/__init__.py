"""Delimited text with an unknown dialect."""

from tables.dialect import Dialect, sniff
from tables.reader import read_rows, read_table

__all__ = ["Dialect", "read_rows", "read_table", "sniff"]

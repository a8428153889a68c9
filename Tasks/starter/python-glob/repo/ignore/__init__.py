"""Ignore files and the patterns in them."""

from ignore.pattern import PatternError, matches
from ignore.rules import Rules

__all__ = ["PatternError", "Rules", "matches"]

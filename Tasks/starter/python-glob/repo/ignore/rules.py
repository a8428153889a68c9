"""The rules of an ignore file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ignore.pattern import matches


@dataclass(frozen=True)
class Rule:
    """One line: what it matches, and whether it takes paths out or back in."""

    segments: tuple[str, ...]
    includes: bool
    is_anchored: bool
    is_directory: bool

    @classmethod
    def parse(cls, line: str) -> Rule:
        includes = line.startswith("!")
        text = line[1:] if includes else line
        is_directory = text.endswith("/")
        text = text.rstrip("/")
        is_anchored = "/" in text
        return cls(tuple(text.strip("/").split("/")), includes, is_anchored, is_directory)

    def fits(self, parts: tuple[str, ...], is_directory: bool) -> bool:
        """Whether the rule is about this very path."""
        if self.is_directory and not is_directory:
            return False
        if not self.is_anchored:
            return matches(self.segments[0], parts[-1])
        return len(parts) == len(self.segments) and all(map(matches, self.segments, parts))


class Rules:
    """Later rules win over earlier ones."""

    def __init__(self, lines: Iterable[str]) -> None:
        stripped = (line.strip() for line in lines)
        self._rules = [Rule.parse(line) for line in stripped if line and not line.startswith("#")]

    def ignores(self, path: str) -> bool:
        """Whether a path is left out, by itself or because a folder above it is."""
        is_directory = path.endswith("/")
        parts = tuple(path.strip("/").split("/"))
        for length in range(1, len(parts) + 1):
            whole = length == len(parts)
            if self._decides(parts[:length], is_directory if whole else True):
                return True
        return False

    def keep(self, paths: Iterable[str]) -> list[str]:
        """The paths that are not ignored, in the same order."""
        return [path for path in paths if not self.ignores(path)]

    def _decides(self, parts: tuple[str, ...], is_directory: bool) -> bool:
        for rule in reversed(self._rules):
            if rule.fits(parts, is_directory):
                return not rule.includes
        return False

"""One version."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import total_ordering

PATTERN = re.compile(
    r"v?(?P<major>\d+)\.(?P<minor>\d+)\.(?P<patch>\d+)"
    r"(?:-(?P<prerelease>[0-9A-Za-z.-]+))?(?:\+(?P<build>[0-9A-Za-z.-]+))?"
)


class VersionError(ValueError):
    """The text is not a version or not a constraint."""


@total_ordering
@dataclass(frozen=True, eq=True)
class Version:
    """major.minor.patch, perhaps with a pre-release; the build is kept but not compared."""

    major: int
    minor: int
    patch: int
    prerelease: tuple[str, ...] = ()
    build: str = field(default="", compare=False)

    @classmethod
    def parse(cls, text: str) -> Version:
        match = PATTERN.fullmatch(text.strip())
        if match is None:
            raise VersionError(f"not a version: {text!r}")
        prerelease = match["prerelease"]
        return cls(
            int(match["major"]),
            int(match["minor"]),
            int(match["patch"]),
            tuple(prerelease.split(".")) if prerelease else (),
            match["build"] or "",
        )

    def __str__(self) -> str:
        text = f"{self.major}.{self.minor}.{self.patch}"
        if self.prerelease:
            text += "-" + ".".join(self.prerelease)
        if self.build:
            text += "+" + self.build
        return text

    def __lt__(self, other: Version) -> bool:
        if self.release != other.release:
            return self.release < other.release
        if not self.prerelease or not other.prerelease:
            return bool(self.prerelease) and not other.prerelease
        return compare_identifiers(self.prerelease, other.prerelease) < 0

    @property
    def release(self) -> tuple[int, int, int]:
        return (self.major, self.minor, self.patch)

    @property
    def is_stable(self) -> bool:
        return self.major > 0 and not self.prerelease

    def bumped(self, part: str) -> Version:
        """The next version after a change of that size."""
        if part == "major":
            return Version(self.major + 1, 0, 0)
        if part == "minor":
            return Version(self.major, self.minor + 1, 0)
        if part == "patch":
            return Version(self.major, self.minor, self.patch + 1)
        raise VersionError(f"no such part: {part!r}")


def compare_identifiers(ours: tuple[str, ...], theirs: tuple[str, ...]) -> int:
    """Below zero where `ours` comes first, zero where both are equal, above zero otherwise.

    Numbers are compared as numbers and come before words; the shorter list comes first.
    """
    for mine, other in zip(ours, their):
        if mine == other:
            continue
        if mine.isdigit() and other.isdigit():
            return int(mine) - int(other)
        if mine.isdigit() or other.isdigit():
            return -1 if mine.isdigit() else 1
        return -1 if mine < other else 1
    return len(ours) - len(theirs)

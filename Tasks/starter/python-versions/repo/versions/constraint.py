"""Ranges such as ">=1.2.0, <2.0.0" or "^1.4.2"."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable
from dataclasses import dataclass

from versions.version import Version, VersionError

COMPARISONS = {
    "==": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}
CLAUSE = re.compile(r"(==|!=|>=|<=|>|<|\^|~)?\s*(\S+)")


@dataclass(frozen=True)
class Constraint:
    """Clauses that a version must meet, all of them."""

    clauses: tuple[tuple[str, Version], ...]

    @classmethod
    def parse(cls, text: str) -> Constraint:
        clauses: list[tuple[str, Version]] = []
        for part in text.split(","):
            match = CLAUSE.fullmatch(part.strip())
            if match is None:
                raise VersionError(f"not a constraint: {part!r}")
            symbol, version = match[1] or "==", Version.parse(match[2])
            if symbol == "^":
                clauses += [(">=", version), ("<", upper_bound(version))]
            elif symbol == "~":
                clauses += [(">=", version), ("<", version.bumped("minor"))]
            else:
                clauses.append((symbol, version))
        return cls(tuple(clauses))

    def allows(self, version: Version) -> bool:
        return all(COMPARISONS[symbol](version, bound) for symbol, bound in self.clauses)

    def best(self, versions: Iterable[Version]) -> Version | None:
        """The highest stable version that is allowed, or the highest where none is stable."""
        allowed = [version for version in versions if self.allows(version)]
        stable = [version for version in allowed if version.is_stable]
        return max(stable or allowed, default=None)


def upper_bound(version: Version) -> Version:
    """The first version that may break what was written for `version`."""
    if version.major > 0:
        return version.bumped("major")
    return version.bumped("minor" if version.minor > 0 else "patch")

"""Semantic versions and ranges of them."""

from versions.constraint import Constraint
from versions.version import Version, VersionError

__all__ = ["Constraint", "Version", "VersionError"]

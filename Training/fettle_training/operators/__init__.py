"""One enumerator of small edits, used both ways: to inject bugs, and as the template repair that the model is measured against."""

from . import calls, conditions, infix, literals, names, statements  # noqa: F401, each registers its operators
from .registry import ALL, Change, Operator
from .site import Region, Site

__all__ = ["ALL", "Change", "Operator", "Region", "Site", "changes_at"]


def changes_at(region: Region, line: int):
    """Every (operator, change) for a line; two operators may make the same change."""
    site = Site(region, line)
    for operator in ALL:
        for change in dict.fromkeys(operator.changes(site)):
            yield operator, change

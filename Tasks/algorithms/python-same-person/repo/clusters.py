"""Clusters of records that belong to the same person: union by size with halved paths."""

from __future__ import annotations

from collections.abc import Hashable


class Clusters:
    """Disjoint sets of records; a record is a cluster of its own until it is linked."""

    def __init__(self) -> None:
        self._parent: dict[Hashable, Hashable] = {}
        self._size: dict[Hashable, int] = {}

    def leader(self, record: Hashable) -> Hashable:
        """The record that stands for the cluster of `record`."""
        if record not in self._parent:
            self._parent[record] = record
            self._size[record] = 1
        while self._parent[record] != record:
            self._parent[record] = self._parent[self._parent[record]]
            record = self._parent[record]
        return record

    def link(self, one: Hashable, other: Hashable) -> bool:
        """Say that two records are the same person; False where that was known."""
        larger, smaller = self.leader(one), self.leader(other)
        if larger == smaller:
            return False
        self._parent[smaller] = larger
        if self._size[larger] < self._size[smaller]:
            larger, smaller = smaller, larger
        self._size[larger] += self._size[smaller]
        return True

    def same(self, one: Hashable, other: Hashable) -> bool:
        return self.leader(one) == self.leader(other)

    def size(self, record: Hashable) -> int:
        """How many records are in the cluster of `record`."""
        return self._size[self.leader(record)]

    def members(self, record: Hashable) -> set[Hashable]:
        """The records in the cluster of `record`."""
        leader = self.leader(record)
        return {other for other in list(self._parent) if self.leader(other) == leader}

    def largest(self) -> int:
        """The size of the largest cluster; 0 where no record is known."""
        return max((self.size(record) for record in list(self._parent)), default=0)

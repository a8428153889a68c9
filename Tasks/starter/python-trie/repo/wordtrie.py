"""A trie of counted words, for completion as one types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Node:
    """The end of one prefix."""

    count: int = 0
    children: dict[str, Node] = field(default_factory=dict)

    def find(self, rest: str) -> Node | None:
        """The node at the end of `rest`, or None where no word goes that way."""
        if not rest:
            return self
        child = self.children.get(rest[0])
        if child is None:
            return None
        return child.find(rest[1:])

    def add(self, rest: str, count: int) -> None:
        if not rest:
            self.count += count
            return
        child = self.children.setdefault(rest[0], Node())
        child.add(rest[1:], count)

    def remove(self, rest: str) -> bool:
        """Forget a word below this node; True where the node is of no more use."""
        if not rest:
            self.count = 0
        elif self.children[rest[0]].remove(rest[1:]):
            del self.children[rest[0]]
        return self.count == 0 and not self.children

    def longest(self, text: str, depth: int = 0, best: int = 0) -> int:
        """The length of the longest word that `text` begins with; this node is at `depth`."""
        if self.count:
            best = depth
        child = self.children.get(text[depth : depth + 1])
        if child is None:
            return best
        child.longest(text, depth + 1, best)

    def words(self, prefix: str) -> Iterator[tuple[str, int]]:
        """Every word below this node with its count, in alphabetical order."""
        if self.count:
            yield prefix, self.count
        for letter in sorted(self.children):
            yield from self.children[letter].words(prefix + letter)


class Trie:
    """Words and how often each was added."""

    def __init__(self) -> None:
        self._root = Node()

    def __len__(self) -> int:
        """How many different words there are."""
        return sum(1 for _ in self._root.words(""))

    def __contains__(self, word: str) -> bool:
        return self.count(word) > 0

    def __iter__(self) -> Iterator[str]:
        return (word for word, _ in self._root.words(""))

    def add(self, word: str, count: int = 1) -> None:
        if count < 1:
            raise ValueError("a word is added at least once")
        self._root.add(word, count)

    def count(self, word: str) -> int:
        """How often the word was added."""
        node = self._root.find(word)
        return node.count if node else 0

    def remove(self, word: str) -> None:
        """Forget a word altogether."""
        if word not in self:
            raise KeyError(word)
        self._root.remove(word)

    def complete(self, prefix: str, limit: int = 5) -> list[str]:
        """The most frequent words that begin with `prefix`; equals in alphabetical order."""
        node = self._root.find(prefix)
        found = list(node.words(prefix)) if node else []
        found.sort(key=lambda pair: -pair[1])
        return [word for word, _ in found[:limit]]

    def longest_prefix_of(self, text: str) -> str:
        """The longest known word that `text` begins with, or the empty string."""
        return text[: self._root.longest(text)]

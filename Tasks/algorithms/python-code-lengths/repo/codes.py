"""Huffman codes for the characters of a text, in canonical form."""

from __future__ import annotations

import heapq
from collections import Counter


def code_lengths(text: str) -> dict[str, int]:
    """How many bits each character of a text gets."""
    counts = Counter(text)
    if len(counts) == 1:
        return dict.fromkeys(counts, 1)
    lengths = dict.fromkeys(counts, 0)
    heap = [(count, character) for character, count in sorted(counts.items())]
    heapq.heapify(heap)
    while len(heap) > 1:
        first_count, first = heapq.heappop(heap)
        second_count, second = heapq.heappop(heap)
        for character in first + second:
            lengths[character] += 1
        heapq.heappush(heap, (first_count + second_count, first + second))
    return lengths


def canonical_codes(lengths: dict[str, int]) -> dict[str, str]:
    """The codes that go with the lengths: shorter ones first, then by character."""
    codes = {}
    code = previous = 0
    for character, length in sorted(lengths.items(), key=lambda item: (item[1], item[0])):
        if codes:
            code = (code << (length - previous)) + 1
        codes[character] = format(code, f"0{length}b")
        previous = length
    return codes


def encode(text: str) -> str:
    """The bits of a text, as a string of 0 and 1."""
    codes = canonical_codes(code_lengths(text))
    return "".join(codes[character] for character in text)


def decode(bits: str, codes: dict[str, str]) -> str:
    """The text behind the bits."""
    characters = {code: character for character, code in codes.items()}
    text, pending = [], ""
    for bit in bits:
        pending += bit
        if pending in characters:
            text.append(characters[pending])
            pending = ""
    if pending:
        raise ValueError(f"{len(pending)} bits are left over")
    return "".join(text)

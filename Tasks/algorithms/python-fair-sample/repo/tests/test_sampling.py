import random
from collections import Counter

import pytest

from sampling import sample, shuffled, winner


class Script:
    """Draws the numbers of a list, then zeros; remembers what was asked for."""

    def __init__(self, numbers=()):
        self.numbers = list(numbers)
        self.asked = []

    def __call__(self, count):
        place = len(self.asked)
        self.asked.append(count)
        return self.numbers[place] if place < len(self.numbers) else 0


def chances(experiment):
    """The chance of each result, found by going through all that can be drawn."""
    found, pending = Counter(), [((), 1.0)]
    while pending:
        numbers, chance = pending.pop()
        script = Script(numbers)
        result = experiment(script)
        if len(script.asked) == len(numbers):
            found[result] += chance
        else:
            count = script.asked[len(numbers)]
            pending += [((*numbers, number), chance / count) for number in range(count)]
    return {result: round(chance, 9) for result, chance in found.items()}


def test_empty_stream():
    assert sample([], 3, Script()) == []


def test_short_stream():
    script = Script()
    assert sample("ab", 3, script) == ["a", "b"]
    assert sample("abc", 3, script) == ["a", "b", "c"]
    assert script.asked == []


def test_negative_size():
    with pytest.raises(ValueError):
        sample("abc", -1, Script())


def test_sample_of_none():
    assert sample("abc", 0, lambda count: 0) == []


def test_items_come_from_the_stream():
    numbers = random.Random(167)
    for size in range(1, 8):
        drawn = sample(range(100), size, numbers.randrange)
        assert len(set(drawn)) == size


def test_what_is_drawn_for_each_item():
    script = Script([3, 1])
    assert sample("abcde", 3, script) == ["a", "e", "c"]
    assert script.asked == [4, 5]


def test_every_item_has_the_same_chance():
    for size, length in ((1, 3), (2, 4), (3, 4), (3, 5)):
        members = Counter()
        for result, chance in chances(lambda draw: tuple(sample(range(length), size, draw))).items():
            for item in result:
                members[item] += chance
        assert {item: round(chance, 6) for item, chance in members.items()} == {
            item: round(size / length, 6) for item in range(length)
        }


def test_every_choice_has_the_same_chance():
    found = Counter()
    for result, chance in chances(lambda draw: tuple(sample("abcd", 2, draw))).items():
        found[frozenset(result)] += chance
    assert len(found) == 6
    assert {round(chance, 6) for chance in found.values()} == {round(1 / 6, 6)}


def test_winner():
    assert winner(["ann"], Script()) == "ann"
    with pytest.raises(ValueError):
        winner([], Script())


def test_winner_is_fair():
    assert chances(lambda draw: winner("abcd", draw)) == dict.fromkeys("abcd", 0.25)


def test_shuffling_is_fair():
    found = chances(lambda draw: "".join(shuffled("abc", draw)))
    assert len(found) == 6
    assert {round(chance, 6) for chance in found.values()} == {round(1 / 6, 6)}
    assert shuffled([], Script()) == []

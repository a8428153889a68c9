import random
from itertools import product

from ballots import announce, favourite, majority


def test_no_ballots():
    assert favourite([]) is None
    assert majority([]) is None


def test_single_ballot():
    assert majority(["ann"]) == "ann"


def test_everybody_agrees():
    assert majority(["ann", "ann", "ann"]) == "ann"


def test_just_more_than_half():
    assert majority(["ann", "bo", "ann", "cy", "ann"]) == "ann"
    assert majority(["bo", "cy", "ann", "ann", "ann"]) == "ann"
    assert majority(["ann", "ann", "ann", "bo", "cy"]) == "ann"


def test_exactly_half():
    assert majority(["ann", "bo", "ann", "bo"]) is None
    assert majority(["ann", "ann", "bo", "cy"]) is None


def test_most_votes_are_not_enough():
    assert majority(["ann", "bo", "cy", "ann", "cy"]) is None
    assert majority(["ann", "bo", "cy"]) is None
    assert majority(["ann", "ann", "bo", "bo", "cy"]) is None


def test_empty_ballots():
    assert majority(["", "", "ann"]) is None
    assert majority(["", "ann", "ann"]) == "ann"
    assert majority(["", "ann", "bo", "ann"]) is None


def test_favourite():
    assert favourite(["ann", "bo", "ann"]) == "ann"
    assert favourite(["ann", "bo"]) is None
    assert favourite(iter(["bo", "ann", "ann"])) == "ann"
    assert favourite(["ann", "ann", "bo", "bo", "bo"]) == "bo"


def test_announcements():
    assert announce("chair", ["ann", "bo", "ann"]) == "chair: ann, 2 of 3"
    assert announce("clerk", ["ann", "bo"]) == "clerk: no decision"


def test_announcement_without_a_majority():
    assert announce("clerk", ["ann", "bo", "cy"]) == "clerk: no decision"


def test_all_small_elections():
    for size in range(1, 7):
        for ballots in product(["ann", "bo", "cy"], repeat=size):
            winners = [name for name in set(ballots) if ballots.count(name) > size / 2]
            assert majority(ballots) == (winners[0] if winners else None)


def test_large_elections_with_a_majority():
    numbers = random.Random(191)
    for _ in range(50):
        ballots = ["ann"] * 51 + [numbers.choice(["bo", "cy", "di", ""]) for _ in range(50)]
        numbers.shuffle(ballots)
        assert majority(ballots) == "ann"

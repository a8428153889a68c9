import random

import pytest

from meters import ALPHABET, complete, grouped, invalid, is_valid, value


def test_values():
    assert value("0") == 0
    assert value("12") == 12
    assert value("A") == 10
    assert value("1Z0") == 1350


def test_values_of_odd_characters():
    for text in ("a", "1-2", "Ä"):
        with pytest.raises(ValueError):
            value(text)


def test_known_identifiers():
    assert complete("GAS4711") == "GAS471108"
    assert complete("0") == "098"
    assert complete("1") == "195"
    assert complete("97") == "9798"


def test_check_digits_have_two_places():
    assert complete("31") == "3105"
    assert complete("32") == "3202"


def test_empty_identifier():
    with pytest.raises(ValueError):
        complete("")
    assert not is_valid("")
    assert not is_valid("98")


def test_labels_in_use():
    assert is_valid("GAS471108")
    assert is_valid("gas4 711 08")
    assert not is_valid("GAS471109")
    assert not is_valid("GAS471107")


def test_odd_identifiers():
    for identifier in ("GAS47110X", "G-S471108", "??", "GAS4711 9"):
        assert not is_valid(identifier)


def test_check_digits_that_are_never_given():
    assert is_valid("3202")
    assert not is_valid("3299")
    assert is_valid("098")
    assert not is_valid("001")
    assert is_valid("6597")
    assert not is_valid("6500")


def test_grouped():
    assert grouped("GAS471108") == "GAS4 7110 8"
    assert grouped("GAS471108", 3) == "GAS 471 108"
    assert grouped("") == ""


def test_what_is_issued_is_valid():
    numbers = random.Random(127)
    for _ in range(200):
        body = "".join(numbers.choice(ALPHABET) for _ in range(numbers.randrange(1, 12)))
        assert is_valid(complete(body))
        assert is_valid(grouped(complete(body)))


def test_swapped_digits_are_noticed():
    numbers = random.Random(131)
    for _ in range(100):
        body = "".join(numbers.choice("0123456789") for _ in range(8))
        identifier = complete(body)
        place = numbers.randrange(7)
        swapped = identifier[:place] + identifier[place + 1] + identifier[place] + identifier[place + 2 :]
        assert invalid([identifier, swapped]) == ([] if swapped == identifier else [swapped])

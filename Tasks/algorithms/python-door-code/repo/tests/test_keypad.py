import random

import pytest

from keypad import Keypad, fallbacks


def openings_by_slicing(code, keys):
    return [end - 1 for end in range(len(code), len(keys) + 1) if keys[end - len(code) : end] == code]


def test_empty_code():
    with pytest.raises(ValueError):
        Keypad("")


def test_fallbacks():
    assert fallbacks("1234") == [0, 0, 0, 0]
    assert fallbacks("1111") == [0, 1, 2, 3]
    assert fallbacks("12121312") == [0, 0, 1, 2, 3, 0, 1, 2]
    assert fallbacks("1121112") == [0, 1, 0, 1, 2, 2, 3]


def test_opens_once_the_code_is_complete():
    keypad = Keypad("4711")
    assert [keypad.press(key) for key in "4711"] == [False, False, False, True]


def test_wrong_keys_before():
    assert Keypad("4711").openings("0044711") == [6]
    assert Keypad("112").openings("1112") == [3]


def test_never_opens():
    assert Keypad("4711").openings("471247124712") == []
    assert Keypad("4711").openings("") == []


def test_opens_again():
    assert Keypad("123").openings("123123x123") == [2, 5, 9]


def test_state_is_kept_between_calls():
    keypad = Keypad("123")
    assert keypad.openings("12") == []
    assert keypad.openings("3") == [0]


def test_codes_that_overlap():
    assert Keypad("121").openings("12121") == [2, 4]
    assert Keypad("11").openings("1111") == [1, 2, 3]
    assert Keypad("2332").openings("23323322332") == [3, 6, 10]


def test_single_key():
    assert Keypad("7").openings("7707") == [0, 1, 3]


def test_against_slicing():
    numbers = random.Random(2)
    for _ in range(300):
        code = "".join(numbers.choice("12") for _ in range(numbers.randrange(1, 6)))
        keys = "".join(numbers.choice("12") for _ in range(30))
        assert Keypad(code).openings(keys) == openings_by_slicing(code, keys)

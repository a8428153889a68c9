import random
from itertools import permutations

import pytest

from codes import canonical_codes, code_lengths, decode, encode


def test_no_text():
    assert code_lengths("") == {}
    assert canonical_codes({}) == {}
    assert encode("") == ""


def test_single_character():
    assert code_lengths("zzz") == {"z": 1}
    assert encode("zzz") == "000"


def test_two_characters():
    assert code_lengths("abbbb") == {"a": 1, "b": 1}
    assert encode("abb") == "011"


def test_frequent_characters_get_short_codes():
    assert code_lengths("aaaabbc") == {"a": 1, "b": 2, "c": 2}
    assert code_lengths("eeeeeeeettttaabc") == {"e": 1, "t": 2, "a": 3, "b": 4, "c": 4}


def test_equal_lengths_are_numbered_in_order():
    assert canonical_codes({"d": 2, "b": 2, "a": 2, "c": 2}) == {"a": "00", "b": "01", "c": "10", "d": "11"}


def test_longer_codes_follow():
    assert canonical_codes({"a": 1, "b": 2, "c": 2}) == {"a": "0", "b": "10", "c": "11"}
    assert canonical_codes({"x": 3, "y": 1, "z": 3}) == {"y": "0", "x": "100", "z": "101"}
    assert canonical_codes({"p": 2, "q": 2, "r": 2, "s": 4}) == {"p": "00", "q": "01", "r": "10", "s": "1100"}


def test_decoding():
    codes = {"a": "0", "b": "10", "c": "11"}
    assert decode("010110", codes) == "abca"
    assert decode("", codes) == ""


def test_bits_left_over():
    with pytest.raises(ValueError):
        decode("01", {"a": "0", "b": "10", "c": "11"})


def test_total_length_of_a_known_text():
    assert sum(map(len, map(str, encode("mississippi")))) == 21


def test_lengths_fill_the_code_space():
    numbers = random.Random(4)
    for _ in range(100):
        text = "".join(numbers.choice("aaabbcdefg") for _ in range(numbers.randrange(2, 40)))
        if len(set(text)) > 1:
            assert sum(2.0**-length for length in code_lengths(text).values()) == 1


def test_codes_are_free_of_prefixes():
    numbers = random.Random(6)
    for _ in range(100):
        text = "".join(numbers.choice("aaaaabbbcdefgh") for _ in range(numbers.randrange(1, 60)))
        codes = canonical_codes(code_lengths(text))
        assert not any(one.startswith(other) for one, other in permutations(codes.values(), 2))
        assert decode(encode(text), codes) == text

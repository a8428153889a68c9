import random

import pytest

from runs import pack, unpack


def test_nothing():
    assert pack("") == ""
    assert unpack("") == ""


def test_short_runs_stay_as_they_are():
    assert pack("abccddd") == "abccddd"


def test_long_runs():
    assert pack("aaaa") == "~Da"
    assert pack("xaaaaay") == "x~Eay"
    assert pack("    ##") == "~D ##"


def test_longest_run():
    assert pack("." * 26) == "~Z."
    assert pack("." * 25) == "~Y."
    assert pack("." * 27) == "~Z.."
    assert pack("." * 60) == "~Z.~Z.~H."


def test_unpacking():
    assert unpack("x~Eay") == "xaaaaay"
    assert unpack("~A~~Bz") == "~zz"
    assert unpack("AZ") == "AZ"


def test_wide_lakes():
    assert pack("a~~~~b") == "a~D~b"


def test_ponds():
    assert pack("a~b") == "a~A~b"
    assert pack("~~") == "~B~"
    assert pack("~~~x") == "~C~x"


def test_broken_runs():
    for packed in ("~", "a~B", "~ax", "~1x", "~[x", "~@x"):
        with pytest.raises(ValueError):
            unpack(packed)


def test_there_and_back():
    numbers = random.Random(17)
    for _ in range(200):
        text = "".join(numbers.choice("ab.") * numbers.randrange(1, 40) for _ in range(numbers.randrange(6)))
        assert unpack(pack(text)) == text
        assert len(pack(text)) <= len(text)


def test_there_and_back_with_markers():
    numbers = random.Random(18)
    for _ in range(200):
        text = "".join(numbers.choice("a~Z") * numbers.randrange(1, 31) for _ in range(numbers.randrange(6)))
        assert unpack(pack(text)) == text

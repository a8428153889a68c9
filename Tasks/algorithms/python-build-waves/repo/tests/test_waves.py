import random

import pytest

from waves import Cycle, waves


def depth(package, needs):
    return 1 + max((depth(need, needs) for need in needs.get(package, [])), default=-1)


def test_nothing_to_build():
    assert waves({}) == []


def test_independent_packages():
    assert waves({"b": [], "a": [], "c": []}) == [["a", "b", "c"]]


def test_chain():
    assert waves({"c": ["b"], "b": ["a"], "a": []}) == [["a"], ["b"], ["c"]]


def test_needs_that_have_no_entry():
    assert waves({"app": ["zlib"]}) == [["zlib"], ["app"]]


def test_need_named_twice():
    assert waves({"app": ["lib", "lib"], "lib": []}) == [["lib"], ["app"]]


def test_diamond():
    needs = {"top": ["left", "right"], "left": ["base"], "right": ["base"], "base": []}
    assert waves(needs) == [["base"], ["left", "right"], ["top"]]


def test_long_way_and_short_way():
    assert waves({"z": ["a", "m"], "m": ["a"], "a": []}) == [["a"], ["m"], ["z"]]
    assert waves({"app": ["x", "b"], "b": ["c"], "c": [], "x": []}) == [["c", "x"], ["b"], ["app"]]
    assert waves({"app": ["a", "y"], "y": ["z"], "z": [], "a": []}) == [["a", "z"], ["y"], ["app"]]


def test_cycle():
    with pytest.raises(Cycle, match="^a, b$"):
        waves({"a": ["b"], "b": ["a"], "c": []})


def test_behind_a_cycle():
    with pytest.raises(Cycle, match="^a, b, user$"):
        waves({"a": ["b"], "b": ["a"], "user": ["a", "c"]})


def test_package_that_needs_itself():
    with pytest.raises(Cycle):
        waves({"a": ["a"]})


def test_every_package_is_in_its_wave():
    numbers = random.Random(14)
    for _ in range(120):
        names = list("abcdefgh")
        numbers.shuffle(names)
        needs = {
            name: numbers.sample(names[:place], numbers.randint(0, min(place, 3)))
            for place, name in enumerate(names)
        }
        result = waves(needs)
        assert sorted(sum(result, [])) == sorted(names)
        for place, wave in enumerate(result):
            assert wave == sorted(wave)
            assert all(depth(package, needs) == place for package in wave)

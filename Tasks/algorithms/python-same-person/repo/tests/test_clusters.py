import random

from clusters import Clusters


def test_unknown_record_is_alone():
    people = Clusters()
    assert people.leader("ann") == "ann"
    assert people.size("bo") == 1
    assert people.members("cy") == {"cy"}


def test_link_joins():
    people = Clusters()
    assert not people.same("ann", "anne")
    assert people.link("ann", "anne")
    assert people.same("ann", "anne")
    assert people.size("ann") == people.size("anne") == 2


def test_link_again_changes_nothing():
    people = Clusters()
    people.link(1, 2)
    assert not people.link(2, 1)
    assert not people.link(1, 1)
    assert people.size(1) == 2


def test_linking_is_transitive():
    people = Clusters()
    people.link("a", "b")
    people.link("c", "d")
    assert not people.same("a", "d")
    assert people.link("b", "c")
    assert people.same("a", "d")
    assert people.members("d") == {"a", "b", "c", "d"}


def test_growing_from_the_large_side():
    people = Clusters()
    for number in range(1, 9):
        people.link(0, number)
        assert people.size(number) == number + 1


def test_growing_from_the_small_side():
    people = Clusters()
    for number in range(1, 9):
        people.link(number, 0)
        assert people.size(number) == number + 1
        assert people.size(0) == number + 1


def test_leader_comes_from_the_larger_cluster():
    people = Clusters()
    people.link("a", "b")
    leader = people.leader("a")
    people.link("z", "b")
    assert people.leader("z") == leader


def test_largest():
    people = Clusters()
    assert people.largest() == 0
    people.leader("x")
    assert people.largest() == 1
    people.link("p", "q")
    people.link("r", "q")
    people.link("s", "x")
    assert people.largest() == 3


def test_against_plain_sets():
    numbers = random.Random(3)
    for _ in range(60):
        people = Clusters()
        plain = {number: {number} for number in range(14)}
        for _ in range(numbers.randrange(20)):
            one, other = numbers.randrange(14), numbers.randrange(14)
            assert people.link(one, other) == (plain[one] is not plain[other])
            if plain[one] is not plain[other]:
                merged = plain[one] | plain[other]
                for number in merged:
                    plain[number] = merged
        for number, group in plain.items():
            people.leader(number)
        for number, group in plain.items():
            assert people.size(number) == len(group)
            assert people.members(number) == group
        assert people.largest() == max(map(len, plain.values()))

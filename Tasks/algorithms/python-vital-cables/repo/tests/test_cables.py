import random

from cables import report, vital_cables


def parts(switches, cables):
    """How many parts a network has."""
    part = {switch: switch for switch in switches}
    for _ in switches:
        for one, other in cables:
            part[one] = part[other] = min(part[one], part[other])
    return len(set(part.values()))


def vital_by_unplugging(cables):
    switches = {switch for cable in cables for switch in cable}
    return [
        position
        for position in range(len(cables))
        if parts(switches, cables[:position] + cables[position + 1 :]) > parts(switches, cables)
    ]


def test_no_cables():
    assert vital_cables([]) == []


def test_single_cable():
    assert vital_cables([(1, 2)]) == [0]


def test_line():
    assert vital_cables([(1, 2), (2, 3), (3, 4)]) == [0, 1, 2]
    assert vital_cables([(3, 4), (2, 3), (2, 1)]) == [0, 1, 2]


def test_star():
    assert vital_cables([(9, 1), (9, 2), (3, 9)]) == [0, 1, 2]


def test_ring():
    assert vital_cables([(1, 2), (2, 3), (3, 4), (4, 1)]) == []


def test_two_cables_between_the_same_switches():
    assert vital_cables([(1, 2), (2, 1)]) == []
    assert vital_cables([(1, 2), (1, 2), (2, 3)]) == [2]


def test_cable_between_two_rings():
    rings = [(1, 2), (2, 3), (3, 1), (3, 4), (4, 5), (5, 6), (6, 4)]
    assert vital_cables(rings) == [3]


def test_separate_networks():
    assert vital_cables([(1, 2), (7, 8), (8, 9)]) == [0, 1, 2]


def test_plugged_into_itself():
    assert vital_cables([(1, 1), (1, 2)]) == [1]


def test_report():
    names = {1: "cellar", 2: "hall", 3: "attic"}
    assert list(report([(1, 2), (2, 3)], names)) == ["cable 0: cellar to hall", "cable 1: hall to attic"]
    assert list(report([], names)) == []


def test_against_unplugging():
    numbers = random.Random(29)
    for _ in range(200):
        cables = [(numbers.randrange(7), numbers.randrange(7)) for _ in range(numbers.randrange(10))]
        assert vital_cables(cables) == vital_by_unplugging(cables)

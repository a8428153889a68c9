import random

from beads import is_mirrored, longest_mirror, mirrors


def radii_by_trying(beads):
    radii = []
    for index in range(len(beads)):
        radius = 0
        while index - radius - 1 >= 0 and index + radius + 1 < len(beads):
            if beads[index - radius - 1] != beads[index + radius + 1]:
                break
            radius += 1
        radii.append(radius)
    return radii


def longest_by_trying(beads):
    for length in range(len(beads), 0, -1):
        for start in range(len(beads) - length + 1):
            if is_mirrored(beads[start : start + length]):
                return beads[start : start + length]
    return ""


def test_empty_row():
    assert mirrors("") == []
    assert longest_mirror("") == ""


def test_single_bead():
    assert mirrors("r") == [0]
    assert longest_mirror("r") == "r"


def test_all_different():
    assert mirrors("rgb") == [0, 0, 0]
    assert longest_mirror("rgb") == "r"


def test_around_one_bead():
    assert mirrors("xabay") == [0, 0, 1, 0, 0]
    assert longest_mirror("xabay") == "aba"


def test_around_a_gap():
    assert longest_mirror("xabbay") == "abba"
    assert longest_mirror("xxy") == "xx"


def test_all_the_same():
    assert mirrors("aaaaa") == [0, 1, 2, 1, 0]
    assert longest_mirror("aaaa") == "aaaa"


def test_first_of_equal_length():
    assert longest_mirror("abaXcdc") == "aba"


def test_nested_mirrors():
    assert mirrors("aabaaac") == [0, 0, 2, 0, 1, 0, 0]
    assert mirrors("dabacabad") == [0, 0, 1, 0, 4, 0, 1, 0, 0]


def test_mirror_cut_short_by_its_surroundings():
    assert mirrors("abaXabac") == radii_by_trying("abaXabac")
    assert longest_mirror("babcbabcbaccba") == "abcbabcba"


def test_radii_against_trying():
    numbers = random.Random(21)
    for _ in range(250):
        beads = "".join(numbers.choice("ab") for _ in range(numbers.randrange(16)))
        assert mirrors(beads) == radii_by_trying(beads)


def test_longest_against_trying():
    numbers = random.Random(22)
    for _ in range(150):
        beads = "".join(numbers.choice("abc") for _ in range(numbers.randrange(14)))
        assert longest_mirror(beads) == longest_by_trying(beads)

import random

from islands import around, is_land, largest, survey


def survey_by_merging(chart):
    """The same by giving each square the smallest name around until nothing changes."""
    squares = [(row, column) for row, line in enumerate(chart) for column in range(len(line))]
    land = [(row, column) for row, column in squares if chart[row][column] == "#"]
    names = {square: square for square in land}
    for _ in land:
        for row, column in land:
            near = [(row, column), (row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)]
            names[row, column] = min(names[square] for square in near if square in names)
    return {name: list(names.values()).count(name) for name in set(names.values())}


def test_no_chart():
    assert survey([]) == {}
    assert largest([]) == 0


def test_only_water():
    assert survey(["...", "..."]) == {}
    assert largest(["~~~"]) == 0


def test_islands_of_one_square():
    assert survey(["#.#", "...", ".#."]) == {(0, 0): 1, (0, 2): 1, (2, 1): 1}


def test_corners_do_not_connect():
    assert survey(["#.", ".#"]) == {(0, 0): 1, (1, 1): 1}


def test_around():
    assert sorted(around(3, 5)) == [(2, 5), (3, 4), (3, 6), (4, 5)]


def test_land():
    chart = ["#.", ".#"]
    assert is_land(chart, (0, 0)) and is_land(chart, (1, 1))
    assert not any(is_land(chart, square) for square in ((0, 1), (-1, 0), (0, -1), (2, 1), (1, 2), (-1, -1)))


def test_long_island():
    assert survey(["####"]) == {(0, 0): 4}
    assert survey(["#", "#", "#"]) == {(0, 0): 3}


def test_island_that_reaches_to_the_left():
    assert survey([".##", "##.", "..."]) == {(0, 1): 4}


def test_second_island_to_the_right_of_a_first():
    assert survey(["#.##", "#..#", "#..#"]) == {(0, 0): 3, (0, 2): 4}
    assert survey(["##..#", ".#..."]) == {(0, 0): 3, (0, 4): 1}


def test_lake_in_an_island():
    assert survey(["#####", "#...#", "#.#.#", "#...#", "#####"]) == {(0, 0): 16, (2, 2): 1}


def test_rows_of_different_length():
    assert survey(["#", "###", "", "#"]) == {(0, 0): 4, (3, 0): 1}


def test_largest():
    assert largest(["##.", "..#", "###"]) == 4


def test_against_merging():
    numbers = random.Random(101)
    for _ in range(100):
        width = numbers.randrange(1, 7)
        chart = ["".join(numbers.choice("#.") for _ in range(width)) for _ in range(numbers.randrange(1, 6))]
        assert survey(chart) == survey_by_merging(chart)

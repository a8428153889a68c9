import random

import pytest

from world import draw, neighbours, parse, period, step


def after(text, steps=1):
    world = parse(text)
    for _ in range(steps):
        world = step(world)
    return draw(world).split()


def test_parse_and_draw():
    assert draw(parse(".#. ##.")) == ".#.\n##."
    assert parse("") == []


def test_ragged_rows():
    with pytest.raises(ValueError):
        parse("#.. #.")


def test_block_stays():
    block = ["....", ".##.", ".##.", "...."]
    assert after(" ".join(block)) == block


def test_bar_turns():
    assert after("..... ..#.. ..#.. ..#.. .....") == [".....", ".....", ".###.", ".....", "....."]


def test_lonely_and_crowded_cells_die():
    assert after("..... ..... ..#.. ..... .....") == ["....."] * 5
    assert after("..... .#.#. ..#.. .#.#. .....")[2] == ".#.#."


def test_neighbours_across_the_edges():
    corners = parse("#..# .... .... #..#")
    assert neighbours(corners, 0, 0) == 3
    assert neighbours(corners, 2, 2) == 1
    assert neighbours(corners, 1, 1) == 1
    assert neighbours(corners, 1, 3) == 2


def test_neighbours_on_a_strip():
    strip = parse("#......# ........ .......#")
    assert neighbours(strip, 0, 0) == 2
    assert neighbours(strip, 2, 0) == 3
    assert neighbours(strip, 1, 3) == 0


def test_bar_on_a_tall_world():
    tall = "... ### ... ... ... ... ..."
    assert after(tall) == ["###", "###", "###", "...", "...", "...", "..."]


def test_period():
    assert period(parse(".... .##. .##. ...."), 3) == 1
    assert period(parse("..... ..... .###. ..... ....."), 5) == 2
    assert period(parse("..... ..... .###. ..... ....."), 1) is None
    assert period(parse("..#.. ..... ....."), 4) is None


def test_glider_comes_around_on_any_world():
    for height, width, steps in ((5, 5, 20), (8, 5, 160), (5, 8, 160)):
        rows = [".#.", "..#", "###"]
        lines = [row.ljust(width, ".") for row in rows] + ["." * width] * (height - 3)
        assert period(parse(" ".join(lines)), steps) == steps


def test_against_plain_counting():
    numbers = random.Random(61)
    for _ in range(60):
        height, width = numbers.randrange(3, 7), numbers.randrange(3, 7)
        world = [[numbers.random() < 0.4 for _ in range(width)] for _ in range(height)]
        later = step(world)
        for row in range(height):
            for column in range(width):
                around = [
                    world[other % height][place % width]
                    for other in range(row - 1, row + 2)
                    for place in range(column - 1, column + 2)
                    if (other, place) != (row, column)
                ]
                expected = sum(around) == 3 or (world[row][column] and sum(around) == 2)
                assert later[row][column] == expected
                assert neighbours(world, row, column) == sum(around)

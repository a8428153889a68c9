import random

from dial import degrees, pattern, position, track, turn


def test_first_patterns():
    assert [pattern(place) for place in range(8)] == [0b000, 0b001, 0b011, 0b010, 0b110, 0b111, 0b101, 0b100]


def test_larger_patterns():
    assert pattern(16) == 0b11000
    assert pattern(30) == 0b10001
    assert pattern(1023) == 0b1000000000


def test_first_positions():
    assert [position(pattern(place)) for place in range(8)] == list(range(8))


def test_positions_on_a_large_dial():
    assert position(0b11000) == 16
    assert position(0b10001) == 30
    assert position(0b1000000000) == 1023


def test_no_bits():
    assert position(0) == 0
    assert track(0) == [0]


def test_track():
    assert track(2) == [0b00, 0b01, 0b11, 0b10]
    assert len(set(track(6))) == 64


def test_neighbours_differ_in_one_bit():
    marks = track(7)
    for before, after in zip(marks, marks[1:] + marks[:1]):
        assert bin(before ^ after).count("1") == 1


def test_turns_of_a_small_dial():
    assert turn(0b000, 0b001, 3) == 1
    assert turn(0b001, 0b000, 3) == -1
    assert turn(0b100, 0b000, 3) == 1
    assert turn(0b000, 0b110, 3) == 4
    assert turn(0b110, 0b000, 3) == 4
    assert turn(0b000, 0b111, 3) == -3
    assert turn(0b010, 0b010, 3) == 0


def test_angles():
    assert degrees(0b00, 2) == 0
    assert degrees(0b11, 2) == 180
    assert degrees(0b10, 2) == 270


def test_angles_of_a_large_dial():
    assert degrees(pattern(900), 10) == 900 * 360 / 1024


def test_there_and_back():
    assert [position(mark) for mark in track(11)] == list(range(2048))


def test_turns_of_a_large_dial():
    numbers = random.Random(137)
    for _ in range(200):
        start, way = numbers.randrange(1024), numbers.randrange(-511, 513)
        assert turn(pattern(start), pattern((start + way) % 1024), 10) == way

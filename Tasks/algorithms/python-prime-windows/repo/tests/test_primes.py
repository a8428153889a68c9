import random
from itertools import islice

from primes import primes, primes_between, small_primes, widest_gap


def is_prime(number):
    return number > 1 and all(number % divisor for divisor in range(2, number))


def test_small_primes():
    assert small_primes(1) == []
    assert small_primes(2) == [2]
    assert small_primes(3) == [2, 3]
    assert small_primes(30) == [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]
    assert small_primes(121)[-2:] == [109, 113]


def test_empty_windows():
    assert primes_between(10, 10) == []
    assert primes_between(20, 10) == []
    assert primes_between(-10, 2) == []
    assert primes_between(24, 29) == []


def test_window_of_one_number():
    assert primes_between(101, 102) == [101]
    assert primes_between(169, 170) == []


def test_window_far_up():
    assert primes_between(10**9, 10**9 + 100) == [10**9 + offset for offset in (7, 9, 21, 33, 87, 93, 97)]


def test_squares_of_primes():
    assert primes_between(110, 122) == [113]
    assert primes_between(120, 122) == []
    assert primes_between(361, 368) == [367]


def test_window_from_the_beginning():
    assert primes_between(0, 30) == [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]
    assert primes_between(2, 5) == [2, 3]
    assert primes_between(-5, 8) == [2, 3, 5, 7]


def test_window_that_begins_low():
    assert primes_between(10, 400)[:5] == [11, 13, 17, 19, 23]
    assert primes_between(3, 10) == [3, 5, 7]


def test_all_primes():
    assert list(islice(primes(window=3), 12)) == [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37]
    assert list(islice(primes(), 168))[-1] == 997


def test_gaps():
    assert widest_gap(100, 150) == 14
    assert widest_gap(24, 30) == 0
    assert widest_gap(24, 24) == 0


def test_high_windows_against_trial_division():
    numbers = random.Random(89)
    for _ in range(60):
        start = numbers.randrange(300, 1200)
        end = start + numbers.randrange(40)
        assert primes_between(start, end) == [number for number in range(start, end) if is_prime(number)]


def test_low_windows_against_trial_division():
    for start in range(-2, 20):
        for end in range(start, 60, 7):
            assert primes_between(start, end) == [number for number in range(start, end) if is_prime(number)]

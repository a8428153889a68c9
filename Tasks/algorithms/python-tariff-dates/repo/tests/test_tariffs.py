import random

import pytest

from tariffs import Tariffs


@pytest.fixture
def tariffs():
    return Tariffs([(100, 0.25), (300, 0.5), (200, 0.75)])


def test_price_on_the_day_that_it_begins(tariffs):
    assert [tariffs.price(day) for day in (100, 200, 300)] == [0.25, 0.75, 0.5]


def test_price_in_between(tariffs):
    assert [tariffs.price(day) for day in (101, 199, 201, 299)] == [0.25, 0.25, 0.75, 0.75]


def test_last_price_stays_in_force(tariffs):
    assert tariffs.price(301) == tariffs.price(90000) == 0.5


def test_setting_a_price_again(tariffs):
    tariffs.set(200, 0.6)
    assert [tariffs.price(day) for day in (199, 200, 300)] == [0.25, 0.6, 0.5]
    assert tariffs.changes(0, 999) == [100, 200, 300]


def test_setting_a_price_in_between(tariffs):
    tariffs.set(150, 2)
    assert [tariffs.price(day) for day in (149, 150, 199, 200)] == [0.25, 2, 2, 0.75]


def test_cost(tariffs):
    assert tariffs.cost(100, 100, 5) == 0
    assert tariffs.cost(198, 202, 2) == 2 * (0.25 + 0.25 + 0.75 + 0.75)


def test_changes(tariffs):
    assert tariffs.changes(100, 300) == [100, 200]
    assert tariffs.changes(101, 301) == [200, 300]
    assert tariffs.changes(301, 400) == []


def test_no_price_before_the_first(tariffs):
    for day in (99, 0, -5):
        with pytest.raises(LookupError):
            tariffs.price(day)


def test_no_prices_at_all():
    assert Tariffs().changes(0, 10) == []
    with pytest.raises(LookupError):
        Tariffs().price(1)


def test_cost_that_begins_too_early(tariffs):
    with pytest.raises(LookupError):
        tariffs.cost(98, 103, 1)


def test_against_looking_at_every_day():
    numbers = random.Random(79)
    for _ in range(60):
        tariffs, plain = Tariffs(), {}
        for _ in range(numbers.randrange(1, 8)):
            day, price = numbers.randrange(30), numbers.randrange(100)
            tariffs.set(day, price)
            plain[day] = price
        for day in range(min(plain), 32):
            assert tariffs.price(day) == plain[max(other for other in plain if other <= day)]
        assert tariffs.changes(5, 25) == sorted(day for day in plain if 5 <= day < 25)

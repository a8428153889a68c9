import random
from itertools import combinations

from offers import Offer, best_offers, income


def overlaps(one, other):
    return one.start < other.end and other.start < one.end


def best_by_trying(offers):
    best = 0
    for size in range(len(offers) + 1):
        for chosen in combinations(offers, size):
            if not any(overlaps(*pair) for pair in combinations(chosen, 2)):
                best = max(best, sum(offer.price for offer in chosen))
    return best


def test_no_offers():
    assert best_offers([]) == []
    assert income([]) == 0


def test_single_offer():
    offer = Offer(600, 660, 25)
    assert best_offers([offer]) == [offer]


def test_worthless_offers_are_not_taken():
    assert best_offers([Offer(10, 20, 0)]) == []


def test_dearer_of_two_that_overlap():
    cheap, dear = Offer(0, 50, 10), Offer(40, 90, 12)
    assert best_offers([dear, cheap]) == [dear]
    assert best_offers([cheap, dear]) == [dear]


def test_many_small_ones_beat_a_big_one():
    small = [Offer(0, 9, 5), Offer(10, 19, 5), Offer(20, 29, 5)]
    assert best_offers([Offer(0, 29, 14)] + small) == small


def test_one_big_one_beats_small_ones():
    small = [Offer(0, 9, 5), Offer(10, 19, 5), Offer(20, 29, 5)]
    big = Offer(0, 29, 16)
    assert best_offers(small + [big]) == [big]


def test_result_is_in_the_order_of_the_day():
    offers = [Offer(300, 350, 1), Offer(100, 150, 2), Offer(200, 250, 3)]
    assert best_offers(offers) == [offers[1], offers[2], offers[0]]


def test_back_to_back():
    first, second, middle = Offer(600, 720, 40), Offer(720, 840, 40), Offer(660, 780, 50)
    assert best_offers([first, second, middle]) == [first, second]
    assert income([first, second, middle]) == 80


def test_offers_are_left_alone():
    offers = [Offer(5, 9, 1), Offer(1, 4, 1)]
    best_offers(offers)
    assert offers == [Offer(5, 9, 1), Offer(1, 4, 1)]


def test_against_trying_everything():
    numbers = random.Random(11)
    for _ in range(150):
        offers = []
        for _ in range(numbers.randrange(8)):
            start = numbers.randrange(12)
            offers.append(Offer(start, start + numbers.randrange(1, 6), numbers.randrange(1, 10)))
        chosen = best_offers(offers)
        assert not any(overlaps(*pair) for pair in combinations(chosen, 2))
        assert all(chosen.count(offer) <= offers.count(offer) for offer in chosen)
        assert income(offers) == best_by_trying(offers)

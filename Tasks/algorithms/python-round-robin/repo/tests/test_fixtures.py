from collections import Counter
from itertools import combinations

import pytest

from fixtures import fixtures, rests, season


def pairs(rounds):
    return Counter(frozenset(match) for matches in rounds for match in matches)


def test_no_league():
    assert fixtures([]) == []
    assert fixtures(["ajax"]) == [[]]


def test_two_teams():
    assert fixtures(["ajax", "brest"]) == [[("ajax", "brest")]]


def test_four_teams():
    assert fixtures(list("abcd")) == [
        [("a", "d"), ("b", "c")],
        [("c", "a"), ("d", "b")],
        [("a", "b"), ("c", "d")],
    ]


def test_three_teams():
    assert fixtures(list("abc")) == [[("b", "c")], [("c", "a")], [("a", "b")]]


@pytest.mark.parametrize("count", range(2, 10))
def test_everybody_meets_everybody_once(count):
    teams = list("abcdefghi"[:count])
    assert pairs(fixtures(list(teams))) == Counter(map(frozenset, combinations(teams, 2)))


@pytest.mark.parametrize("count", range(2, 10))
def test_nobody_plays_twice_in_a_round(count):
    for matches in fixtures(list("abcdefghi"[:count])):
        playing = [team for match in matches for team in match]
        assert len(set(playing)) == len(playing) == count // 2 * 2


def test_first_team_is_at_home_every_other_round():
    homes = [matches[0][0] == "a" for matches in fixtures(list("abcdef"))]
    assert homes == [True, False, True, False, True]


@pytest.mark.parametrize("count", [3, 4, 5, 6])
def test_teams_are_left_alone(count):
    teams = list("abcdef"[:count])
    fixtures(teams)
    assert teams == list("abcdef"[:count])


def test_same_fixtures_again():
    teams = list("abcde")
    assert fixtures(teams) == fixtures(teams)


def test_season():
    assert season(["x", "y"]) == [[("x", "y")], [("y", "x")]]
    for count in range(2, 8):
        legs = season(list("abcdefg"[:count]))
        matches = Counter(match for matches in legs for match in matches)
        assert set(matches.values()) == {1}
        assert len(matches) == count * (count - 1)


def test_rests():
    assert rests(list("abcd")) == []
    assert rests(list("abc")) == ["a", "b", "c"]
    assert sorted(rests(list("abcde"))) == list("abcde")


def test_rests_after_the_season_is_planned():
    teams = list("abc")
    season(teams)
    assert rests(teams) == ["a", "b", "c"]

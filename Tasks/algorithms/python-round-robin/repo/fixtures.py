"""Fixtures of a league in which everybody meets everybody."""

from __future__ import annotations

Match = tuple[str, str]


def fixtures(teams: list[str]) -> list[list[Match]]:
    """The matches of each round, by the circle method; with an odd number one team has a rest.

    The first team stays where it is and the others move on by one place each round.
    """
    circle: list[str | None] = teams
    if len(circle) % 2 == 1:
        circle.append(None)
    half = len(circle) // 2
    rounds = []
    for number in range(len(circle) - 1):
        matches = []
        for place in range(half):
            home, away = circle[place], circle[-1 - place]
            if home is None or away is None:
                continue
            if place == 0 and number % 2 == 1:
                home, away = away, home
            matches.append((home, away))
        rounds.append(matches)
        circle.insert(1, circle.pop())
    return rounds


def season(teams: list[str]) -> list[list[Match]]:
    """Two legs: the fixtures, and then the same with home and away swapped."""
    first = fixtures(teams)
    second = [[(away, home) for home, away in matches] for matches in fixtures(teams)]
    return first + second


def rests(teams: list[str]) -> list[str]:
    """Who has a rest in each round, where the number of teams is odd."""
    if len(teams) % 2 == 0:
        return []
    playing = [{team for match in matches for team in match} for matches in fixtures(teams)]
    return [next(team for team in teams if team not in busy) for busy in playing]

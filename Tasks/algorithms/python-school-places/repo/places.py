"""Gives pupils places at schools so that nobody can complain with reason (Gale and Shapley, 1962)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def allocate(wishes: Mapping[str, Sequence[str]], preferences: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The pupil that each school gets; a school has one place.

    Pupils list schools, and schools list pupils, the best first. A school does not take pupils
    that it does not list. Schools and pupils that find nobody are left out.
    """
    ranks = {
        school: {pupil: rank for rank, pupil in enumerate(pupils)} for school, pupils in preferences.items()
    }
    places: dict[str, str] = {}
    tried = dict.fromkeys(wishes, 0)
    waiting = list(wishes)
    while waiting:
        pupil = waiting.pop(0)
        while tried[pupil] < len(wishes[pupil]):
            school = wishes[pupil][tried[pupil]]
            tried[pupil] += 1
            rank = ranks.get(school, {})
            if pupil not in rank:
                continue
            holder = places.get(school)
            if holder is None or rank[pupil] < rank[holder]:
                places[school] = pupil
                break
    return places


def unplaced(wishes: Mapping[str, Sequence[str]], places: Mapping[str, str]) -> list[str]:
    """The pupils who have no place, in the order of the list."""
    return [pupil for pupil in wishes if pupil not in places.values()]

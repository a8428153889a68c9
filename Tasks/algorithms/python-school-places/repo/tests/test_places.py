import random
from itertools import permutations

from places import allocate, unplaced


def complaints(wishes, preferences, places):
    """The pairs who would both rather have each other."""
    school_of = {pupil: school for school, pupil in places.items()}
    for pupil, schools in wishes.items():
        for school in schools:
            if school == school_of.get(pupil):
                break
            ranked = preferences.get(school, [])
            if pupil in ranked:
                holder = places.get(school)
                if holder is None or ranked.index(pupil) < ranked.index(holder):
                    yield pupil, school


def test_nobody():
    assert allocate({}, {}) == {}
    assert allocate({}, {"North": ["Ann"]}) == {}


def test_everyone_gets_the_first_wish():
    wishes = {"Ann": ["North", "South"], "Bea": ["South", "North"]}
    both = ["Ann", "Bea"]
    assert allocate(wishes, {"North": both, "South": both}) == {"North": "Ann", "South": "Bea"}


def test_school_keeps_the_better_pupil():
    wishes = {"Bea": ["North", "South"], "Ann": ["North", "South"]}
    preferences = {"North": ["Bea", "Ann"], "South": ["Bea", "Ann"]}
    assert allocate(wishes, preferences) == {"North": "Bea", "South": "Ann"}


def test_latecomer_is_better():
    wishes = {"Ann": ["North", "South"], "Bea": ["North", "South"]}
    preferences = {"North": ["Bea", "Ann"], "South": ["Ann"]}
    assert allocate(wishes, preferences) == {"North": "Bea", "South": "Ann"}


def test_chain_of_moves():
    wishes = {"Ann": ["X", "Y", "Z"], "Bea": ["Y", "Z"], "Cleo": ["X"]}
    preferences = {"X": ["Cleo", "Ann"], "Y": ["Ann", "Bea"], "Z": ["Bea"]}
    assert allocate(wishes, preferences) == {"X": "Cleo", "Y": "Ann", "Z": "Bea"}


def test_school_that_does_not_list_a_pupil():
    assert allocate({"Ann": ["North"]}, {"North": ["Bea"]}) == {}
    assert allocate({"Ann": ["North", "South"]}, {"North": [], "South": ["Ann"]}) == {"South": "Ann"}


def test_unknown_school():
    assert allocate({"Ann": ["Mars", "North"]}, {"North": ["Ann"]}) == {"North": "Ann"}


def test_too_few_places():
    wishes = {"Ann": ["North"], "Bea": ["North"]}
    places = allocate(wishes, {"North": ["Ann", "Bea"]})
    assert places == {"North": "Ann"}
    assert unplaced(wishes, places) == ["Bea"]


def test_unplaced():
    assert unplaced({}, {}) == []
    assert unplaced({"Ann": [], "Bea": [], "Cy": []}, {"North": "Bea"}) == ["Ann", "Cy"]


def test_order_of_pupils_does_not_matter():
    numbers = random.Random(103)
    pupils, schools = "abcd", "WXYZ"
    for _ in range(25):
        wishes = {pupil: numbers.sample(schools, 4) for pupil in pupils}
        preferences = {school: numbers.sample(pupils, 4) for school in schools}
        results = [
            allocate({pupil: wishes[pupil] for pupil in order}, preferences) for order in permutations(pupils)
        ]
        assert all(result == results[0] for result in results)


def test_nobody_can_complain():
    numbers = random.Random(107)
    for _ in range(150):
        wishes = {pupil: numbers.sample("WXYZ", numbers.randrange(5)) for pupil in "abcde"}
        preferences = {school: numbers.sample("abcde", numbers.randrange(6)) for school in "WXYZ"}
        places = allocate(wishes, preferences)
        assert list(complaints(wishes, preferences, places)) == []
        for school, pupil in places.items():
            assert school in wishes[pupil] and pupil in preferences[school]

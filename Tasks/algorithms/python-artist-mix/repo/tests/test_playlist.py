import random

from playlist import is_varied, longest_block, longest_stretch


def longest_by_trying(artists, limit):
    best = (0, 0)
    for start in range(len(artists)):
        for end in range(start + 1, len(artists) + 1):
            if len(set(artists[start:end])) <= limit and end - start > best[1] - best[0]:
                best = (start, end)
    return best


def test_empty_playlist():
    assert longest_stretch([], 2) == (0, 0)
    assert longest_block([]) == 0


def test_limit_of_none():
    assert longest_stretch("ab", 0) == (0, 0)
    assert longest_stretch("ab", -1) == (0, 0)


def test_all_songs_fit():
    assert longest_stretch("abab", 2) == (0, 4)
    assert longest_stretch("abc", 5) == (0, 3)


def test_all_artists_differ():
    assert longest_stretch("abcdef", 3) == (0, 3)
    assert longest_stretch("abcdef", 1) == (0, 1)


def test_first_of_equal_stretches():
    assert longest_stretch("aabb", 1) == (0, 2)


def test_stretch_at_the_end():
    assert longest_stretch("abccc", 1) == (2, 5)
    assert longest_stretch("abcbbbb", 2) == (1, 7)


def test_stretch_that_begins_within_another():
    assert longest_stretch("abacacc", 2) == (2, 7)
    assert longest_stretch("abcbbcd", 2) == (1, 6)
    assert longest_stretch("abacaddad", 3) == (2, 9)


def test_longest_block():
    assert longest_block("abba") == 2
    assert longest_block("aaabbbb") == 4
    assert longest_block("x") == 1


def test_varied_playlists():
    assert is_varied("abab", 1)
    assert is_varied("aabb", 2)
    assert not is_varied("abbb", 2)


def test_names_of_more_than_a_letter():
    artists = ["Abba", "Blur", "Abba", "Cure", "Abba", "Cure", "Cure"]
    assert longest_stretch(artists, 2) == (2, 7)
    assert longest_stretch(artists, 3) == (0, 7)


def test_against_trying():
    numbers = random.Random(67)
    for _ in range(200):
        artists = "".join(numbers.choice("abcd") for _ in range(numbers.randrange(14)))
        limit = numbers.randrange(1, 4)
        assert longest_stretch(artists, limit) == longest_by_trying(artists, limit)

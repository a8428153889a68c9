import random

import pytest

from sessions import SessionStore


@pytest.fixture
def store():
    return SessionStore(capacity=3)


def open_three(store):
    store.open("a", "ann", now=0, lifetime=100)
    store.open("b", "bo", now=1, lifetime=100)
    store.open("c", "cy", now=2, lifetime=100)


def alive(store, now):
    return [token for token in "abcd" if store.user(token, now) is not None]


def test_capacity_must_be_positive():
    for capacity in (0, -1):
        with pytest.raises(ValueError):
            SessionStore(capacity)


def test_store_for_one_session():
    store = SessionStore(1)
    store.open("a", "ann", now=0, lifetime=10)
    store.open("b", "bo", now=1, lifetime=10)
    assert [store.user("a", 2), store.user("b", 2)] == [None, "bo"]
    assert len(store) == 1


def test_users(store):
    open_three(store)
    assert [store.user(token, 5) for token in "abcx"] == ["ann", "bo", "cy", None]
    assert len(store) == 3


def test_sessions_expire(store):
    store.open("a", "ann", now=10, lifetime=20)
    assert store.user("a", 29.5) == "ann"
    assert store.user("a", 30) is None


def test_being_seen_does_not_prolong_a_session(store):
    store.open("a", "ann", now=0, lifetime=20)
    store.user("a", 19)
    assert store.user("a", 21) is None


def test_closing(store):
    open_three(store)
    assert store.close("b")
    assert not store.close("b")
    assert alive(store, 3) == ["a", "c"]


def test_expired_sessions_make_room_first(store):
    open_three(store)
    store.open("b", "bo", now=3, lifetime=5)
    store.user("b", 7)
    store.open("d", "di", now=8, lifetime=100)
    assert alive(store, 9) == ["a", "c", "d"]
    assert len(store) == 3


def test_oldest_makes_room_where_none_was_seen_again(store):
    open_three(store)
    store.open("d", "di", now=3, lifetime=100)
    assert alive(store, 4) == ["b", "c", "d"]


def test_session_in_use_stays(store):
    open_three(store)
    store.user("a", 10)
    store.open("d", "di", now=11, lifetime=100)
    assert alive(store, 12) == ["a", "c", "d"]


def test_long_lifetime_is_no_merit(store):
    store.open("a", "ann", now=0, lifetime=9000)
    store.open("b", "bo", now=1, lifetime=50)
    store.open("c", "cy", now=2, lifetime=60)
    store.open("d", "di", now=3, lifetime=40)
    assert alive(store, 4) == ["b", "c", "d"]


def test_same_token_again_needs_no_room(store):
    open_three(store)
    store.open("b", "bea", now=3, lifetime=100)
    assert [store.user(token, 4) for token in "abc"] == ["ann", "bea", "cy"]


def test_against_a_plain_list():
    numbers = random.Random(12)
    for _ in range(40):
        store, plain = SessionStore(4), []
        for now in range(60):
            token = numbers.choice("abcdefgh")
            if numbers.random() < 0.5:
                lifetime = numbers.randrange(5, 40)
                plain = [entry for entry in plain if entry[1] > now and entry[0] != token]
                plain = plain[-3:] if len(plain) >= 4 else plain
                plain.append((token, now + lifetime))
                store.open(token, token.upper(), now, lifetime)
            else:
                known = [entry for entry in plain if entry[0] == token and entry[1] > now]
                assert (store.user(token, now) is not None) == bool(known)
                if known:
                    plain.remove(known[0])
                    plain.append(known[0])

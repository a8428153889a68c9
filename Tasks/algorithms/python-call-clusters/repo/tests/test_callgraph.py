import random

from callgraph import circles, clusters


def reachable(calls, start):
    seen, pending = set(), [start]
    while pending:
        for callee in calls.get(pending.pop(), ()):
            if callee in calls and callee not in seen:
                seen.add(callee)
                pending.append(callee)
    return seen


def clusters_by_reaching(calls):
    reach = {function: reachable(calls, function) for function in calls}
    return {
        tuple(sorted({other for other in calls if other in reach[one] and one in reach[other]} | {one}))
        for one in calls
    }


def test_no_functions():
    assert clusters({}) == []
    assert circles({}) == []


def test_callees_come_first():
    assert clusters({"main": ["parse"], "parse": ["read"], "read": []}) == [["read"], ["parse"], ["main"]]


def test_circle():
    assert clusters({"a": ["b"], "b": ["c"], "c": ["a"]}) == [["a", "b", "c"]]


def test_circle_with_a_tail():
    calls = {"main": ["even"], "even": ["odd", "log"], "odd": ["even"], "log": []}
    assert clusters(calls) == [["log"], ["even", "odd"], ["main"]]


def test_two_circles_that_share_a_function():
    assert clusters({"a": ["b", "c"], "b": ["a"], "c": ["a"]}) == [["a", "b", "c"]]


def test_unknown_callees():
    assert clusters({"a": ["print", "b"], "b": ["len"]}) == [["b"], ["a"]]


def test_recursion():
    assert clusters({"fact": ["fact"]}) == [["fact"]]
    assert circles({"fact": ["fact"], "main": ["fact"]}) == [["fact"]]


def test_circles_only():
    calls = {"main": ["ping"], "ping": ["pong"], "pong": ["ping"]}
    assert circles(calls) == [["ping", "pong"]]


def test_function_called_from_two_places():
    calls = {"main": ["emit", "parse"], "parse": ["emit"], "emit": []}
    assert clusters(calls) == [["emit"], ["parse"], ["main"]]


def test_later_function_calls_an_earlier_one():
    assert clusters({"a": [], "b": ["a"], "c": ["b", "a"]}) == [["a"], ["b"], ["c"]]


def test_against_reaching():
    numbers = random.Random(37)
    for _ in range(200):
        names = "abcdefg"
        calls = {name: numbers.choices(names, k=numbers.randrange(3)) for name in names}
        result = clusters(calls)
        assert {tuple(cluster) for cluster in result} == clusters_by_reaching(calls)
        assert sorted(sum(result, [])) == sorted(names)
        place = {name: index for index, cluster in enumerate(result) for name in cluster}
        assert all(place[callee] <= place[name] for name in names for callee in calls[name])

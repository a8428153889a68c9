"""Which packages can be built at the same time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class Cycle(ValueError):
    """Some packages need each other."""


def waves(needs: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """The packages in waves: each is in the first wave after all those that it needs.

    A package that is only named as a need of others needs nothing itself.
    """
    waiting: dict[str, int] = {}
    users: dict[str, list[str]] = {}
    for package, required in needs.items():
        required = set(required)
        waiting[package] = len(required)
        for need in required:
            users.setdefault(need, []).append(package)
    for need in users:
        waiting.setdefault(need, 0)

    wave = dict.fromkeys(waiting, 0)
    ready = sorted(package for package, count in waiting.items() if count == 0)
    done = 0
    while ready:
        package = ready.pop()
        done += 1
        for user in sorted(users.get(package, [])):
            wave[user] = wave[package] + 1
            waiting[user] -= 1
            if waiting[user] == 0:
                ready.append(user)
    if done < len(waiting):
        raise Cycle(", ".join(sorted(package for package, count in waiting.items() if count > 0)))

    result: list[list[str]] = [[] for _ in range(max(wave.values(), default=-1) + 1)]
    for package in sorted(wave):
        result[wave[package]].append(package)
    return result

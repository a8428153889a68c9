"""Groups of functions that call each other in circles (Tarjan, 1972)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def clusters(calls: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """The strongly connected functions of a call graph, callees before callers.

    Calls of functions that are not in the graph are left out.
    """
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    stacked: set[str] = set()
    found: list[list[str]] = []

    def visit(function: str) -> None:
        order[function] = lowest[function] = len(order)
        stack.append(function)
        stacked.add(function)
        for callee in calls[function]:
            if callee not in calls:
                continue
            if callee not in order:
                visit(callee)
                lowest[function] = min(lowest[function], lowest[callee])
            else:
                lowest[function] = min(lowest[function], order[callee])
        if lowest[function] == order[function]:
            cluster = []
            while not cluster or cluster[-1] != function:
                cluster.append(stack.pop())
                stacked.discard(cluster[-1])
            found.append(sorted(cluster))

    for function in calls:
        if function not in order:
            visit(function)
    return found


def circles(calls: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """The clusters that really are circles, also those of one function that calls itself."""
    return [
        cluster for cluster in clusters(calls) if len(cluster) > 1 or cluster[0] in calls[cluster[0]]
    ]

"""Cells that live and die on a world whose edges are glued together."""

from __future__ import annotations

World = list[list[bool]]


def parse(text: str) -> World:
    """A world from lines in which `#` is a living cell."""
    rows = [[character == "#" for character in line] for line in text.split()]
    if len({len(row) for row in rows}) > 1:
        raise ValueError("the rows have different lengths")
    return rows


def draw(world: World) -> str:
    """The lines of a world."""
    return "\n".join("".join("#" if cell else "." for cell in row) for row in world)


def neighbours(world: World, row: int, column: int) -> int:
    """How many of the eight cells around a place are alive."""
    height, width = len(world), len(world[0])
    alive = 0
    for down in (-1, 0, 1):
        for across in (-1, 0, 1):
            if down or across:
                alive += world[(row + down) % width][(column + across) % width]
    return alive


def step(world: World) -> World:
    """The world a moment later: born with 3 neighbours, alive still with 2 or 3."""
    return [
        [neighbours(world, row, column) in ((2, 3) if cell else (3,)) for column, cell in enumerate(cells)]
        for row, cells in enumerate(world)
    ]


def period(world: World, limit: int) -> int | None:
    """After how many steps, at most `limit`, the world looks as it does now."""
    later = world
    for count in range(1, limit + 1):
        later = step(later)
        if later == world:
            return count
    return None

"""Stage 2: examples. Bugs injected into functions, holes to infill, and real fixes."""

import ast
import bisect
import itertools
import random
import re
import sys
import warnings
from collections import Counter

from . import corpus, mine
from .operators import ALL, Change, Region, Site
from .workspace import folder, read_lines, write_lines

MOST_LINES = 6
LONGEST_LINE = 140
#: How often each language is drawn for training.
LANGUAGES = {"python": 0.60, "swift": 0.18, "c": 0.05, "javascript": 0.05, "java": 0.04, "rust": 0.04, "go": 0.04}
INFILL, EXTENDED, SECOND, REAL = 0.15, 0.15, 0.05, 0.12


class Drawer:
    """Draws functions: a language by its share, then a function by its weight."""

    def __init__(self, found: list[dict], rng: random.Random, shares: dict[str, float]):
        self.rng, self.groups = rng, {}
        for language in shares:
            group = [f for f in found if f["language"] == language]
            if group:
                self.groups[language] = group, list(itertools.accumulate(f["weight"] for f in group))
        self.languages = list(self.groups)
        self.shares = [shares[language] for language in self.languages]

    def draw(self) -> dict:
        group, weights = self.groups[self.rng.choices(self.languages, self.shares)[0]]
        return group[bisect.bisect(weights, self.rng.random() * weights[-1])]


def spoil(region: Region, rng: random.Random):
    """A bug of a class drawn by how often people make it: (operator, change), or None where the function has no room for it."""
    lines = region.mutable_lines
    if not lines:
        return None
    for operator in rng.choices(ALL, [o.weight for o in ALL], k=4):
        for line in rng.sample(lines, min(8, len(lines))):
            changes = list(operator.changes(Site(region, line)))
            if changes:
                change = rng.choice(changes)
                if is_plausible(region, operator, change):
                    return operator, change
                break
    return None


def is_plausible(region: Region, operator, change: Change) -> bool:
    if any(len(line) > LONGEST_LINE for line in change.lines) or change.end - change.first > MOST_LINES:
        return False
    return operator.breaks_syntax or region.language.name != "python" or parses(applied(region.lines, change))


def applied(lines: list[str], change: Change) -> list[str]:
    return lines[: change.first] + list(change.lines) + lines[change.end :]


def parses(lines: list[str]) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse("\n".join(lines))
        return True
    except (SyntaxError, ValueError):
        return False


def injected(function: dict, rng: random.Random, extended: float = EXTENDED):
    region = Region(function["lines"], function["language"])
    bug = spoil(region, rng)
    if bug is None:
        return None
    operator, change = bug
    first, end, lines, name = change.first, change.end, list(change.lines), operator.name
    if rng.random() < extended:
        # The hole is wider than the bug: the neighbours are to be kept as they are.
        above, below = rng.randrange(3), rng.randrange(3)
        new_first, new_end = max(1, first - above), min(len(region.lines), end + below)
        if new_end - new_first <= MOST_LINES and not region.inside_string.intersection(range(new_first, new_end + 1)):
            lines = region.lines[new_first:first] + lines + region.lines[end:new_end]
            first, end = new_first, new_end
    return example(function, first, end, lines, name, facts_of(operator.name, region, change))


def infill(function: dict, rng: random.Random):
    region = Region(function["lines"], function["language"])
    if not region.mutable_lines:
        return None
    first = rng.choice(region.mutable_lines)
    end = min(len(region.lines), first + rng.choices((1, 2, 3, 4, 5, 6), (60, 15, 10, 5, 5, 5))[0])
    if region.inside_string.intersection(range(first, end + 1)) or max(map(len, region.lines[first:end])) > LONGEST_LINE:
        return None
    return example(function, first, end, [], "infill", [])


def example(function: dict, first: int, end: int, bug: list[str], operator: str, facts: list[str]):
    lines = function["lines"]
    return {"language": function["language"], "above": lines[:first], "bug": bug, "fix": lines[first:end], "below": lines[end:],
            "facts": facts, "operator": operator, "project": function["project"]}


def facts_of(operator: str, region: Region, change: Change) -> list[str]:
    """What a run or a compiler would say of a misspelt name: the one failure that is certain without running."""
    if operator != "misspelt-name" or region.language.name not in ("python", "swift"):
        return []
    known = {t.text for t in region.tokens}
    spoilt = re.findall(r"(\.?)\b([A-Za-z_]\w*)", change.lines[0])
    for dot, name in spoilt:
        if name not in known and name not in region.language.keywords:
            if region.language.name == "swift":
                return [f"FAILS: error: cannot find '{name}' in scope" if not dot else f"FAILS: error: value has no member '{name}'"]
            return [f"FAILS: AttributeError: object has no attribute '{name}'" if dot else f"FAILS: NameError: name '{name}' is not defined"]
    return []


def training_examples(drawer: Drawer, real: list[dict], count: int, rng: random.Random):
    made = 0
    while made < count:
        if real and rng.random() < REAL:
            found = rng.choice(real)
        else:
            function = drawer.draw()
            found = infill(function, rng) if rng.random() < INFILL else injected(function, rng)
        if found:
            made += 1
            yield found


def evaluation_examples(found: list[dict], count: int, rng: random.Random):
    """Injected bugs alone, no test functions, at most a handful from one function."""
    drawer = Drawer([f for f in found if f["weight"] >= 1 and len(f["lines"]) <= 60], rng, LANGUAGES)
    taken, misses = Counter(), 0
    # Where many draws in a row bring nothing new, the functions are used up.
    while sum(taken.values()) < count and misses < 10_000:
        function = drawer.draw()
        key = corpus.fingerprint(function["lines"])
        one = injected(function, rng, extended=0) if taken[key] < 3 else None
        misses = 0 if one else misses + 1
        if one:
            taken[key] += 1
            yield one


def run_mining() -> None:
    for split, found in mine.run().items():
        write_lines(folder("examples") / f"{split}-real.jsonl", found)


def run_evaluation(count: int = 3000) -> None:
    for split in ("validation", "test"):
        rng = random.Random(f"{split} 1")
        written = write_lines(folder("examples") / f"{split}-synthetic.jsonl", evaluation_examples(corpus.load(split), count, rng))
        print(f"{split}: {written} injected bugs", flush=True)


def run_training(shards: range, size: int) -> None:
    """Shards of training examples; each can be made alone, and again with the same result."""
    missing = [s for s in shards if not (folder("examples") / f"train-{s:03}.jsonl").exists()]
    if not missing:
        return
    found, place = corpus.load("train"), folder("examples") / "train-real.jsonl"
    real = list(read_lines(place)) if place.exists() else []
    for shard in missing:
        rng = random.Random(shard)
        written = write_lines(folder("examples") / f"train-{shard:03}.jsonl", training_examples(Drawer(found, rng, LANGUAGES), real, size, rng))
        print(f"shard {shard}: {written} examples", flush=True)


if __name__ == "__main__":
    run_training(range(int(sys.argv[1]), int(sys.argv[2])), int(sys.argv[3]))

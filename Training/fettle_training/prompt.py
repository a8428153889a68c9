"""The prompt format `fettle-repair/1`, as README.md writes it down: fill-in-the-middle, the buggy lines kept as a comment."""

from dataclasses import dataclass, field

from .languages import BY_NAME

FORMAT = "fettle-repair/1"
END, PREFIX, SUFFIX, MIDDLE, PAD = "<|endoftext|>", "<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>", "<|fim_pad|>"
#: In the order of their ids, which begin at 0.
SPECIAL = (END, PREFIX, SUFFIX, MIDDLE, PAD, "<|repo_name|>", "<|file_sep|>")
#: How many tokens of context may stand above the hole for one below.
ABOVE_TO_BELOW = 1.5


@dataclass
class Example:
    """A function with a hole: `above`, then `bug` where `fix` should stand, then `below`."""

    language: str
    above: list[str]
    bug: list[str]
    fix: list[str]
    below: list[str]
    #: What is known of the failure, a line each: `FAILS: …`, `EXPECTED: …`, `ACTUAL: …`.
    facts: list[str] = field(default_factory=list)
    operator: str = ""
    project: str = ""


def comment(line: str, language: str, mark: str = "") -> str:
    """A line as a comment of its language, its indentation kept."""
    bare = line.lstrip()
    return f"{line[: len(line) - len(bare)]}{BY_NAME[language].comment} {mark}{bare}"


def prompt_lines(example: Example, budget: int, cost, shows_bug: bool = True):
    """The lines before and after the hole for a prompt of at most `budget` tokens; `cost` tells how many a line takes."""
    facts = [comment(fact, example.language) for fact in example.facts]
    bug = [comment(line, example.language, "BUG: ") for line in example.bug] if shows_bug else []
    header, above, below = example.above[:1], example.above[1:], example.below
    left = budget - 3 - sum(map(cost, facts + bug + header))
    start, end, used = len(above), 0, [0, 0]
    open_above = open_below = True
    while open_above or open_below:
        if open_above and (not open_below or used[0] <= ABOVE_TO_BELOW * used[1]):
            price = cost(above[start - 1]) if start else left + 1
            open_above = price <= left
            if open_above:
                start, left, used[0] = start - 1, left - price, used[0] + price
        else:
            price = cost(below[end]) if end < len(below) else left + 1
            open_below = price <= left
            if open_below:
                end, left, used[1] = end + 1, left - price, used[1] + price
    return facts + header + above[start:] + bug, below[:end]

"""How much sooner the fix comes when the model orders the templates of a whole function, as `fettle fix` lets it.

    python -m fettle_training.rerank checkpoint.pt --set test-synthetic --count 100
    python -m fettle_training.rerank checkpoint.pt --set validation-synthetic --count 100 --fit

Each bug is one line for another that the operators can mend. Every line of the function is equally suspect; all edits that the
operators know for all of its lines are ranked, and the fix's rank is how many would be tested until it. Beside the operators' own
order stand the model's alone and the product of the two that `RerankingProposer` takes: what the operators think of an edit among
its line's, times the model's likelihood to the power POWER, the log likelihood of longer lines shrunk to LENGTH characters.
`--fit` tries other constants; they are chosen on the validation projects.
"""

import argparse
import math
import random
import statistics
from collections import defaultdict
from pathlib import Path

from .evaluate import normalised, template_candidates
from .generation import score
from .packing import encode_middle, encode_prompt, example_of
from .prompt import Example
from .tokenizer import LineEncoder
from .train import load
from .workspace import folder, read_lines

POWER, LENGTH, ROOT = 0.3, 25.0, 0.5
MOST_LINES = 40


class Rows:
    """The templates of one function: their share of their line's weight, likelihood, length, and which is the fix."""

    def __init__(self, example: Example, model, encoder: LineEncoder, budget: int):
        lines = example.above + example.bug + example.below
        wanted = normalised(example.above + example.fix + example.below)
        self.share, self.likelihood, self.length, self.fixes = [], [], [], []
        for number, line in enumerate(lines):
            place = Example(example.language, lines[:number], [line], [], lines[number + 1 :])
            found = template_candidates(place)
            if not found:
                continue
            total = sum(weight for weight, _ in found)
            middles = [encode_middle(kept, encoder) for _, kept in found]
            self.likelihood += score(model, encode_prompt(place, budget, encoder), middles)
            for weight, kept in found:
                self.share.append(weight / total)
                self.length.append(1 + sum(len(part.replace(" ", "")) for part in kept))
                self.fixes.append(normalised(lines[:number] + kept + lines[number + 1 :]) == wanted)

    def rank(self, value) -> int:
        """How many are tested until the fix, those of equal value in their own order."""
        order = sorted(range(len(self.share)), key=lambda i: -value(i))
        return 1 + next(place for place, index in enumerate(order) if self.fixes[index])

    def by_templates(self) -> int:
        return self.rank(lambda i: self.share[i])

    def by_model(self) -> int:
        return self.rank(lambda i: self.likelihood[i])

    def by_product(self, power=POWER, length=LENGTH, root=ROOT) -> int:
        return self.rank(lambda i: math.log(self.share[i]) + power * self.likelihood[i] * (length / self.length[i]) ** root)


def mendable(name: str, count: int):
    """Bugs of one line that some operator mends, in functions of at most MOST_LINES lines."""
    records = list(read_lines(folder("examples") / f"{name}.jsonl"))
    random.Random(3).shuffle(records)
    for record in records:
        example = example_of(record)
        size = len(example.above) + len(example.bug) + len(example.below)
        if len(example.bug) != 1 or not 4 <= size <= MOST_LINES:
            continue
        fix = normalised(example.fix)
        if any(normalised(kept) == fix for _, kept in template_candidates(example)):
            yield example
            count -= 1
            if count == 0:
                return


def line(name: str, ranks: list[int]) -> str:
    soon = 100 * sum(rank <= 10 for rank in ranks) / len(ranks)
    return f"{name:28} mean {statistics.mean(ranks):7.1f}   median {statistics.median(ranks):6.1f}   at 10 {soon:5.1f} %"


def run(checkpoint: Path, name: str, count: int, budget: int, fits: bool) -> None:
    model, encoder = load(checkpoint), LineEncoder()
    found = [Rows(example, model, encoder, budget) for example in mendable(name, count)]
    average = statistics.mean(len(rows.share) for rows in found)
    lines = [
        f"{len(found)} bugs of {name}, {average:.0f} candidates each on average; tested until the fix:",
        line("templates", [rows.by_templates() for rows in found]),
        line("templates by model", [rows.by_model() for rows in found]),
        line("templates times model", [rows.by_product() for rows in found])]
    print("\n".join(lines), flush=True)
    (folder("results") / f"{checkpoint.stem}-{name}-rerank.txt").write_text("\n".join(lines) + "\n")
    if fits:
        best = defaultdict(list)
        for power in (0.15, 0.2, 0.3, 0.4, 0.5, 0.7):
            for root in (0.0, 0.3, 0.5, 0.7, 1.0):
                best[statistics.mean(rows.by_product(power, LENGTH, root) for rows in found)].append((power, root))
        for mean in sorted(best)[:8]:
            print(f"  mean {mean:7.1f}: power, root {best[mean]}")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("checkpoint", type=Path)
    arguments.add_argument("--set", default="test-synthetic", dest="name")
    arguments.add_argument("--count", type=int, default=100)
    arguments.add_argument("--budget", type=int, default=320)
    arguments.add_argument("--fit", action="store_true", dest="fits")
    a = arguments.parse_args()
    run(a.checkpoint, a.name, a.count, a.budget, a.fits)

"""Stage 6: how often the fix is found when the place is known.

    python -m fettle_training.evaluate checkpoint.pt --set test-synthetic --count 300
    python -m fettle_training.evaluate fettle-repair.gguf --no-templates    # what quantisation left of it
    python -m fettle_training.evaluate checkpoint.pt --with-facts --hide-facts --no-templates    # what telling the failure brings

Exact means equal line for line, white space at the ends aside. Three lists are judged for each bug:
`drawn`     middles as they are sampled, the first one greedily;
`infill`    64 drawn middles, equal ones once, the buggy lines themselves left out, likeliest first;
`templates` every edit the operators know at the line: in the operators' own order, in the trigram model's, in the model's
            (by log likelihood), and `both`: infill and templates merged by likelihood.
"""

import argparse
import json
import random
import time
from collections import defaultdict
from pathlib import Path

import torch

from . import ngram, shipped
from .generation import sample, score
from .model import Llama, Shape
from .operators import Region, changes_at
from .packing import encode_middle, encode_prompt, example_of
from .prompt import END
from .tokenizer import LineEncoder
from .train import load
from .workspace import folder, read_lines

TOPS = (1, 5, 10, 50)
DRAWS = 64
NEVER = 10**9


def temperatures(count: int) -> torch.Tensor:
    """Greedy once, then spread: cool draws for what is likely, warm ones for variety."""
    return torch.cat((torch.zeros(1), torch.linspace(0.5, 1.1, count - 1)[torch.randperm(count - 1, generator=torch.Generator().manual_seed(1))]))


def normalised(lines: list[str]) -> tuple[str, ...]:
    return tuple(line.strip() for line in lines if line.strip())


def lines_of(text: str) -> list[str]:
    return text.split("\n")[:-1] if text.endswith("\n") else text.split("\n") if text else []


def rank_of(wanted, ranked) -> int:
    return ranked.index(wanted) + 1 if wanted in ranked else NEVER


def template_candidates(example):
    """(score, hole lines) of the operators' edits at the hole, best first; an operator's weight is shared by its edits."""
    lines = example.above + example.bug + example.below
    region, hole = Region(lines, example.language), range(len(example.above), len(example.above) + len(example.bug))
    found = []
    for line in hole:
        if line in region.by_line and line not in region.inside_string:
            by_operator = defaultdict(list)
            for operator, change in changes_at(region, line):
                if change.first in hole and change.end <= hole.stop:
                    by_operator[operator].append(change)
            for operator, changes in by_operator.items():
                for change in changes:
                    kept = lines[hole.start : change.first] + list(change.lines) + lines[change.end : hole.stop]
                    found.append((operator.weight / max(1, len(changes)), kept))
    best: dict[tuple, tuple] = {}
    for value, kept in found:
        key = normalised(kept)
        if key not in best or best[key][0] < value:
            best[key] = (value, kept)
    best.pop(normalised(example.bug), None)
    return sorted(best.values(), key=lambda pair: -pair[0])


class Evaluation:
    def __init__(self, model: Llama, encoder: LineEncoder, budget: int, shows_bug: bool = True, shows_facts: bool = True, with_templates: bool = True):
        self.model, self.budget, self.shows_bug, self.shows_facts, self.with_templates = model, budget, shows_bug, shows_facts, with_templates
        self.encoder = encoder
        self.end = self.encoder.special[END]
        self.trigrams = ngram.trained() if with_templates else None
        self.newlines = {i for i in range(self.encoder.tokenizer.get_vocab_size()) if "\n" in self.encoder.decode([i])}
        self.ranks: dict[str, list[int]] = defaultdict(list)
        self.rows: list[dict] = []
        #: Of each fix, the negative log likelihood and the number of tokens.
        self.losses: list[tuple[float, int]] = []
        self.seconds = defaultdict(float)

    def judge(self, record: dict) -> None:
        example = example_of(record)
        if not self.shows_facts:
            example.facts = []
        wanted, bug = normalised(example.fix), normalised(example.bug)
        prompt = encode_prompt(example, self.budget, self.encoder, self.shows_bug)
        middle = encode_middle(example.fix, self.encoder)
        self.losses.append((-score(self.model, prompt, [middle])[0], len(middle)))
        row = {"operator": example.operator, "language": example.language, "project": example.project, "bug_lines": len(example.bug), "fix_lines": len(example.fix)}
        start = time.process_time()
        drawn = sample(self.model, prompt, temperatures(DRAWS), self.end, 96, torch.Generator().manual_seed(1))
        self.seconds["drawing"] += time.process_time() - start
        texts = [(normalised(lines_of(self.encoder.decode(tokens))), value) for tokens, value in drawn]
        row["drawn"] = rank_of(wanted, [text for text, _ in texts])
        infill: dict[tuple, float] = {}
        for text, value in texts:
            if text != bug or not self.shows_bug and not bug:
                infill[text] = max(value, infill.get(text, value))
        row["infill"] = rank_of(wanted, sorted(infill, key=infill.get, reverse=True))
        if self.with_templates:
            self.judge_templates(example, prompt, wanted, infill, row)
        self.rows.append(row)

    def judge_templates(self, example, prompt, wanted, infill, row) -> None:
        candidates = template_candidates(example)
        keys = [normalised(lines) for _, lines in candidates]
        row["candidates"], row["templates"] = len(keys), rank_of(wanted, keys)
        encoded = [encode_middle(lines, self.encoder) for _, lines in candidates]
        before = [0, 0] + [t for line in example.above[-2:] for t in self.encoder(line)]
        after = [t for line in example.below[:1] for t in self.encoder(line)] or [self.end]
        plain = [self.trigrams.score(before, middle[:-1], after) for middle in encoded]
        row["templates by trigrams"] = rank_of(wanted, [keys[i] for i in sorted(range(len(keys)), key=lambda i: -plain[i])])
        rng = random.Random(1)
        lines = [normalised(lines_of(self.encoder.decode(self.trigrams.sample_line(before, self.newlines, rng)))) for _ in range(DRAWS)]
        row["trigram infill"] = rank_of(wanted, lines)
        start = time.process_time()
        scores = score(self.model, prompt, encoded) if encoded else []
        self.seconds["scoring"] += time.process_time() - start
        row["templates by model"] = rank_of(wanted, [keys[i] for i in sorted(range(len(keys)), key=lambda i: -scores[i])])
        merged = dict(infill)
        for key, value in zip(keys, scores):
            merged[key] = max(value, merged.get(key, value))
        row["both"] = rank_of(wanted, sorted(merged, key=merged.get, reverse=True))

    def summary(self) -> dict:
        names = [n for n in ("drawn", "infill", "trigram infill", "templates", "templates by trigrams", "templates by model", "both") if n in self.rows[0]]
        tops = lambda rows, name: {f"at {k}": round(100 * sum(row[name] <= k for row in rows) / len(rows), 1) for k in TOPS}
        result = {"count": len(self.rows), "exact": {name: tops(self.rows, name) for name in names}}
        result["loss a token of the fix"] = round(sum(loss for loss, _ in self.losses) / sum(count for _, count in self.losses), 4)
        result["seconds a bug"] = {name: round(value / len(self.rows), 3) for name, value in self.seconds.items()}
        for key in ("operator", "language", "project"):
            groups = defaultdict(list)
            for row in self.rows:
                groups[row[key]].append(row)
            result[f"by {key}"] = {
                name: {"count": len(rows), "infill": tops(rows, "infill")} for name, rows in sorted(groups.items(), key=lambda pair: -len(pair[1]))}
        one_line = [row for row in self.rows if row["fix_lines"] == 1 and row["bug_lines"] == 1]
        if one_line:
            result["one line for one"] = {"count": len(one_line), **{name: tops(one_line, name) for name in names}}
        known = [row for row in self.rows if row.get("templates", NEVER) < NEVER]
        if known:
            mean = lambda name: round(sum(row[name] for row in known) / len(known), 1)
            result["candidates tested until the fix"] = {
                "bugs whose fix is a template": len(known), "mean of candidates": mean("candidates"),
                **{name: mean(name) for name in ("templates", "templates by trigrams", "templates by model")}}
        return result


def table(summary: dict) -> str:
    lines = [f"{summary['count']} bugs; loss a token of the fix {summary['loss a token of the fix']}; exact match in %", f"{'':24}" + "".join(f"{'at ' + str(k):>8}" for k in TOPS)]
    lines += [f"{name:24}" + "".join(f"{row[f'at {k}']:8.1f}" for k in TOPS) for name, row in summary["exact"].items()]
    if "one line for one" in summary:
        one = summary["one line for one"]
        lines.append(f"one line for one ({one['count']})")
        lines += [f"  {name:22}" + "".join(f"{row[f'at {k}']:8.1f}" for k in TOPS) for name, row in one.items() if name != "count"]
    for key in ("operator", "language"):
        lines.append(f"infill by {key}")
        for name, group in summary[f"by {key}"].items():
            lines.append(f"  {name[:20]:20}{group['count']:4}" + "".join(f"{group['infill'][f'at {k}']:8.1f}" for k in TOPS))
    for name, value in summary.get("candidates tested until the fix", {}).items():
        lines.append(f"{name:40}{value}")
    return "\n".join(lines)


def run(checkpoint: Path | None, configuration: str, sets: list[str], count: int, budget: int, only_with_facts: bool = False, **shows) -> None:
    from .workspace import configuration as read

    tokenizer = None
    if checkpoint and checkpoint.suffix == ".gguf":
        model, tokenizer = shipped.load(checkpoint)
    elif checkpoint:
        model = load(checkpoint)
    else:
        torch.manual_seed(1)
        model = Llama(Shape(**read(configuration)["shape"])).eval()
    for name in sets:
        records = [r for r in read_lines(folder("examples") / f"{name}.jsonl") if r["facts"] or not only_with_facts]
        random.Random(3).shuffle(records)
        evaluation = Evaluation(model, LineEncoder(tokenizer), budget, **shows)
        for record in records[:count]:
            evaluation.judge(record)
        summary = evaluation.summary()
        kind = (checkpoint.stem if checkpoint else "untrained") + ("-only-with-facts" if only_with_facts else "") + "".join(f"-{k}-{v}" for k, v in shows.items() if not v)
        place = folder("results") / f"{kind}-{name}.json"
        place.write_text(json.dumps(summary, indent=1))
        print(f"== {name}, {kind}\n{table(summary)}\n", flush=True)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("checkpoint", type=Path, nargs="?", help="none: the untrained model")
    arguments.add_argument("--configuration", default="cpu")
    arguments.add_argument("--set", action="append", dest="sets")
    arguments.add_argument("--count", type=int, default=300)
    arguments.add_argument("--budget", type=int, default=320)
    arguments.add_argument("--hide-bug", action="store_true")
    arguments.add_argument("--hide-facts", action="store_true")
    arguments.add_argument("--with-facts", action="store_true", help="only bugs whose failure is told")
    arguments.add_argument("--no-templates", action="store_true")
    a = arguments.parse_args()
    run(a.checkpoint, a.configuration, a.sets or ["test-synthetic", "test-real"], a.count, a.budget, a.with_facts,
        shows_bug=not a.hide_bug, shows_facts=not a.hide_facts, with_templates=not a.no_templates)

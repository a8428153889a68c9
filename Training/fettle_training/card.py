"""The model card, from what the pipeline wrote down: data, licences, shape, time, results.

    python -m fettle_training.card .data/runs/cpu/finished.pt MODEL_CARD.md
"""

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path

import torch

from .model import Llama, Shape, parameter_count
from .prompt import FORMAT
from .workspace import folder, read_lines, sources


def data() -> list[str]:
    (counts,) = read_lines(folder("corpus") / "counts.jsonl")
    named = sources()["splits"]
    fixes = {split: Counter(r["project"] for r in read_lines(folder("examples") / f"{split}-real.jsonl")) for split in ("train", "validation", "test")}
    rows = ["## Data", "", "Functions of permissively licensed projects, split by project.", "", "| split | language | functions |", "|---|---|---|"]
    rows += [f"| {' | '.join(name.split())} | {count:,} |" for name, count in counts.items() if name.split()[0] in fixes]
    rows += ["", f"{counts['duplicates']:,} duplicates were left out, and {counts['near-duplicates of held-out functions']:,} training functions that resemble a held-out one."]
    rows += ["", "Real fixes, mined from successive releases: " + "; ".join(f"{split} {sum(c.values()):,} from {len(c)} projects" for split, c in fixes.items()) + "."]
    rows += ["", f"Never read, because repair benchmarks are made of them: {', '.join(named['excluded'])}; nor functions named as those of QuixBugs and HumanEval."]
    by_licence = defaultdict(list)
    for entry in read_lines(folder("corpus") / "licences.jsonl"):
        by_licence[entry["licence"]].append(entry["project"])
    rows += ["", "### Licences", "", "As the projects declare them.", ""]
    return rows + [f"- {licence}: {', '.join(projects)}" for licence, projects in sorted(by_licence.items())]


def training(state: dict, earlier: str) -> list[str]:
    shape = Shape(**state["shape"])
    rows = ["## Model and training", "", f"{parameter_count(Llama(shape)) / 1e6:.2f} M parameters, embeddings tied: " + ", ".join(f"{k.replace('_', ' ')} {v}" for k, v in shape.as_dict().items()) + "."]
    before = state.get("before", 0)
    begun = f"Begun from exported weights, which had seen {before:,} tokens{earlier and f' ({earlier})'}; then seed" if before else "Seed"
    rows += [f"{begun} {state['seed']}, {state['tokens'] - before:,} tokens in {state['step']:,} steps, {state['seconds'] / 3600:.1f} hours. Prompt format `{FORMAT}`."]
    judged = []
    for record in read_lines(folder("runs", state["name"]) / "log.jsonl"):
        if "validation_loss" in record:
            # What was gone back behind, to an earlier checkpoint, is no part of these weights.
            judged = [r for r in judged if r["tokens"] < record["tokens"]] + [record]
    return rows + ["", "| tokens | validation loss | exact, greedy |", "|---|---|---|"] + [
        f"| {r['tokens']:,} | {r['validation_loss']} | {100 * r['greedy_exact']:.1f} % |" for r in judged[:: max(1, len(judged) // 10)]]


def title_of(place: Path) -> str:
    notes = {"-with_templates-False": "", "-only-with-facts": ", bugs whose failure is known", "-shows_bug-False": ", buggy lines hidden", "-shows_facts-False": ", failures untold"}
    title = place.stem
    for mark, note in notes.items():
        title = title.replace(mark, note)
    return title


def results() -> list[str]:
    """One line for each evaluation's infills; then in full those that were held beside the templates."""
    found = {title_of(place): json.loads(place.read_text()) for place in sorted(folder("results").glob("*.json"))}
    tops = list(next(iter(found.values()))["exact"]["infill"]) if found else []
    rows = ["## Results", "", "Infills, exact match in %; the loss is of a fix's tokens. `checkpoint` has the weights before quantisation.", ""]
    rows += [f"| weights and set | bugs | loss | {' | '.join(tops)} |", "|---" * (3 + len(tops)) + "|"]
    for title, result in found.items():
        loss = result.get("loss a token of the fix", "")
        rows.append(f"| {title} | {result['count']} | {loss} | {' | '.join(str(result['exact']['infill'][top]) for top in tops)} |")
    for title, result in found.items():
        if "templates" in result["exact"]:
            rows += ["", *in_full(title, result, tops)]
    for place in sorted(folder("results").glob("*-rerank.txt")):
        rows += ["", "### Templates of whole functions, put in order", "", "```", place.read_text().rstrip(), "```"]
    return rows


def in_full(title: str, result: dict, tops: list[str]) -> list[str]:
    rows = [f"### {title}: {result['count']} bugs, exact match in %", "", f"| candidates | {' | '.join(tops)} |", "|---" * (1 + len(tops)) + "|"]
    rows += [f"| {name} | {' | '.join(str(row[top]) for top in tops)} |" for name, row in result["exact"].items()]
    tested = result.get("candidates tested until the fix")
    rows += ["", "Mean number of candidates tested until the fix, where it is a template: " + ", ".join(f"{k} {v}" for k, v in tested.items()) + "."] if tested else []
    rows += ["", "| operator or language | bugs | at 1 | at 10 |", "|---|---|---|---|"]
    groups = [*result["by operator"].items(), *result["by language"].items()]
    return rows + [f"| {name} | {group['count']} | {group['infill']['at 1']} | {group['infill']['at 10']} |" for name, group in groups]


LIMITS = """## Limits

Small, and trained from scratch on little: it knows how small bugs are mended in code whose names stand near by, and no more. It does not
follow instructions, and what it writes is a guess that tests must judge. Python and Swift were seen most; C, JavaScript, Java, Rust and Go
little. Bugs were injected by operators whose frequencies were set by hand after published studies; mined fixes are Python's alone. Of
failures it was told misspelt names only, and mends these as often when they are untold: Fettle tells it none."""


def run(checkpoint: Path, into: Path, earlier: str) -> None:
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    parts = [["# Fettle Repair", "", "Rewrites a suspicious line of code, given the function around it. Apache-2.0."], training(state, earlier), results(), data(), [LIMITS]]
    into.write_text("\n\n".join("\n".join(part) for part in parts) + "\n")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("checkpoint", type=Path)
    arguments.add_argument("into", type=Path)
    arguments.add_argument("--earlier", default="", help="of a run begun from an export: what is known of the training before it")
    a = arguments.parse_args()
    run(a.checkpoint, a.into, a.earlier)

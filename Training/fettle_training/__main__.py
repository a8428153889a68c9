"""Runs the pipeline's stages in order, each only as far as it is missing: `Training/run cpu [STAGE …]`."""

import sys
from pathlib import Path

from . import corpus, evaluate, examples, export, fetch, packing, rerank, tokenizer, train
from .workspace import configuration, folder


def stages(name: str) -> dict:
    settings = configuration(name)
    shards = range(settings["examples"]["shards"])
    packed = settings["packing"]
    # Trained by the whole schedule, or finished from a checkpoint on the way: whichever is newer.
    checkpoint = max(
        (folder("runs", name) / file for file in ("checkpoint.pt", "finished.pt")),
        key=lambda path: path.stat().st_mtime if path.exists() else 0)
    return {
        "fetch": fetch.run,
        "corpus": lambda: unless(folder("corpus") / "train.jsonl", corpus.run, settings["corpus"]["files_per_project"]),
        "mine": lambda: unless(folder("examples") / "train-real.jsonl", examples.run_mining),
        "tokenizer": lambda: unless(tokenizer.path(), tokenizer.run, **settings["tokenizer"]),
        "examples": lambda: (
            unless(folder("examples") / "test-synthetic.jsonl", examples.run_evaluation, settings["examples"]["evaluation"]),
            examples.run_training(shards, settings["examples"]["size"])),
        "pack": lambda: packing.run(shards, packed["kinds"], packed["most_tokens"]),
        "train": lambda: train.Trainer(name).run(),
        "finish": lambda: train.Trainer(name, settings["training"]["finish_tokens"]).run(),
        "export": lambda: export.export(checkpoint, folder("runs", name) / "fettle-repair-F16.gguf"),
        "evaluate": lambda: evaluate.run(checkpoint, name, ["test-synthetic", "test-real"], settings["examples"]["judged"], settings["examples"]["budget"]),
        "rerank": lambda: rerank.run(checkpoint, "test-synthetic", settings["examples"]["judged"] // 3, settings["examples"]["budget"], False),
    }


def unless(made: Path, stage, *arguments, **named) -> None:
    if made.exists():
        print(f"{made.name} is there already", flush=True)
    else:
        stage(*arguments, **named)


def main() -> None:
    if len(sys.argv) < 2:
        raise SystemExit(f"usage: Training/run CONFIGURATION [STAGE ...]\nstages: {', '.join(stages('smoke'))}")
    name, *chosen = sys.argv[1:]
    known = stages(name)
    for unknown in set(chosen) - known.keys():
        raise SystemExit(f"no stage {unknown}; there are {', '.join(known)}")
    # `finish` is asked for by name: training by the whole schedule ends finished.
    for stage in chosen or [stage for stage in known if stage != "finish"]:
        print(f"-- {stage}", flush=True)
        known[stage]()


if __name__ == "__main__":
    main()

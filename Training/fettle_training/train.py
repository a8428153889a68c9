"""Stage 4: training. Stops and resumes at any time: a checkpoint is written every few minutes, in one step.

    python -m fettle_training.train cpu              # go on until the configured number of tokens
    python -m fettle_training.train cpu --finish 2e6 # from the checkpoint, let the rate fall to zero; writes finished.pt
"""

import argparse
import copy
import json
import os
import time
from pathlib import Path

import torch
import torch.nn.functional as F

from .batches import batches_of_pass, make_batch
from .model import Llama, Shape, parameter_count
from .optimisers import optimisers
from .packing import encode_middle, encode_prompt, example_of
from .prompt import PAD
from .tokenizer import LineEncoder
from .workspace import configuration, folder, read_lines


class Trainer:
    def __init__(self, name: str, finish: float | None = None):
        self.name, self.configuration = name, configuration(name)
        self.settings = self.configuration["training"]
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        #: Products in bf16 where the hardware multiplies it faster than fp32; weights and sums stay fp32.
        self.halves = self.device == "cuda" or multiplies_bf16()
        torch.manual_seed(self.settings["seed"])
        self.encoder = LineEncoder()
        self.pad = self.encoder.special[PAD]
        self.shape = Shape(**self.configuration["shape"])
        self.model = Llama(self.shape).to(self.device)
        self.average = copy.deepcopy(self.model).requires_grad_(False)
        self.optimisers = optimisers(self.model, self.settings["matrix_rate"], self.settings["other_rate"], self.halves)
        self.base_rates = [group["lr"] for o in self.optimisers for group in o.param_groups]
        self.step = self.tokens = self.passes = self.batch = 0
        self.seconds = 0.0
        #: Tokens of earlier training, where the run began from an exported model (`shipped.py`).
        self.before = 0
        self.checkpoint = folder("runs", name) / "checkpoint.pt"
        if self.checkpoint.exists():
            self.resume()
        self.result = folder("runs", name) / "finished.pt" if finish else self.checkpoint
        self.finish_from, self.finish_tokens = self.tokens, finish
        self.validation = self.read_validation()

    # Where it stands.

    @property
    def total(self) -> float:
        return self.finish_from + self.finish_tokens if self.finish_tokens else self.settings["tokens"]

    @property
    def kind(self) -> str:
        """Which context budgets are trained now: short ones first, for they hold more middles a token."""
        done = self.tokens / self.settings["tokens"]
        return next((kind for kind, until in self.settings["phases"].items() if done < until), list(self.settings["phases"])[-1])

    def rate(self) -> float:
        """Warm-up, then constant; a linear fall to zero over the last part."""
        warm = min(1.0, (self.step + 1) / self.settings["warmup_steps"])
        falling = self.finish_tokens or self.settings["tokens"] * self.settings["cooldown"]
        return warm * min(1.0, max(0.0, (self.total - self.tokens) / falling))

    # The loop.

    def run(self) -> None:
        halves = ", products in bf16" if self.halves else ""
        print(f"{parameter_count(self.model) / 1e6:.2f} M parameters on {self.device}{halves}, from step {self.step}", flush=True)
        saved = validated = started = time.monotonic()
        while self.tokens < self.total:
            kind, begun = self.kind, self.batch
            batches = batches_of_pass(
                kind, self.passes, self.settings["batch_tokens"], self.settings["context_share"], self.settings["seed"], self.pad)
            for number, batch in enumerate(batches):
                if number < begun:
                    continue
                if self.step % 20 == 0:
                    self.choose_threads()
                middle, context = self.train_on(batch)
                self.batch = number + 1
                now = time.monotonic()
                self.seconds, started = self.seconds + now - started, now
                if self.step % 10 == 0:
                    self.log(kind=kind, loss=middle, context_loss=context)
                if now - validated > 60 * self.settings["validate_minutes"]:
                    validated = now
                    self.log(**self.validate())
                if now - saved > 60 * self.settings["save_minutes"]:
                    saved = now
                    self.save()
                if self.tokens >= self.total or self.kind != kind:
                    break
            self.passes, self.batch = self.passes + 1, 0
        self.log(**self.validate())
        self.save()

    def train_on(self, batch) -> tuple[float, float]:
        factor = self.rate()
        for group, base in zip((g for o in self.optimisers for g in o.param_groups), self.base_rates):
            group["lr"] = base * factor
        with torch.autocast(self.device, torch.bfloat16, enabled=self.halves):
            hidden, _ = self.model.hidden(batch.inputs.to(self.device))
            logits = self.model.logits(hidden.flatten(0, 1)[batch.positions.to(self.device)])
        losses = F.cross_entropy(logits.float(), batch.targets.to(self.device), reduction="none")
        is_middle = batch.in_middle.to(self.device)
        middle, context = losses[is_middle].mean(), losses[~is_middle].mean()
        loss = middle + self.settings["context_weight"] * torch.nan_to_num(context)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for optimiser in self.optimisers:
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
        self.step, self.tokens = self.step + 1, self.tokens + batch.tokens
        if self.step % 5 == 0:
            self.follow()
        return middle.item(), context.item()

    @torch.no_grad()
    def follow(self) -> None:
        """The running average of the weights, which does better than the weights while the rate is high."""
        share = max(self.settings["average_share"], 1 / (1 + self.step / 20))
        for mean, weight in zip(self.average.parameters(), self.model.parameters()):
            mean.lerp_(weight, share)

    def choose_threads(self) -> None:
        """Two threads that wait for each other waste a crowded machine; one thread does not."""
        if self.device == "cpu":
            others = os.getloadavg()[0] - torch.get_num_threads()
            torch.set_num_threads(1 if others > 1 else self.settings["threads"])

    # What it is judged by.

    def read_validation(self):
        records = list(read_lines(folder("examples") / "validation-synthetic.jsonl"))[: self.settings["validation_examples"]]
        examples = [example_of(record) for record in records]
        return [(encode_prompt(e, self.settings["validation_budget"], self.encoder), encode_middle(e.fix, self.encoder)) for e in examples]

    @torch.no_grad()
    def validate(self) -> dict:
        """Loss a token of the fix, and how many fixes greedy decoding would give exactly."""
        import numpy as np

        total = count = exact = 0
        pairs = sorted(self.validation, key=lambda pair: len(pair[0]))
        for begin in range(0, len(pairs), 32):
            some = pairs[begin : begin + 32]
            rows = [np.array(p + m) for p, m in some]
            batch = make_batch(rows, [len(p) for p, _ in some], 0.0, np.random.default_rng(0), self.pad)
            hidden, _ = self.average.hidden(batch.inputs.to(self.device))
            logits = self.average.logits(hidden.flatten(0, 1)[batch.positions.to(self.device)]).float()
            targets = batch.targets.to(self.device)
            total += F.cross_entropy(logits, targets, reduction="sum").item()
            count += len(targets)
            right, begin_at = (logits.argmax(-1) == targets).tolist(), 0
            for _, middle in some:
                exact += all(right[begin_at : begin_at + len(middle)])
                begin_at += len(middle)
        return {"validation_loss": total / count, "greedy_exact": exact / len(pairs)}

    # What is kept.

    def log(self, **values) -> None:
        record = {"step": self.step, "tokens": self.tokens, "seconds": round(self.seconds), "rate": round(self.rate(), 4), **values}
        record = {k: round(v, 4) if isinstance(v, float) else v for k, v in record.items()}
        with open(folder("runs", self.name) / "log.jsonl", "a") as file:
            file.write(json.dumps(record) + "\n")
        if "validation_loss" in record or self.step % 50 == 0:
            print(json.dumps(record), flush=True)

    def save(self) -> None:
        state = {
            "shape": self.shape.as_dict(), "model": self.model.state_dict(), "average": self.average.state_dict(),
            "optimisers": [o.state_dict() for o in self.optimisers], "step": self.step, "tokens": self.tokens, "passes": self.passes,
            "batch": self.batch, "seconds": self.seconds, "name": self.name, "seed": self.settings["seed"],
            "before": self.before}
        partial = self.result.with_name(self.result.name + ".partial")
        torch.save(state, partial)
        os.replace(partial, self.result)

    def resume(self) -> None:
        state = torch.load(self.checkpoint, map_location=self.device, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.average.load_state_dict(state["average"])
        for optimiser, kept in zip(self.optimisers, state["optimisers"]):
            optimiser.load_state_dict(kept)
        self.step, self.tokens, self.passes, self.batch = (state[k] for k in ("step", "tokens", "passes", "batch"))
        self.seconds, self.before = state["seconds"], state.get("before", 0)


def multiplies_bf16() -> bool:
    """Whether this processor has bf16 products of its own; others emulate them, slowly."""
    try:
        return "amx_bf16" in Path("/proc/cpuinfo").read_text()
    except OSError:
        return False


def load(path: Path, which: str = "average") -> Llama:
    """The model of a checkpoint: `average` for use, `model` for the raw weights."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    model = Llama(Shape(**state["shape"]))
    model.load_state_dict(state[which])
    return model.eval().requires_grad_(False)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("configuration")
    arguments.add_argument("--finish", type=float, help="let the learning rate fall to zero over this many tokens")
    chosen = arguments.parse_args()
    Trainer(chosen.configuration, chosen.finish).run()

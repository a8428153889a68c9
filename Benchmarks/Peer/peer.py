"""Fettle beside llama.cpp on this machine: alternating rounds, medians, one table; see `--help`."""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys

import random_models

BARS = {"prompt": 1.3, "generation": 1.0, "parallel": 1.5, "memory": 1.1}


def run(command):
    result = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{result.stderr.strip()[-2000:]}")
    return json.loads(result.stdout.splitlines()[-1])


def cache_bytes(name, arguments):
    """Keys and values of the prompt and eight sequences after it, in f16."""
    shape = random_models.SHAPES[name]
    head = shape.width // shape.heads
    return (arguments.p + 8 * 64) * shape.layers * 2 * shape.key_value_heads * head * 2


def measures(report):
    return {
        "prompt": report["prompt"]["tokensPerSecond"],
        "generation": report["generation"]["tokensPerSecond"],
        "parallel": report["parallel"][0]["tokensPerSecond"],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("fettle", help="the program")
    parser.add_argument("--models", default=",".join(random_models.SHAPES), help="names, separated by commas")
    parser.add_argument("--types", default=",".join(random_models.TYPES), help="types, separated by commas")
    parser.add_argument("--rounds", type=int, default=5, help="rounds; in each, both measure once")
    parser.add_argument("--folder", default=".peer/models", help="where the models are kept")
    parser.add_argument("-p", type=int, default=512, help="tokens of the prompt")
    parser.add_argument("-n", type=int, default=128, help="tokens to generate")
    parser.add_argument("-t", type=int, default=2, help="threads")
    parser.add_argument("--json", help="a file for the figures")
    arguments = parser.parse_args()
    folder = pathlib.Path(arguments.folder)
    folder.mkdir(parents=True, exist_ok=True)

    common = ["-p", arguments.p, "-n", arguments.n, "-t", arguments.t, "-r", 1, "--parallel", "8", "--parallel-tokens", 64]
    peer = pathlib.Path(__file__).with_name("llama_cpp_speed.py")
    print(f"{'model':20} {'type':7} {'':10} {'Fettle':>10} {'llama.cpp':>10} {'ratio':>7} {'bar':>5}")
    figures, missed = [], 0
    for name in arguments.models.split(","):
        for kind in arguments.types.split(","):
            path = folder / f"{name}-{kind}.gguf"
            if not path.exists():
                random_models.write(name, kind, path)
            ours, theirs, memory = [], [], []
            for _ in range(arguments.rounds):
                report = run([arguments.fettle, "model", "bench", path, *common, "--json"])
                ours.append(measures(report))
                memory.append((report["peakMemoryBytes"] - cache_bytes(name, arguments)) / report["fileBytes"])
                theirs.append(measures(run([sys.executable, peer, path, *common])))
            for what in ("prompt", "generation", "parallel"):
                left = statistics.median(entry[what] for entry in ours)
                right = statistics.median(entry[what] for entry in theirs)
                good = left >= BARS[what] * right
                missed += not good
                figures.append(dict(model=name, type=kind, what=what, fettle=left, peer=right, rounds=arguments.rounds))
                print(
                    f"{name:20} {kind:7} {what:10} {left:10.1f} {right:10.1f} {left / right:6.2f}× "
                    f"{BARS[what]:4.1f}× {'' if good else 'missed'}", flush=True)
            share = statistics.median(memory)
            good = share <= BARS["memory"]
            missed += not good
            figures.append(dict(model=name, type=kind, what="memory", fettle=share, rounds=arguments.rounds))
            print(
                f"{name:20} {kind:7} {'memory':10} {share:9.2f}× the file, its cache not counted "
                f"{BARS['memory']:7.1f}× {'' if good else 'missed'}", flush=True)
    if arguments.json:
        pathlib.Path(arguments.json).write_text(json.dumps(figures, indent=1))
    print("every bar is met" if missed == 0 else f"{missed} bars are missed")


if __name__ == "__main__":
    main()

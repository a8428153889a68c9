"""Compares Fettle's logits with those of llama.cpp and of `transformers`; see `--help`.

Every architecture is made small, with random weights. In F32 it is compared with `transformers`: log-probabilities must
agree within 1e-3 everywhere. In every type it is compared with llama.cpp: the likeliest token must be the same at 99 % of
the positions, and the mean KL divergence below 1e-3.

llama.cpp rounds inputs of quantised products to eight bits, as Fettle does for generated tokens; a prompt's tokens Fettle may
multiply in bfloat16. Where one of the two bars lies below what llama.cpp itself errs, it is enough to be nearer to llama.cpp than
llama.cpp is to the same weights in F32, or nearer to those than it. `--exact` tells these distances everywhere.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
from collections import Counter

import numpy as np
import torch

import architectures

# llama.cpp's numbers for whole-file types.
FILE_TYPES = {
    "F32": 0, "F16": 1, "BF16": 32, "Q8_0": 7, "Q4_0": 2, "Q4_1": 3, "Q5_0": 8, "Q5_1": 9, "Q2_K": 10, "Q3_K": 11,
    "Q4_K": 14, "Q5_K": 16, "Q6_K": 18, "IQ4_NL": 25, "IQ4_XS": 30, "Q4_K_M": 15,
}
# Of 600 positions, 1 % is six: chance would decide.
SEQUENCES = 12
LENGTH = 200


def log_softmax(logits):
    logits = np.asarray(logits, dtype=np.float64)
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def fettle_logits(program, path, tokens, extra):
    command = [program, "model", "logits", str(path), "--all", "--json", "--tokens", ",".join(map(str, tokens)), *extra]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode != 0:
        raise RuntimeError(f"{' '.join(command[:4])}: {result.stderr.strip()}")
    return np.array([json.loads(line)["logits"] for line in result.stdout.splitlines()])


def peer_logits(path, sequences):
    import llama_cpp

    model = llama_cpp.Llama(str(path), n_ctx=512, n_threads=2, n_threads_batch=2, logits_all=True, verbose=False)
    result = []
    for tokens in sequences:
        model.reset()
        model.eval(tokens)
        result.append(np.array(model.scores[: len(tokens)]))
    model.close()
    return result


def quantise(source, target, kind):
    import llama_cpp

    parameters = llama_cpp.llama_model_quantize_default_params()
    parameters.nthread = 2
    parameters.ftype = FILE_TYPES[kind]
    parameters.pure = kind != "Q4_K_M"
    parameters.allow_requantize = True
    status = llama_cpp.llama_model_quantize(str(source).encode(), str(target).encode(), parameters)
    if status != 0:
        raise RuntimeError(f"llama.cpp could not write {kind}")


def random_sequences(seed, vocabulary=architectures.VOCABULARY):
    generator = np.random.default_rng(seed)
    return [[1, *map(int, generator.integers(3, vocabulary, LENGTH - 1))] for _ in range(SEQUENCES)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("fettle", help="the program")
    parser.add_argument("--cases", help="names of architectures, separated by commas; all by default")
    parser.add_argument("--types", default=",".join(FILE_TYPES), help="types, separated by commas")
    parser.add_argument("--no-peer", action="store_true", help="leave llama.cpp out")
    parser.add_argument("--exact", action="store_true", help="how far both are from the same weights in F32")
    parser.add_argument("--no-transformers", action="store_true", help="leave transformers out")
    parser.add_argument("--keep", help="a folder for the models, kept; a temporary one by default")
    parser.add_argument("--files", nargs="+", help="GGUF files to compare with llama.cpp, instead of the architectures")
    parser.add_argument("--cache-type", default="f32", help="f32, f16 (as llama.cpp) or q8_0")
    arguments = parser.parse_args()
    torch.set_num_threads(2)
    extra = ["--cache-type", arguments.cache_type]

    verdicts = Counter()
    if arguments.files:
        for path in map(pathlib.Path, arguments.files):
            vocabulary = len(fettle_logits(arguments.fettle, path, [1], extra)[0])
            sequences = random_sequences(7, vocabulary)
            verdicts += compare_with_peer(arguments.fettle, path.stem, path, "as is", sequences, extra, arguments.exact)
        return conclude(verdicts)
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(arguments.keep or scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for case in architectures.all_cases():
            if arguments.cases and case.name not in arguments.cases.split(","):
                continue
            module = architectures.random_module(case)
            plain = folder / f"{case.name}-F32.gguf"
            architectures.write_gguf(case, module, plain)
            sequences = random_sequences(7)
            if not arguments.no_transformers:
                verdicts += compare_with_transformers(arguments.fettle, case, module, plain, sequences, extra)
            if case.has_peer and not arguments.no_peer:
                for kind in arguments.types.split(","):
                    path = plain
                    if kind != "F32":
                        path = folder / f"{case.name}-{kind}.gguf"
                        quantise(plain, path, kind)
                    verdicts += compare_with_peer(arguments.fettle, case.name, path, kind, sequences, extra, arguments.exact)
                    if path != plain and not arguments.keep:
                        path.unlink()
    conclude(verdicts)


def conclude(verdicts):
    print("; ".join(f"{count} {verdict}" for verdict, count in verdicts.most_common()))
    sys.exit(verdicts["FAILS"] > 0)


def compare_with_transformers(program, case, module, path, sequences, extra):
    worst, span, swapped = 0.0, 0.0, 0
    for tokens in sequences:
        with torch.no_grad():
            theirs = log_softmax(module(torch.tensor([tokens])).logits[0].numpy())
        ours = log_softmax(fettle_logits(program, path, tokens, extra))
        worst = max(worst, np.abs(ours - theirs).max())
        span = max(span, theirs.max(axis=-1).mean() - theirs.mean())
        swapped += int((ours.argmax(axis=-1) != theirs.argmax(axis=-1)).sum())
    verdict = "ok" if worst < 1e-3 else "FAILS"
    print(
        f"{case.name:18} F32     transformers  max |Δ log p| {worst:.2e}  other likeliest {swapped}  "
        f"(likeliest − mean {span:.1f})  {verdict}", flush=True)
    return Counter([verdict])


def agreement(ours, theirs):
    """The share of positions with the same likeliest token, and the mean KL divergence from `theirs`, both of logits."""
    ours, theirs = log_softmax(np.concatenate(ours)), log_softmax(np.concatenate(theirs))
    same = (ours.argmax(axis=-1) == theirs.argmax(axis=-1)).mean()
    return float(same), float((np.exp(theirs) * (theirs - ours)).sum(axis=-1).mean())


def compare_with_peer(program, name, path, kind, sequences, extra, tells_exact):
    """In the arithmetic of generated tokens, and in that of prompts where it is another: how often each verdict was given."""
    theirs = peer_logits(path, sequences)
    ours = {"generated": [fettle_logits(program, path, tokens, [*extra, "--as-generated"]) for tokens in sequences]}
    prompts = [fettle_logits(program, path, tokens, extra) for tokens in sequences]
    if any((a != b).any() for a, b in zip(ours["generated"], prompts)):
        ours["a prompt"] = prompts
    nearness = {who: agreement(logits, theirs) for who, logits in ours.items()}
    exact = None
    if kind != "F32" and (tells_exact or not all(is_near(*distance) for distance in nearness.values())):
        exact = exact_logits(program, path, sequences, extra)
    verdicts = Counter()
    for who, distance in nearness.items():
        verdict = judge(distance, ours[who], theirs, exact)
        verdicts[verdict] += 1
        report(name, kind, who, distance, verdict)
    if exact:
        for who, logits in (*ours.items(), ("llama.cpp", theirs)):
            report(name, kind, f"{who} from F32", agreement(logits, exact))
    return verdicts


SAME, DIVERGENCE = 0.99, 1e-3


def is_near(same, divergence):
    return same >= SAME and divergence < DIVERGENCE


def judge(distance, logits, theirs, exact):
    if is_near(*distance):
        return "ok"
    if exact is None:
        return "FAILS"
    is_within = lambda ours, own: ours[0] >= min(own[0], SAME) and ours[1] <= max(own[1], DIVERGENCE)
    own = agreement(theirs, exact)
    if is_within(distance, own):
        return "within llama.cpp's own error"
    return "nearer to F32 than llama.cpp" if is_within(agreement(logits, exact), own) else "FAILS"


def report(name, kind, who, distance, verdict=""):
    print(f"{name:18} {kind:7} {who:18} same likeliest {100 * distance[0]:6.2f} %  mean KL {distance[1]:.2e}  {verdict}", flush=True)


def exact_logits(program, path, sequences, extra):
    """Those of the same weights in F32."""
    with tempfile.TemporaryDirectory() as scratch:
        exact = pathlib.Path(scratch) / "exact.gguf"
        quantise(path, exact, "F32")
        return [fettle_logits(program, exact, tokens, extra) for tokens in sequences]


if __name__ == "__main__":
    main()

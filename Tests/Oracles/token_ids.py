"""Compares Fettle's tokens with llama.cpp's, on nasty random texts and every vocabulary of a folder; see `--help`.

A text is drawn from pieces that tokenizers disagree about: scripts, emoji, combining marks, runs of blanks, digits, line
ends, control characters, special tokens' names, and bytes that are no UTF-8. Each one's seed is told when it fails.
"""

import argparse
import concurrent.futures
import json
import pathlib
import random
import subprocess
import sys

import llama_cpp as c

WORDS = (
    "the self return def int main foo_bar getElementById HTTPServer2 l'été it's I'M we'LL don’t 'tis x86_64 0xFF 3.14e-10 "
    "100000 12 007 ½ Ⅷ ² ٣٤٥ ૧૨ 北京 東京都 한국어 ไทย हिन्दी مرحبا שלום Ελλάδα Привет ẞtraße ſt ﬁ ΐ İstanbul DŽ ǅ "
    "é e\u0301 a\u0300\u0301\u0302 \u200d \u200b \u00a0 \u3000 \u2028 \ufeff \u0085 👩‍👩‍👧‍👦 🇩🇪 🏳️‍🌈 👍🏽 ☃ ∑ ∞ → « » … — ‘’ “” ¡ ¿ "
    "\U0001d54f \U00020000 \U000e0041 \ue000 \ufffd \uffff == != <= -> :: /* */ // # $x @a ~ ^ & | \\ ` '' \"\" ``` ---- ==== "
    "<s> </s> <unk> <|endoftext|> <|fim_prefix|> <|im_start|> <|begin_of_text|> <｜fim▁begin｜> <0x0A> ▁ ▁▁a Ġ Ċ").split(" ")
BLANKS = [" ", "  ", "   ", " " * 17, "\t", "\t\t", "\n", "\n\n", "\n\n\n", "\r\n", "\r\n\r\n", "\r", " \n", "\n ", " \n  \t\n", "\v", "\f"]
CONTROLS = ["\x00", "\x01", "\x1b[0m", "\x7f", "\x80", "\x9f"]
# Those that llama.cpp reads; others it refuses.
INVALID = [b"\xff", b"\xc3", b"\xe2\x96", b"\xf0\x9f\x91", b"\xc0\x80", b"\xed\xa0\x80", b"\x80\x80", b"\xe2\x28\xa1"]


def random_text(generator, with_invalid):
    pieces = []
    for _ in range(generator.choice([1, 2, 3, 8, 30, 200])):
        kind = generator.random()
        if kind < 0.45:
            pieces.append(generator.choice(WORDS))
        elif kind < 0.7:
            pieces.append(generator.choice(BLANKS))
        elif kind < 0.75:
            pieces.append(generator.choice(CONTROLS))
        elif kind < 0.83:
            pieces.append("".join(generator.choice("0123456789") for _ in range(generator.randrange(1, 12))))
        elif kind < 0.9:
            pieces.append("".join(generator.choice("abcdefgXYZ_'") for _ in range(generator.randrange(1, 25))))
        elif kind < 0.97 or not with_invalid:
            point = generator.choice([generator.randrange(0x20, 0x3000), generator.randrange(0x20, 0x110000)])
            pieces.append(chr(point) if not 0xD800 <= point < 0xE000 else "?")
        else:
            pieces.append(generator.choice(INVALID))
    return b"".join(piece if isinstance(piece, bytes) else piece.encode() for piece in pieces)


@c.llama_log_callback
def say_nothing(level, text, data):
    pass


class Peer:
    def __init__(self, path):
        parameters = c.llama_model_default_params()
        parameters.vocab_only = True
        self.model = c.llama_model_load_from_file(str(path).encode(), parameters)
        self.vocabulary = c.llama_model_get_vocab(self.model)

    def tokens(self, text, special):
        room = (c.llama_token * (len(text) + 16))()
        count = c.llama_tokenize(self.vocabulary, text, len(text), room, len(room), special, special)
        return list(room[:count])


def fettle(program, path, text, special):
    command = [program, "model", "tokenize", path, "--ids", *(["--add-special", "--parse-special"] if special else [])]
    result = subprocess.run(list(map(str, command)), input=text, capture_output=True)
    if result.returncode != 0:
        raise RuntimeError(result.stderr.decode(errors="replace"))
    return json.loads(result.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("fettle", help="the program")
    parser.add_argument("folder", type=pathlib.Path, help="where the vocabularies are")
    parser.add_argument("--texts", type=int, default=600, help="texts a vocabulary")
    parser.add_argument("--seed", type=int, default=1, help="the first text's")
    parser.add_argument("--invalid", action="store_true", help="with bytes that are no UTF-8")
    arguments = parser.parse_args()
    failures = 0
    c.llama_log_set(say_nothing, None)
    for path in sorted(arguments.folder.glob("*.gguf")):
        peer = Peer(path)

        def differs(seed):
            text = random_text(random.Random(seed), arguments.invalid)
            special = seed % 2 == 0
            ours, theirs = fettle(arguments.fettle, path, text, special), peer.tokens(text, special)
            return None if ours == theirs else (seed, text, ours, theirs)

        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            seeds = range(arguments.seed, arguments.seed + arguments.texts)
            different = [entry for entry in pool.map(differs, seeds) if entry]
        print(f"{path.stem:32} {arguments.texts} texts, {len(different)} differ", flush=True)
        failures += len(different)
        for seed, text, ours, theirs in sorted(different, key=lambda entry: len(entry[1]))[:3]:
            place = next((i for i, pair in enumerate(zip(ours, theirs)) if pair[0] != pair[1]), min(len(ours), len(theirs)))
            print(f"  seed {seed}: {text[:200]!r}\n    from token {place}: {ours[place:place + 8]}, not {theirs[place:place + 8]}")
    sys.exit(failures > 0)


if __name__ == "__main__":
    main()

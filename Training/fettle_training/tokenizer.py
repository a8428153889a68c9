"""Stage 3: a byte-level BPE. Its pre-tokeniser is Qwen2's regular expression, which GGUF knows as `qwen2`."""

import random
import sys

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from . import corpus
from .examples import LANGUAGES
from .prompt import SPECIAL, comment
from .workspace import folder

#: The value of `tokenizer.ggml.pre`, and the expression that llama.cpp has under it.
PRE_NAME = "qwen2"
PRE_PATTERN = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")


def path():
    return folder("tokenizer") / "tokenizer.json"


def sample(characters: int, seed: int = 1):
    """Functions by the languages' shares, some lines also as the comments that prompts hold."""
    rng = random.Random(seed)
    found = corpus.load("train")
    rng.shuffle(found)
    left = {language: share * characters for language, share in LANGUAGES.items()}
    for function in found:
        language, lines = function["language"], function["lines"]
        if left[language] > 0 and function["weight"] >= 1:
            shown = [comment(line, language, "BUG: ") if rng.random() < 0.05 else line for line in lines]
            text = "\n".join(shown) + "\n"
            left[language] -= len(text)
            yield text


def byte_level(model: models.BPE) -> Tokenizer:
    tokenizer = Tokenizer(model)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(PRE_PATTERN), "isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def assembled(tokens: list[str], special: list[str], merges: list[tuple[str, str]]) -> Tokenizer:
    """The tokenizer of a vocabulary that was trained before."""
    tokenizer = byte_level(models.BPE({token: index for index, token in enumerate(tokens)}, merges))
    tokenizer.add_special_tokens(special)
    return tokenizer


def run(vocabulary: int, characters: int) -> None:
    tokenizer = byte_level(models.BPE())
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary, special_tokens=list(SPECIAL), initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        min_frequency=2, show_progress=False)
    tokenizer.train_from_iterator(sample(characters), trainer)
    tokenizer.save(str(path()))
    text = next(sample(10_000_000, seed=2))
    print(f"{tokenizer.get_vocab_size()} tokens; {len(text) / len(tokenizer.encode(text).ids):.2f} characters a token")


class LineEncoder:
    """Token ids of whole lines, newline included. A prompt is encoded line by line; lines are short and repeat, so they are kept."""

    def __init__(self, tokenizer: Tokenizer | None = None):
        self.tokenizer = tokenizer or Tokenizer.from_file(str(path()))
        self.known: dict[str, list[int]] = {}
        self.special = {text: self.tokenizer.token_to_id(text) for text in SPECIAL}

    def __call__(self, line: str) -> list[int]:
        ids = self.known.get(line)
        if ids is None:
            if len(self.known) > 400_000:
                self.known.clear()
            ids = self.known[line] = self.tokenizer.encode(line + "\n", add_special_tokens=False).ids
        return ids

    def learn(self, lines) -> None:
        """Encodes many lines at once."""
        new = list({line for line in lines} - self.known.keys())
        for line, encoding in zip(new, self.tokenizer.encode_batch([line + "\n" for line in new], add_special_tokens=False)):
            self.known[line] = encoding.ids

    def decode(self, ids: list[int]) -> str:
        return self.tokenizer.decode(ids, skip_special_tokens=False)


if __name__ == "__main__":
    run(int(sys.argv[1]), int(sys.argv[2]))

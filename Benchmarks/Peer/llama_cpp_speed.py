"""llama.cpp's speed, measured as `fettle model bench` measures Fettle's: one JSON object, tokens per second."""

import argparse
import json
import statistics
import time

import llama_cpp as c


def batch_of(entries):
    """`entries`: token, position, sequence, whether its logits are wanted."""
    batch = c.llama_batch_init(len(entries), 0, 1)
    batch.n_tokens = len(entries)
    for row, (token, position, sequence, wanted) in enumerate(entries):
        batch.token[row] = token
        batch.pos[row] = position
        batch.n_seq_id[row] = 1
        batch.seq_id[row][0] = sequence
        batch.logits[row] = wanted
    return batch


class Speed:
    def __init__(self, path, threads, context, sequences):
        c.llama_backend_init()
        self.model = c.llama_model_load_from_file(path.encode(), c.llama_model_default_params())
        parameters = c.llama_context_default_params()
        parameters.n_ctx = context
        parameters.n_batch = 512
        parameters.n_ubatch = 512
        parameters.n_seq_max = sequences
        parameters.n_threads = threads
        parameters.n_threads_batch = threads
        # One cache for all sequences: a copied prefix is shared.
        if hasattr(parameters, "kv_unified"):
            parameters.kv_unified = True
        self.context = c.llama_init_from_model(self.model, parameters)
        self.vocabulary = c.llama_vocab_n_tokens(c.llama_model_get_vocab(self.model))
        self.memory = c.llama_get_memory(self.context)
        self.state = 1

    def token(self):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % self.vocabulary

    def decode(self, entries):
        batch = batch_of(entries)
        status = c.llama_decode(self.context, batch)
        c.llama_synchronize(self.context)
        c.llama_batch_free(batch)
        if status != 0:
            raise RuntimeError(f"llama_decode gave {status}")

    def clear(self):
        c.llama_memory_clear(self.memory, True)

    def feed(self, count):
        for start in range(0, count, 512):
            end = min(start + 512, count)
            self.decode([(self.token(), position, 0, position == count - 1) for position in range(start, end)])

    def timed(self, tokens, work):
        start = time.perf_counter()
        work()
        return tokens / (time.perf_counter() - start)

    def prompt(self, count):
        self.clear()
        return self.timed(count, lambda: self.feed(count))

    def generation(self, count):
        self.clear()
        return self.timed(
            count, lambda: [self.decode([(self.token(), position, 0, True)]) for position in range(count)])

    def parallel(self, sequences, count, prompt):
        self.clear()
        self.feed(prompt)
        for sequence in range(1, sequences):
            c.llama_memory_seq_cp(self.memory, 0, sequence, -1, -1)
        return self.timed(
            sequences * count,
            lambda: [
                self.decode([(self.token(), prompt + step, sequence, True) for sequence in range(sequences)])
                for step in range(count)
            ])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("-p", type=int, default=512)
    parser.add_argument("-n", type=int, default=128)
    parser.add_argument("-t", type=int, default=2)
    parser.add_argument("-r", type=int, default=1)
    parser.add_argument("--parallel", default="8")
    parser.add_argument("--parallel-tokens", type=int, default=64)
    arguments = parser.parse_args()
    counts = [int(word) for word in arguments.parallel.split(",") if word]
    most = max(counts, default=1)
    speed = Speed(
        arguments.model, arguments.t, max(arguments.p + most * arguments.parallel_tokens, arguments.n) + 64, most)
    speed.prompt(32)
    speed.generation(2)

    def median(measure):
        return statistics.median(measure() for _ in range(arguments.r))

    print(json.dumps({
        "prompt": {"tokensPerSecond": median(lambda: speed.prompt(arguments.p))},
        "generation": {"tokensPerSecond": median(lambda: speed.generation(arguments.n))},
        "parallel": [
            {"sequences": count,
             "tokensPerSecond": median(lambda: speed.parallel(count, arguments.parallel_tokens, arguments.p))}
            for count in counts],
    }))


if __name__ == "__main__":
    main()

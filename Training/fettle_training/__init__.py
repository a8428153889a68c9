"""Trains the small Llama that repairs code: corpus, examples, tokenizer, training, export, evaluation."""

"""The model: a Llama (Touvron et al., 2023) with grouped-query attention and tied embeddings, small enough to read in one sitting."""

import math
from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import nn


@dataclass
class Shape:
    """The sizes of a model. Rows of a multiple of 256 let llama.cpp's K-quants apply."""

    vocabulary: int
    width: int
    layers: int
    heads: int
    key_value_heads: int
    feed_forward: int
    context: int
    rope_base: float = 10_000.0
    norm_epsilon: float = 1e-5

    @property
    def head_width(self) -> int:
        return self.width // self.heads

    def as_dict(self) -> dict:
        return asdict(self)


class Block(nn.Module):
    """One layer. Weights bear the names that GGUF gives them."""

    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        keys = shape.key_value_heads * shape.head_width
        self.attn_norm = nn.RMSNorm(shape.width, shape.norm_epsilon)
        self.attn_q = nn.Linear(shape.width, shape.width, bias=False)
        self.attn_k = nn.Linear(shape.width, keys, bias=False)
        self.attn_v = nn.Linear(shape.width, keys, bias=False)
        self.attn_output = nn.Linear(shape.width, shape.width, bias=False)
        self.ffn_norm = nn.RMSNorm(shape.width, shape.norm_epsilon)
        self.ffn_gate = nn.Linear(shape.width, shape.feed_forward, bias=False)
        self.ffn_up = nn.Linear(shape.width, shape.feed_forward, bias=False)
        self.ffn_down = nn.Linear(shape.feed_forward, shape.width, bias=False)

    def forward(self, x, rotation, mask=None, past=None):
        """`x`: [batch, time, width]. `mask`: which keys a query may see, [.., query, key]; causal when None. `past`: keys and values before `x`."""
        batch, time, width = x.shape
        split = lambda y, heads: y.view(batch, time, heads, self.shape.head_width).transpose(1, 2)
        normed = self.attn_norm(x)
        q = rotate(split(self.attn_q(normed), self.shape.heads), rotation)
        k = rotate(split(self.attn_k(normed), self.shape.key_value_heads), rotation)
        v = split(self.attn_v(normed), self.shape.key_value_heads)
        if past is not None:
            k, v = (torch.cat((before.expand(batch, -1, -1, -1), now), 2) for before, now in zip(past, (k, v)))
        seen = attention(q, k, v, mask)
        x = x + self.attn_output(seen.transpose(1, 2).reshape(batch, time, width))
        normed = self.ffn_norm(x)
        return x + self.ffn_down(F.silu(self.ffn_gate(normed)) * self.ffn_up(normed)), (k, v)


def attention(q, k, v, mask=None):
    """Grouped-query attention (Ainslie et al., 2023); `mask` as in `Block.forward`.

    Training meets short rows in large batches: on a processor plain products are then several times as fast as PyTorch's
    fused attention, whose backward pass is slow there. A GPU has the better fused one.
    """
    batch, heads, time, width = q.shape
    groups = heads // k.shape[1]
    if q.is_cuda or mask is not None or time == 1:
        return F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=mask is None and time > 1, enable_gqa=groups > 1)
    # The queries of a group stand one below the other, so that each key is multiplied once for all of them.
    q = q.reshape(batch, heads // groups, groups * time, width) * width**-0.5
    future = torch.full((time, time), -torch.inf, dtype=q.dtype).triu(1).repeat(groups, 1)
    weights = torch.softmax(q @ k.transpose(2, 3) + future, -1)
    return (weights @ v).reshape(batch, heads, time, width)


class Llama(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        self.token_embd = nn.Embedding(shape.vocabulary, shape.width)
        self.blk = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.output_norm = nn.RMSNorm(shape.width, shape.norm_epsilon)
        angles = torch.outer(torch.arange(shape.context).float(), rope_frequencies(shape))
        self.register_buffer("rotations", torch.polar(torch.ones_like(angles), angles), persistent=False)
        for name, weight in self.named_parameters():
            if weight.dim() == 2:
                residual = name.endswith(("attn_output.weight", "ffn_down.weight"))
                scale = 0.02 if name.startswith("token_embd") else weight.shape[1] ** -0.5
                nn.init.normal_(weight, std=scale / math.sqrt(2 * shape.layers) if residual else scale)

    def hidden(self, tokens, past=None, mask=None, positions=None):
        """The last hidden states of `tokens` [batch, time], and each layer's keys and values."""
        start = past[0][0].shape[2] if past else 0
        rotation = self.rotations[start : start + tokens.shape[1]] if positions is None else self.rotations[positions].unsqueeze(1)
        x, kept = self.token_embd(tokens), []
        for index, block in enumerate(self.blk):
            x, keys_values = block(x, rotation, mask, past[index] if past else None)
            kept.append(keys_values)
        return self.output_norm(x), kept

    def logits(self, hidden):
        return F.linear(hidden, self.token_embd.weight)

    def forward(self, tokens):
        return self.logits(self.hidden(tokens)[0])


def rope_frequencies(shape: Shape):
    return 1 / shape.rope_base ** (torch.arange(0, shape.head_width, 2).float() / shape.head_width)


def rotate(x, rotation):
    """Turns neighbouring pairs by their position's angle: RoPE as the `llama` architecture of GGUF lays it out (Su et al., 2021)."""
    pairs = torch.view_as_complex(x.float().reshape(*x.shape[:-1], -1, 2))
    return torch.view_as_real(pairs * rotation).flatten(-2).type_as(x)


def parameter_count(model: nn.Module) -> int:
    return sum(weight.numel() for weight in model.parameters())

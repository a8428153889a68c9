"""Muon for the matrices of the layers (Jordan et al., 2024), AdamW for embeddings and norms."""

import torch

#: Coefficients of the quintic Newton-Schulz iteration, as published.
QUINTIC = (3.4445, -4.7750, 2.0315)


def orthogonalised(momentum: torch.Tensor, precision: torch.dtype, steps: int = 5) -> torch.Tensor:
    """The nearest semi-orthogonal matrix to each of a stack of matrices, roughly. [count, rows, columns], rows ≤ columns."""
    a, b, c = QUINTIC
    kind = momentum.dtype
    momentum = momentum.to(precision)
    x = momentum / (momentum.flatten(1).norm(dim=1).view(-1, 1, 1) + 1e-7)
    for _ in range(steps):
        square = x @ x.transpose(1, 2)
        x = a * x + (b * square + c * square @ square) @ x
    return x.to(kind)


class Muon(torch.optim.Optimizer):
    """Momentum, orthogonalised; matrices of one shape are turned together."""

    def __init__(self, parameters, lr: float, precision: torch.dtype, momentum: float = 0.95, weight_decay: float = 0.02):
        self.precision = precision
        super().__init__(parameters, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            by_shape: dict[tuple, list] = {}
            for weight in group["params"]:
                if weight.grad is not None:
                    by_shape.setdefault(tuple(sorted(weight.shape)), []).append(weight)
            for weights in by_shape.values():
                self._step_together(weights, group)

    def _step_together(self, weights, group):
        updates = []
        for weight in weights:
            state = self.state[weight]
            kept = state.setdefault("momentum", torch.zeros_like(weight))
            kept.lerp_(weight.grad, 1 - group["momentum"])
            update = weight.grad.lerp(kept, group["momentum"])
            updates.append(update if update.shape[0] <= update.shape[1] else update.T)
        for weight, update in zip(weights, orthogonalised(torch.stack(updates), self.precision)):
            rows, columns = weight.shape
            update = update if rows <= columns else update.T
            weight.mul_(1 - group["lr"] * group["weight_decay"])
            weight.add_(update, alpha=-group["lr"] * max(1, rows / columns) ** 0.5)


def optimisers(model, matrix_rate: float, other_rate: float, halves: bool):
    """`halves`: orthogonalise in bf16, which is exact enough for it, where the hardware is fast at that."""
    matrices = [w for name, w in model.named_parameters() if w.dim() == 2 and not name.startswith("token_embd")]
    others = [w for name, w in model.named_parameters() if w.dim() != 2 or name.startswith("token_embd")]
    return Muon(matrices, matrix_rate, torch.bfloat16 if halves else torch.float32), torch.optim.AdamW(others, other_rate, betas=(0.9, 0.95), weight_decay=0.0)

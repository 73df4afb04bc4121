"""A linear-chain CRF (Lafferty, McCallum and Pereira 2001) whose transitions see where a role may begin and end."""

from __future__ import annotations

import torch
from torch import Tensor

ROLES = 3  # none, source, content
NEVER = -1e4


def steps(bias: Tensor, begin: Tensor, end: Tensor) -> Tensor:
    """Scores of going from role y to role z between neighbouring pieces.

    ``bias`` is ``(3, 3)``; ``begin`` and ``end`` are ``(K, L, 2)`` for source and content: entering z at a piece earns
    its begin score there, leaving y earns its end score at the piece before. Returns ``(K, L - 1, 3, 3)``.
    """
    zero = torch.zeros_like(begin[..., :1])
    enter = torch.cat([zero, begin], -1)[:, 1:, None, :]
    leave = torch.cat([zero, end], -1)[:, :-1, :, None]
    change = 1 - torch.eye(ROLES, device=bias.device)
    return bias + change * (enter + leave)


def negative_log_likelihood(emission: Tensor, step: Tensor, roles: Tensor, mask: Tensor) -> Tensor:
    """Per sequence, in nats, ``(K,)``.

    ``emission`` is ``(K, L, 3)``, ``step`` ``(K, L - 1, 3, 3)``, ``roles`` and ``mask`` are ``(K, L)``.
    """
    gold = roles.clamp(min=0)
    score = (emission.gather(-1, gold[..., None])[..., 0] * mask).sum(1)
    pair = step.flatten(2).gather(-1, (gold[:, :-1] * ROLES + gold[:, 1:])[..., None])[..., 0]
    return log_partition(emission, step, mask) - score - (pair * mask[:, 1:]).sum(1)


def cross_entropy(emission: Tensor, step: Tensor, wanted: tuple[Tensor, Tensor], mask: Tensor) -> Tensor:
    """Between all paths as another CRF weighs them and as this one does, per sequence, in nats, ``(K,)``.

    ``wanted`` is what ``marginals`` gives of the other; that much of each score is earned on average.
    """
    role, pair = wanted
    earned = (emission * role).sum((1, 2)) + (step * pair).sum((1, 2, 3))
    return log_partition(emission, step, mask) - earned


def marginals(emission: Tensor, step: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
    """How likely each role of a piece ``(K, L, 3)`` and each step ``(K, L - 1, 3, 3)`` is; 0 in padding.

    They are the slopes of the log partition (Sutton and McCallum 2012, 2.3).
    """
    with torch.enable_grad():
        emission, step = emission.detach().requires_grad_(), step.detach().requires_grad_()
        role, pair = torch.autograd.grad(log_partition(emission, step, mask).sum(), (emission, step))
    return role, pair


def log_partition(emission: Tensor, step: Tensor, mask: Tensor) -> Tensor:
    """Of all paths, ``(K,)``: neighbouring steps are joined two by two, so that a text of L pieces takes log L turns.

    Padding stands at the end alone; a step into it changes nothing.
    """
    still = torch.where(torch.eye(ROLES, device=step.device) > 0, 0.0, NEVER)
    move = torch.where(mask[:, 1:, None, None] > 0, step + emission[:, 1:, None, :], still)
    while move.shape[1] > 1:
        if move.shape[1] % 2:
            move = torch.cat([move, still.expand(len(move), 1, ROLES, ROLES)], 1)
        move = torch.logsumexp(move[:, ::2, :, :, None] + move[:, 1::2, None, :, :], 3)
    ends = emission[:, 0, :, None] + move[:, 0] if move.shape[1] else emission[:, 0, None]
    return torch.logsumexp(ends.flatten(1), 1)

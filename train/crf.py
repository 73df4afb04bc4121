"""A linear-chain CRF (Lafferty, McCallum and Pereira 2001) whose transitions see where a role may begin and end."""

from __future__ import annotations

import torch
from torch import Tensor

ROLES = 3  # none, source, content


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
    score = score + (pair * mask[:, 1:]).sum(1)
    alpha = emission[:, 0]
    for t in range(1, emission.shape[1]):
        ahead = torch.logsumexp(alpha[:, :, None] + step[:, t - 1], 1) + emission[:, t]
        alpha = torch.where(mask[:, t, None] > 0, ahead, alpha)
    return torch.logsumexp(alpha, -1) - score

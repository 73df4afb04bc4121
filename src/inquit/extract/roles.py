"""For a cue, the role of every piece around it: scores, then the best sequence under a linear-chain CRF.

Scores: an additive term with a distance and a biaffine term (after Dozat and Manning 2017), refined along the text by
dilated convolutions (Strubell et al. 2017), where the words between know which cue is meant. Sequence: Viterbi over
none, source and content, where a change of role earns the begin and end scores of the pieces at the boundary
(a linear-chain CRF, Lafferty, McCallum and Pereira 2001), trained by ``train.crf``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from inquit.errors import WorkError
from inquit.extract.features import distance_buckets

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

NONE, SOURCE, CONTENT = 0, 1, 2
ROLES, WIDTH = 3, 96

# States of the decoder: none and source before any content, content, none and source after some content.
_ROLE_OF = np.array([NONE, SOURCE, CONTENT, NONE, SOURCE])
_HAD_CONTENT = 2
_WAY = np.where(np.array([[1, 1, 1, 0, 0]] * 2 + [[0, 0, 1, 1, 1]] * 3) > 0, 0, -1e9).astype(np.float32)

_NOT_NEAR = np.array([0, -1e4, -1e4], np.float32)
_SCORES = 7  # none, source, content; begin of source, of content; end of source, of content


DILATIONS = (1, 2, 4, 8)


@dataclass(frozen=True, slots=True)
class RoleHead:
    """Weights of the role head, float32."""

    distance: Floats  # (65, WIDTH)
    score: Floats  # (WIDTH, 7)
    score_bias: Floats  # (7,)
    product: Floats  # (WIDTH, 7 * WIDTH)
    step: Floats  # (3, 3)
    enter: Floats  # (WIDTH + 7, 64)
    enter_bias: Floats  # (64,)
    look: Floats  # (len(DILATIONS), 3, 64, 64): what stands before, the piece itself, what stands after
    look_bias: Floats  # (len(DILATIONS), 64)
    leave: Floats  # (64, 7)
    leave_bias: Floats  # (7,)
    calibration: Floats  # (3,) weights of the cue's and the roles' log odds, and a constant

    @staticmethod
    def load(path: Path) -> RoleHead:
        """Read the weights from an ``.npz`` file. Raises WorkError when it is missing or damaged."""
        try:
            with np.load(path, allow_pickle=False) as file:
                return RoleHead(**{name: file[name].astype(np.float32) for name in RoleHead.__slots__})
        except (OSError, ValueError, KeyError) as error:
            raise WorkError(f"the reader's heads {path} could not be loaded ({error}); reinstall inquit") from error

    def scores(self, token: Floats, anchor: Floats, first: Ints) -> Floats:
        """``token`` ``(L, 192)``, ``anchor`` ``(K, 192)``, ``first`` piece of each cue ``(K,)`` -> ``(K, L, 7)``."""
        length = len(token)
        bucket = distance_buckets(length)[np.arange(length)[None] - first[:, None] + length]
        sums = token[None, :, :WIDTH] + anchor[:, None, :WIDTH]
        sums += self.distance[bucket]
        np.maximum(sums, 0, out=sums)
        right = (np.maximum(anchor[:, WIDTH:], 0) @ self.product).reshape(-1, _SCORES, WIDTH)
        left = np.maximum(token[:, WIDTH:], 0)
        scores = np.asarray(sums @ self.score + self.score_bias + left @ right.transpose(0, 2, 1), np.float32)
        return scores + self._refined(sums, scores)

    def _refined(self, view: Floats, scores: Floats) -> Floats:
        """What the scores change by when each cue's view ``(K, L, WIDTH)`` is looked at along the text."""
        x = np.maximum(view @ self.enter[:WIDTH] + scores @ self.enter[WIDTH:] + self.enter_bias, 0)
        for reach, look, bias in zip(DILATIONS, self.look, self.look_bias, strict=True):
            y = x @ look[1] + bias
            y[:, reach:] += x[:, :-reach] @ look[0]
            y[:, :-reach] += x[:, reach:] @ look[2]
            x += np.maximum(y, 0)
        return np.asarray(x @ self.leave + self.leave_bias, np.float32)

    def best(self, scores: Floats, near: Bools) -> tuple[Ints, Floats]:
        """Viterbi over ``(K, L, 7)``: the role of every piece ``(K, L)`` and its probability ``(K, L)``.

        Only pieces that are ``near`` a cue, ``(K, L)``, have a role for it.

        Of all sequences only those with a content are looked at: where its ends are unsure, many good contents share
        the probability that the one empty sequence has for itself. The probability is the piece's own (softmax of its
        emission), not the chain's marginal.
        """
        emission = np.where(near[..., None], scores[..., :ROLES], _NOT_NEAR)
        step = self._steps(scores)[:, :, _ROLE_OF[:, None], _ROLE_OF[None, :]] + _WAY
        n, length, _ = emission.shape
        back = np.zeros((n, length, len(_ROLE_OF)), np.int8)
        alpha = emission[:, 0, _ROLE_OF] + _WAY[0]
        for t in range(1, length):
            ways = alpha[:, :, None] + step[:, t - 1]
            back[:, t] = ways.argmax(1)
            alpha = ways.max(1) + emission[:, t, _ROLE_OF]
        states = np.zeros((n, length), np.int64)
        states[:, -1] = _HAD_CONTENT + alpha[:, _HAD_CONTENT:].argmax(1)
        rows = np.arange(n)
        for t in range(length - 1, 0, -1):
            states[:, t - 1] = back[rows, t, states[:, t]]
        roles = _ROLE_OF[states]
        shifted = np.exp(emission - emission.max(-1, keepdims=True))
        chance = shifted / shifted.sum(-1, keepdims=True)
        return roles, np.take_along_axis(chance, roles[..., None], -1)[..., 0]

    def chance(self, cue: float, roles: float) -> float:
        """Probability that a relation is right, from those of its cue and its roles (Platt 1999; train.calibrate)."""
        odds = np.array([*log_odds(cue, roles), 1.0]) @ self.calibration
        return float(1 / (1 + np.exp(-odds)))

    def _steps(self, scores: Floats) -> Floats:
        """Scores of each change of role between neighbours: ``(K, L - 1, 3, 3)``, from role then to role."""
        n, length, _ = scores.shape
        enter = np.zeros((n, length - 1, ROLES), np.float32)
        leave = np.zeros((n, length - 1, ROLES), np.float32)
        enter[..., 1:] = scores[:, 1:, 3:5]
        leave[..., 1:] = scores[:, :-1, 5:7]
        change = 1 - np.eye(ROLES, dtype=np.float32)
        out: Floats = self.step + change * (enter[:, :, None, :] + leave[:, :, :, None])
        return out


def log_odds(*chances: float) -> list[float]:
    """Log odds of probabilities, kept from infinity."""
    return [float(np.log(p / (1 - p))) for p in np.clip(chances, 1e-4, 1 - 1e-4)]

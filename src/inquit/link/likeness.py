"""What many pairs of propositions have in common: a number for each pair and each named feature.

Pairs are taken in blocks of propositions of about one length: the terms of a block are compared all with all.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from inquit.link.columns import Array, Ragged
from inquit.link.meanings import BYTE, meanings
from inquit.link.table import Propositions, Table

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]

_WIDTHS = np.array([4, 8, 12, 16, 24, 32, 48, 64])
_CELLS = 1 << 20  # comparisons of one block
_FLOATS = 1 << 21  # numbers of the vectors of one block
_UNLIKE, _ALIKE = 0.3, 0.8  # cosine of two words up to which they have nothing in common, from which they are as one
_MOST = 0.9  # so much as the same word is a word of the same meaning
_ROUNDED = 1e-9  # more than what is lost to rounding
_NONE, _NOBODY = -1, -2  # where a row has ended: two such are not the same
_SIZES = 0.6, 0.4  # how much the lighter and the heavier of two propositions count in what is nearest
_TERMS = 3  # terms from which the size of a proposition says nothing more
_FRAMED = 0.02  # by so much a framed clause must be nearer than the content to be compared in its stead


class Common(NamedTuple):
    """Terms in common of a block of pairs: which of the one's the other has, and where; which of the other's."""

    pairs: Ints
    mine: Array
    theirs: Array
    weights: Array
    their_weights: Array
    has: Bools
    at: Ints
    had: Bools


def nearest(table: Table, one: Ints, other: Ints) -> tuple[Ints, Ints]:
    """For each pair of units the two propositions that have most in common, of equals the first; -1 where none are."""
    first = table.units.first.values
    counts, their_counts = first[one + 1] - first[one], first[other + 1] - first[other]
    sizes = counts * their_counts
    owner = np.repeat(np.arange(len(one)), sizes)
    place = np.arange(len(owner)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    p = first[one][owner] + place // their_counts[owner]
    q = first[other][owner] + place % their_counts[owner]
    near = np.zeros(len(owner))
    several = np.flatnonzero(sizes[owner] > 1)
    near[several] = _near(table.propositions, p[several], q[several])
    best = np.full(len(one), -np.inf)
    np.maximum.at(best, owner, near)
    chosen = np.flatnonzero(near == best[owner])
    chosen = chosen[np.unique(owner[chosen], return_index=True)[1]]
    mine, theirs = np.full(len(one), -1), np.full(len(one), -1)
    mine[owner[chosen]], theirs[owner[chosen]] = p[chosen], q[chosen]
    return mine, theirs


def _near(said: Propositions, p: Ints, q: Ints) -> Floats:
    """Weight in common beside their own weights, less where there are few terms."""
    weight = np.zeros(len(p))
    for block in common(said, p, q):
        weight[block.pairs] = (block.weights * block.has).sum(1)
    total = said.total.values
    shorter, longer = np.minimum(total[p], total[q]), np.maximum(total[p], total[q])
    few = np.minimum(said.keys.sizes(p), said.keys.sizes(q))
    framed = said.framed.values[p] | said.framed.values[q]
    likened = weight / (_SIZES[0] * shorter + _SIZES[1] * longer) * np.minimum(1.0, few / _TERMS)
    return np.asarray(likened - _FRAMED * framed)


def common(said: Propositions, p: Ints, q: Ints) -> Iterator[Common]:
    """Blocks of pairs of propositions with the terms that they have in common."""
    for pairs, width, their_width in _blocks(said.keys.sizes(p), said.keys.sizes(q)):
        mine = said.keys.padded(p[pairs], width, _NONE)
        theirs = said.keys.padded(q[pairs], their_width, _NOBODY)
        same = mine[:, :, None] == theirs[:, None, :]
        weights = said.weights.padded(p[pairs], width, 0)
        their_weights = said.weights.padded(q[pairs], their_width, 0)
        yield Common(pairs, mine, theirs, weights, their_weights, *_met(same))


def _met(same: Bools) -> tuple[Bools, Ints, Bools]:
    """Which of the one's terms the other has, and where, and which of the other's; each term stands in one once."""
    pairs, width, their_width = same.shape
    place, theirs = np.divmod(np.flatnonzero(same), their_width)
    has, at, had = (
        np.zeros(pairs * width, np.bool_),
        np.zeros(pairs * width, np.int64),
        np.zeros((pairs, their_width), np.bool_),
    )
    has[place], at[place] = True, theirs
    had[place // width, theirs] = True
    return has.reshape(pairs, width), at.reshape(pairs, width), had


def _blocks(sizes: Array, their_sizes: Array) -> Iterator[tuple[Ints, int, int]]:
    """Pairs of about the same lengths, with the widths that hold them."""
    kinds = np.searchsorted(_WIDTHS, sizes) * len(_WIDTHS) + np.searchsorted(_WIDTHS, their_sizes)
    order = np.argsort(kinds, kind="stable")
    for some in np.split(order, np.flatnonzero(np.diff(kinds[order])) + 1):
        if len(some):
            width, their_width = (int(_WIDTHS[k]) for k in divmod(int(kinds[some[0]]), len(_WIDTHS)))
            for part in range(0, len(some), step := max(1, _CELLS // (width * their_width))):
                yield some[part : part + step], width, their_width


def words(table: Table, p: Ints, q: Ints, wanted: AbstractSet[str]) -> dict[str, Floats]:
    """What the terms of ``p``, the lighter ones, and of ``q`` have in common; no more than is ``wanted``."""
    names = {"weight", "order", "sequence", "opposed", "surroundings"} & (wanted | {"weight"})
    found = {name: np.zeros(len(p)) for name in sorted(names)}
    for block in common(table.propositions, p, q):
        some = p[block.pairs], q[block.pairs]
        found["weight"][block.pairs] = (block.weights * block.has).sum(1)
        if "order" in names:
            found["order"][block.pairs] = _order(block)
        if "sequence" in names:
            found["sequence"][block.pairs] = _sequence(block)
        if "opposed" in names:
            found["opposed"][block.pairs] = _opposed(table, block, *some)
        if "surroundings" in names:
            found["surroundings"][block.pairs] = _surroundings(table, block, some[0])
    return found


def _order(block: Common) -> Floats:
    """The part of the pairs of terms in common that come the other way round."""
    count = block.has.sum(1)
    turned = block.at[:, :, None] > block.at[:, None, :]
    turned &= (block.has[:, :, None] & block.has[:, None, :]) & np.triu(np.ones(turned.shape[1:], np.bool_), 1)
    return np.asarray(turned.sum((1, 2)) / np.maximum(1, count * (count - 1) // 2))


def _sequence(block: Common) -> Floats:
    """The part of the shorter one's terms in a row that are so in the other."""
    rows = (block.has[:, :-1] & block.has[:, 1:] & (block.at[:, 1:] == block.at[:, :-1] + 1)).sum(1)
    least = np.minimum((block.mine != _NONE).sum(1), (block.theirs != _NOBODY).sum(1)) - 1
    return np.asarray(rows / np.maximum(1, least))


def _opposed(table: Table, block: Common, p: Ints, q: Ints) -> Floats:
    """Whether a negation bears in only one on a term in common, and neither source denies."""
    said, units = table.propositions, table.units
    negated = said.negated.padded(p, block.mine.shape[1], 0)
    theirs = np.take_along_axis(said.negated.padded(q, block.theirs.shape[1], 0), block.at, 1)
    denies = units.denies.values[said.unit.values[p]] | units.denies.values[said.unit.values[q]]
    return np.asarray((block.has & (negated != theirs)).any(1) & ~denies, np.float64)


def _surroundings(table: Table, block: Common, p: Ints) -> Floats:
    """How much of what the heavier one says beyond the lighter stands beside that one."""
    found = np.zeros(len(p))
    unit = table.propositions.unit.values[p]
    beyond = block.their_weights * ~block.had
    sizes = table.units.around.sizes(unit)
    some = np.flatnonzero((sizes > 0) & (beyond.sum(1) > 0))
    width = int(sizes[some].max(initial=0))
    for part in range(0, len(some), step := max(1, _CELLS // max(1, width * block.theirs.shape[1]))):
        rows = some[part : part + step]
        around = table.units.around.padded(unit[rows], width, _NONE)
        beside = (block.theirs[rows][:, :, None] == around[:, None, :]).any(2)
        found[rows] = (beyond[rows] * beside).sum(1) / beyond[rows].sum(1)
    return found


def likened(table: Table, p: Ints, q: Ints) -> tuple[Floats, Floats]:
    """The part of each one's weight that the other has too, a word of nearly the same meaning counting in part."""
    said = table.propositions
    mine, theirs = np.zeros(len(p)), np.zeros(len(p))
    words = said.words(p, q)
    for block in common(said, p, q):
        for part in range(0, len(block.pairs), step := max(1, _FLOATS // (BYTE * sum(block.had.shape[1:])))):
            rows = slice(part, part + step)
            pairs = block.pairs[rows]
            ours = _vectors(words, p[pairs], block.mine.shape[1])
            others = _vectors(words, q[pairs], block.theirs.shape[1])
            # Products of bytes are whole numbers that float32 holds exactly.
            alike = np.clip(
                ours @ others.transpose(0, 2, 1) - _UNLIKE * BYTE**2, 0, _MOST * (_ALIKE - _UNLIKE) * BYTE**2
            )
            share = np.rint(alike * (1000 / ((_ALIKE - _UNLIKE) * BYTE**2))).astype(np.int64)
            mine[pairs] = _soft(share.max(2), block.has[rows], block.weights[rows])
            theirs[pairs] = _soft(share.max(1), block.had[rows], block.their_weights[rows])
    total = said.total.values
    return mine / total[p], theirs / total[q]


def at_most(covered: Floats) -> Floats:
    """The most that ``likened`` can find where that part of the weight is in the same words."""
    return np.asarray(np.minimum(1.0, covered + _MOST * (1 - covered) + _ROUNDED))


def _vectors(words: Ragged, rows: Ints, width: int) -> npt.NDArray[np.float32]:
    return np.asarray(meanings().rows.take(words.padded(rows, width, 0), 0), np.float32)


def _soft(share: Ints, has: Bools, weights: Array) -> Floats:
    return np.asarray((np.where(has, 1000, share) * weights).sum(1) / 1000)

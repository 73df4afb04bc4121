"""Claims: which statements of many articles put one proposition forward, and on whose word it stands.

Contents that are near by their vectors are compared pair by pair (``link.pairs``) and clustered (``link.clusters``).
Each cluster is traced back to its origins (``link.origins``) and searched for what was lost on the way
(``link.laundering``). ``docs/design/claims.md`` has the definitions, and the thresholds with their reasons.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

import numpy as np
import numpy.typing as npt

from inquit.ids import claim_id
from inquit.link import candidates, laundering, pairs
from inquit.link.carriage import Carried, carried
from inquit.link.clusters import clusters
from inquit.link.compared import Compared, Said
from inquit.link.contents import text_of
from inquit.link.mentions import Mention, Side
from inquit.link.origins import Trace
from inquit.link.telling import reasons, telling
from inquit.records import Claim, Copy, Occurrence, Reading

Floats = npt.NDArray[np.float32]

NEAR = 0.5  # cosine from which two contents are compared
MOST = 24  # nearest contents that each is compared with
BOND = 0.5  # score at which a pair may bring two clusters together
AGREEMENT = 0.45  # mean score over two clusters at which they are one
CLOSE = 0.8  # score of a statement with the claim's text from which it may add an origin
_SHORT = 20  # words of a content whose negation is taken to bear on the claim
_SAMPLE = 12  # units whose agreement with each other is a claim's score


def find_claims(readings: Sequence[Reading], copies: Sequence[Copy], vectors: Floats) -> list[Claim]:
    """Claims of two or more statements, in order of their first occurrence; pure, and no order of ``readings`` shows.

    Row i of ``vectors`` (unit rows of ``link.vectors.encode``) belongs to the i-th statement in order of readings and
    their statements.
    """
    compared = Compared(readings, copies)
    agreement = _Agreement(compared, vectors)
    found = [_claim(compared, agreement, units, vectors) for units in _clustered(compared, agreement)]
    order = {s.statement.id: i for i, s in enumerate(compared.said)}
    return sorted(found, key=lambda c: order[c.occurrences[0].statement])


class _Agreement:
    """Scores of pairs of units, each computed once."""

    def __init__(self, compared: Compared, vectors: Floats) -> None:
        self._compared = compared
        self._vectors = vectors[[compared.said[places[0]].row for places in compared.members]]
        near = candidates.nearest(self._vectors, least=NEAR, most=MOST)
        self._scores = {(i, j): self._score(i, j, cosine) for i, j, cosine in near}

    def bonds(self) -> list[tuple[int, int, float]]:
        """Near pairs that may be one claim."""
        return [(i, j, score) for (i, j), score in self._scores.items() if score >= BOND]

    def of(self, i: int, j: int) -> float:
        """Score of any pair, i <= j."""
        if i == j:
            return pairs.SAME_WORDS
        found = self._scores.get((i, j))
        if found is None:
            found = self._scores[i, j] = self._score(i, j, float(self._vectors[i] @ self._vectors[j]))
        return found

    def within(self, units: Sequence[int]) -> float:
        """Mean score of all pairs; that of the same words where there is one unit alone."""
        few = units[:_SAMPLE]
        scores = [self.of(i, j) for k, i in enumerate(few) for j in few[k + 1 :]]
        return sum(scores) / len(scores) if scores else pairs.SAME_WORDS

    def _score(self, i: int, j: int, cosine: float) -> float:
        return pairs.score(self._compared.units[i], self._compared.units[j], cosine, self._compared.weights)


def _clustered(compared: Compared, agreement: _Agreement) -> Iterator[list[int]]:
    """The units of each claim."""
    for units in clusters(len(compared.units), agreement.bonds(), agreement.of, least=AGREEMENT):
        if sum(len(compared.members[unit]) for unit in units) > 1 and not compared.furniture(units):
            yield units


def _claim(compared: Compared, agreement: _Agreement, units: Sequence[int], vectors: Floats) -> Claim:
    said = [compared.said[i] for i in sorted(place for unit in units for place in compared.members[unit])]
    known = {one.statement.id for one in said}
    mentions = [_mention(one, side, compared, known) for one, side in zip(said, _sides(said), strict=True)]
    placed = sorted(zip(mentions, said, strict=True), key=lambda pair: pair[0].order)
    mentions = [m for m, _ in placed]
    # Where there is nobody but deniers, they are what is known of the claim.
    ahead = [(m, s) for m, s in placed if m.side == "for"] or placed
    forward = [m for m, _ in ahead]
    told = telling([s for _, s in ahead], vectors)
    close = {m.statement.id for m in forward if agreement.of(*_pair(compared, m, told)) >= CLOSE}
    trace = Trace(forward, compared.copying, close)
    return Claim(
        id=claim_id(mentions[0].statement.id),
        text=told.text,
        occurrences=tuple(
            Occurrence(statement=m.statement.id, article=m.article.id, carriage=m.carried.carriage) for m in mentions
        ),
        origins=tuple(trace.origins()),
        independent_sources=trace.independent(),
        denied_by=tuple(m.statement.id for m in mentions if m.side == "against"),
        laundering=tuple(laundering.steps(forward, trace)),
        score=round(agreement.within(units), 4),
        reasons=tuple(reasons(mentions, [s for _, s in placed], trace)),
    )


def _pair(compared: Compared, mention: Mention, told: Said) -> tuple[int, int]:
    one, other = compared.unit_of[mention.statement.id], compared.unit_of[told.statement.id]
    return min(one, other), max(one, other)


def _sides(said: Sequence[Said]) -> list[Side]:
    """The side of each statement: against is who denies, or negates what most of the others have without negation.

    Only stems that half of the others hold are looked at, and only where the statement holds them itself: who does not
    speak of a thing says nothing against it. Of two halves the earlier decides.
    """
    held = Counter(stem for s in said for stem in s.content.stems)
    core = {stem for stem, n in held.items() if 2 * (n - 1) >= len(said) - 1}
    usual = {stem: _negated(stem, said) for stem in core if any(stem in s.content.negated for s in said)}
    return [
        "asks" if s.stance == "questions" else "against" if _turned(s, usual) != (s.stance == "denies") else "for"
        for s in said
    ]


def _negated(stem: str, said: Sequence[Said]) -> bool:
    """Whether those who speak of it, and neither deny nor ask, mostly negate it."""
    speak = [s for s in said if stem in s.content.stems]
    plain = [s for s in speak if s.stance not in ("denies", "questions")] or speak
    negating = [stem in s.content.negated for s in plain]
    return negating[0] if 2 * sum(negating) == len(negating) else 2 * sum(negating) > len(negating)


def _turned(said: Said, usual: Mapping[str, bool]) -> bool:
    """Whether a statement negates what others do not, or the reverse; in a long one that may be another matter."""
    if len(said.content.words) > _SHORT:
        return False
    return any(
        (stem in said.content.negated) != negated for stem, negated in usual.items() if stem in said.content.stems
    )


def _mention(said: Said, side: Side, compared: Compared, known: AbstractSet[str]) -> Mention:
    statement = said.statement
    attribution = statement.attribution
    cue = text_of(said.reading.article.text, attribution.cue) if attribution else ""
    found = carried(attribution, cue, said.text, compared.media)
    nested = min(said.within & known, default=None)
    if nested is not None and found.carriage == "origin":
        found = Carried("relay", found.medium)
    # A says that B wants or denies it: that is A's word. A says that B said so: that is B's.
    if nested is None and said.outer is not None and said.outer.id in known and said.stance != "affirms":
        nested = said.outer.id
    outer = said.outer.attribution if said.outer else None
    if outer is not None and outer.standing == "outlet" and found.medium is None:
        found = Carried(found.carriage, outer.entity)
    party = compared.sources.party(attribution) if attribution else None
    return Mention(
        statement=statement,
        article=said.reading.article,
        time=said.time,
        carried=found,
        entity=said.entity,
        party=compared.sources.party_key(party),
        party_name=party,
        side=side,
        runs=said.content.runs,
        nested=nested,
    )

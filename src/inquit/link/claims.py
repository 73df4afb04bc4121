"""Claims: which statements of many articles put one proposition forward, and on whose word it stands.

Contents that are alike are compared pair by pair (``link.pairs``), bonded (``link.bonds``) and clustered
(``link.clusters``). Of each cluster an account is given (``link.accounts``). What is kept of all that is brought up to
the articles that came and went, which gives what a run from nothing gives. ``docs/design/claims.md`` has the
definitions, ``docs/design/growth.md`` how this grows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import combinations, islice

import numpy as np

from inquit.link import bonds
from inquit.link.accounts import Floats, account
from inquit.link.clusters import Clusters
from inquit.link.compared import Said
from inquit.link.joined import Joined
from inquit.link.memory import Memory
from inquit.link.mentions import Copying
from inquit.link.otherwise import Otherwise
from inquit.link.owners import Outlets
from inquit.link.pairs import SAME_WORDS
from inquit.link.propositions import Wording
from inquit.link.stores import UnitStore
from inquit.link.units import Told, unpacked
from inquit.records import Claim, Copy, Reading
from inquit.text import extent

LIKELY = 0.5  # bond that may join two clusters
AGREEMENT = 0.2  # mean score over two clusters at which they are one
_SAMPLE = 8  # units whose mean bond with each other is a claim's score
_READINGS, _UNITS = 2000, 20_000  # in memory at once


def find_claims(readings: Sequence[Reading], copies: Sequence[Copy], outlets: Outlets | None = None) -> list[Claim]:
    """Claims of two or more statements, in order of their first occurrence; pure, and no order of ``readings`` shows.

    ``outlets`` are a desk's own, else those of the data.
    """
    store = Memory(readings, copies)
    update_claims(store, Otherwise(), outlets)
    order = store.order()
    return sorted(store.claims, key=lambda claim: order[claim.occurrences[0].statement])


def update_claims(store: UnitStore, copied: Otherwise, outlets: Outlets | None = None, *, workers: int = 1) -> None:
    """Bring the claims up to the units that are new and gone, and to copies that are others now."""
    changed = bonds.update(store, workers)
    gone, ruled = store.gone().keys(), store.ruled()
    clusters = Clusters(store, least=AGREEMENT, likely=LIKELY, apart=ruled.apart)
    found = clusters.update(changed.units | (ruled.changed - gone), gone)
    store.keep_homes(found.homes)
    store.keep_near(found.near)
    joined = Joined(store, ruled)
    affected = {
        *found.differ,
        *store.new(),
        *joined.within(changed.pairs),
        *store.reworded(),
        *_copied(store, copied, joined),
        *(ruled.changed - gone),
    }
    groups = list(joined.groups(affected))
    store.drop_claims(affected.union(*groups))
    # Those of the same articles one after the other: what is in memory of these is needed again.
    groups.sort(key=lambda units: store.first_said(units[0]))
    accounts = _Accounts(store, outlets)
    store.keep_claims(claim for units in groups if (claim := accounts.claim(units)))


def _copied(store: UnitStore, copied: Otherwise, joined: Joined) -> Iterator[int]:
    """Units of claims that may be told otherwise since copies are others."""
    yield from store.in_articles(copied.articles)
    yield from store.in_both(copied.pairs)
    # Whether articles hang together is asked of sentences that may be furniture: units by themselves (``_furniture``).
    yield from joined.alone(store.repeated(copied.hanging))


class _Accounts:
    """Tells claims from clusters."""

    def __init__(self, store: UnitStore, outlets: Outlets | None) -> None:
        self._store, self._outlets = store, outlets
        self._told = lru_cache(maxsize=_READINGS)(lambda article: Told(store.stating(article)))
        self._units = lru_cache(maxsize=_UNITS)(partial(_told_of, store))
        self._copying = Copying(store.chained)

    def claim(self, cluster: Sequence[int]) -> Claim | None:
        """The claim of one cluster, or of several joined; None where it is a single statement, or furniture."""
        sayings = self._store.sayings(cluster)
        if len(sayings) < 2:
            return None
        sayings.sort(key=lambda one: self._told(one[2]).order(one[1]))
        told = [
            (self._told(article).said(statement, self._units(unit)[0]), unit) for unit, statement, article in sayings
        ]
        said = [one for one, _ in told]
        if _one_passage(said) or (len(cluster) == 1 and _furniture(said, self._copying)):
            return None
        unit_of = {one.statement.id: unit for one, unit in told}
        near = _beside(cluster, self._store)

        def agree(one: Said, other: Said) -> float:
            return _bond(near, unit_of[one.statement.id], unit_of[other.statement.id])

        rows = np.stack([self._units(unit)[1] for _, unit in told])
        few = list(combinations(cluster[:_SAMPLE], 2))
        score = round(sum(_bond(near, *pair) for pair in few) / len(few), 4) if few else SAME_WORDS
        return account(said, rows, self._copying, agree, score=score, outlets=self._outlets)


def _told_of(store: UnitStore, unit: int) -> tuple[Wording, Floats]:
    """What is told of a unit, and its vector with length 1."""
    packed, vector = store.units([unit])[unit]
    row = np.frombuffer(vector, np.int8).astype(np.float32)
    return unpacked(packed), np.asarray(row / max(float(np.linalg.norm(row)), 1.0), np.float32)


def _beside(cluster: Sequence[int], store: UnitStore) -> Mapping[int, Mapping[int, float]]:
    """The bonds of the units of a cluster."""
    counts, others, scores = store.bonded(cluster)
    bonds = iter(zip(others.tolist(), scores.tolist(), strict=True))
    return {unit: dict(islice(bonds, count)) for unit, count in zip(cluster, counts.tolist(), strict=True)}


def _bond(bonds: Mapping[int, Mapping[int, float]], one: int, other: int) -> float:
    return SAME_WORDS if one == other else bonds[one].get(other, 0.0)


def _one_passage(told: Sequence[Said]) -> bool:
    """Whether all statements are read off one passage: a sentence, and a clause of it that somebody is given too."""
    if len({one.article.id for one in told}) > 1:
        return False
    spans = [extent(one.statement.content) for one in told]
    longest = max(spans, key=lambda span: span[1] - span[0])
    return all(longest[0] <= start and end <= longest[1] for start, end in spans)


def _furniture(told: Sequence[Said], copying: Copying) -> bool:
    """Whether statements of the same words are a sentence that an outlet prints, by itself, in articles not copied."""
    if any(one.statement.attribution for one in told):
        return False
    articles = [one.article for one in told]
    chains = [copying.chain(a.id) or a.id for a in articles]
    return len({a.outlet for a in articles}) == 1 and len(set(chains)) == len(chains)

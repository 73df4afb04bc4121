"""Copies among all the articles of a ledger, brought up to those that came and went.

Articles are found by the fingerprints that they share (``link.meetings``) and compared two by two (``link.taken``); of
two that are alike it is told who took from whom (``link.descent``). Lines are drawn (``link.chains``) among those that
hang together, and only what came out otherwise is written anew (``link.copied``).
``docs/design/copies.md`` has the method, ``docs/design/growth.md`` how this grows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache, partial
from itertools import groupby
from operator import itemgetter

import numpy as np

from inquit.link.agencies import is_agency
from inquit.link.align import Text, text_from
from inquit.link.chains import Found, lines, parents
from inquit.link.copied import Drawn, Telling
from inquit.link.descent import direction
from inquit.link.kinds import told
from inquit.link.meetings import Due, Meetings
from inquit.link.otherwise import Otherwise, otherwise
from inquit.link.owners import Outlets, known_outlets
from inquit.link.signing import Signatures
from inquit.link.stores import Alike, CopyStore
from inquit.link.taken import Taken, Taking
from inquit.link.texts import Texts
from inquit.records import Article, Copy

_TEXTS = 3000  # in memory at once


def find_copies(articles: Sequence[Article], outlets: Outlets | None = None) -> list[Copy]:
    """Copies among the articles: for each the articles that cover most of it, as few lines as join all of them.

    Pure, and the same for any order of the articles. Two articles of which one is a copy of the other are joined by a
    chain of lines; no chain of directions leads back to where it began. ``outlets``, a desk's own or else those of the
    data, tell which are of one owner.
    """
    store = Texts(articles)
    update_copies(store, outlets)
    return store.in_order()


def update_copies(store: CopyStore, outlets: Outlets | None = None) -> Otherwise:
    """Bring the copies up to the articles that came and went; of which articles claims are to be told anew."""
    return _Copies(store, outlets or known_outlets()).update()


class _Copies:
    def __init__(self, store: CopyStore, outlets: Outlets) -> None:
        self._store = store
        self._meetings = Meetings(store)
        self._signatures = Signatures(store)
        self._text = lru_cache(maxsize=_TEXTS)(partial(_as_told, store, self._meetings))
        self._rank = cache(partial(_ranked, store))
        self._otherwise: set[tuple[int, int]] = set()  # pairs of which something is told anew, the source first
        self._telling = Telling(store, self._signatures, outlets)

    def update(self) -> Otherwise:
        unsettled, untold = self._store.unsettled(), self._store.untold()
        due = self._meetings.update(unsettled)
        touched = {*due.articles, *self._like(due.articles)}
        touched |= self._compare(due)
        touched |= self._like(due.articles)
        renamed = {number for number in sorted(touched) if self._signatures.sign(number)}
        around = self._like(renamed)
        for number in sorted(touched | around):
            self._direct(number, renamed)
        found = Otherwise()
        left = touched | around | untold
        while left:
            family = self._family(left.pop())
            left -= family
            some = self._settle(family, anew=not untold.isdisjoint(family), lost=not unsettled.isdisjoint(family))
            found = found.and_(some)
        return found

    def _like(self, numbers: Iterable[int]) -> set[int]:
        return set[int]().union(*map(self._store.like, numbers))

    def _compare(self, due: Due) -> set[int]:
        """Find out which articles are like those that are due; others that may be like others than before."""
        self._store.part(due.articles)
        meeting = set(self._meetings.pairs(due.articles | due.parting))
        touched = self._parted(due.parting, meeting)
        pairs = [
            pair if pair[0] in due.articles else pair[::-1] for pair in meeting if not due.articles.isdisjoint(pair)
        ]
        for one, other in (pair for pair in meeting if due.articles.isdisjoint(pair) and due.may_be_new(*pair)):
            if other not in self._store.like(one):
                pairs.append((one, other))
                touched |= {one, other}
        for one, held in groupby(sorted(pairs), key=itemgetter(0)):
            taking = Taking(self._text(one))
            for _, other in held:
                found = taking.with_(self._text(other))
                if found is not None:
                    self._join(one, other, found)
        return touched

    def _parted(self, parting: AbstractSet[int], meeting: AbstractSet[tuple[int, int]]) -> set[int]:
        """Part those that do not meet any more, of those that were like them; both."""
        pairs = [(one, other) for one in sorted(parting) for other in self._store.like(one)]
        parted = {pair for pair in pairs if (min(pair), max(pair)) not in meeting}
        for pair in parted:
            self._store.part_two(*pair)
        return {number for pair in parted for number in pair}

    def _join(self, one: int, other: int, found: Taken) -> None:
        for number, with_, side in ((one, other, found.one), (other, one, found.other)):
            bits = np.packbits(side.found & side.body).tobytes()
            self._store.join(number, Alike(with_, found.strength, float(side.found.mean()), bits))

    def _direct(self, number: int, renamed: AbstractSet[int]) -> None:
        """Tell of an article and those that are like it who took from whom, and which it took most from."""
        before = [Alike(*row) for row in self._store.alike(number)]
        rows = [
            self._directed(number, row) if not row.certainty or not renamed.isdisjoint((number, row.other)) else row
            for row in before
        ]
        best = parents((row for row in rows if row.certainty > 0), self._rank)
        for row, were in zip(rows, before, strict=True):
            if (now := row._replace(parent=row.other in best)) != were:
                self._store.join(number, now)

    def _directed(self, number: int, row: Alike) -> Alike:
        one, other = sorted((number, row.other), key=self._rank)
        way = direction(self._signatures.of(one), self._signatures.of(other))
        source, target = (one, other) if way.forward else (other, one)
        self._otherwise.add((source, target))
        return row._replace(certainty=way.certainty if target == number else -way.certainty)

    def _family(self, number: int) -> set[int]:
        """An article with all that hang together with it."""
        found, left = {number}, [number]
        while left:
            fresh = self._store.like(left.pop()) - found
            found |= fresh
            left += fresh
        return found

    def _settle(self, family: AbstractSet[int], *, anew: bool, lost: bool) -> Otherwise:
        """Draw the lines of a family; for which articles these are others, all if some are ``lost`` to them."""
        found = [
            Found(other, number, round(share, 4), certainty, parent)
            for number in family
            for other, _, share, _, certainty, parent in self._store.alike(number)
            if certainty > 0
        ]
        before = self._store.copies(family)
        after = self._telling.copies(
            Drawn(lines(found, self._rank), self._rank, before, None if anew else self._otherwise)
        )
        self._store.keep_copies(before, after)
        ids = {number: self._store.known(number).id for number in family}
        if lost:
            return Otherwise(frozenset(ids.values()))
        return otherwise(before.values(), after.values(), {ids[number] for number in family & self._meetings.fresh})


def _as_told(store: CopyStore, meetings: Meetings, number: int) -> Text:
    """The text of an article with what its fingerprints say of its words."""
    return told(text_from(store.text(number)), meetings.marks(number), meetings.kinds(number))


def _ranked(store: CopyStore, number: int) -> tuple[bool, float, str]:
    """Agencies first, then by time, then by id."""
    holder = store.known(number)
    return not is_agency(holder.outlet or ""), holder.time, holder.id

"""What articles are signed with: the names that they give of agencies, and of outlets of articles like them."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from inquit.link.agencies import Names
from inquit.link.descent import Signature, Signed, outlet_of, signature
from inquit.link.stores import CopyStore

_ARTICLES = 3000  # in memory at once


class Kept(msgspec.Struct, frozen=True):
    """The signature of an article, and what it depends on beside the text: its outlet and those around it."""

    outlet: str | None
    around: tuple[str, ...]
    signature: Signature


_decode = msgspec.json.Decoder(Kept).decode


class Signatures:
    """The credits of articles, kept: to find them takes to read each line of a text."""

    def __init__(self, store: CopyStore) -> None:
        self._store = store
        self.of = lru_cache(maxsize=_ARTICLES)(self._of)
        self._names = lru_cache(maxsize=256)(Names)

    def sign(self, number: int) -> bool:
        """Find the credits of an article anew; whether they are others than before."""
        article, held = self._store.article(number), self._store.signature(number)
        before = _decode(held) if held else None
        outlet, outlets = outlet_of(article), {self._store.known(other).outlet for other in self._store.like(number)}
        around = tuple(sorted(filter(None, outlets)))
        if before and (before.outlet, before.around) == (outlet, around):
            return False
        found = Kept(outlet, around, signature(article, self._names((outlet, *around))))
        self._store.keep_signature(number, msgspec.json.encode(found))
        return before is None or found.signature != before.signature

    def _of(self, number: int) -> Signed:
        return Signed(self._store.article(number), _decode(self._store.signature(number)).signature)

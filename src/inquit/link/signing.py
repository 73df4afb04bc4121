"""What articles are signed with: the names that they give of agencies, and of outlets of articles like them."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from inquit.link.agencies import Names
from inquit.link.descent import Signature, Signed, outlet_of, signature
from inquit.link.stores import CopyStore

_ARTICLES = 3000  # in memory at once

_decode = msgspec.json.Decoder(Signature).decode


class Signatures:
    """The credits of articles, kept: to find them takes to read each line of a text."""

    def __init__(self, store: CopyStore) -> None:
        self._store = store
        self.of = lru_cache(maxsize=_ARTICLES)(self._of)
        self._names = lru_cache(maxsize=256)(Names)

    def sign(self, number: int) -> bool:
        """Find the credits of an article anew; whether they are others than before."""
        article = self._store.article(number)
        around = {self._store.known(other).outlet for other in self._store.like(number)}
        found = msgspec.json.encode(signature(article, self._names(frozenset({outlet_of(article), *around}))))
        if found == self._store.signature(number):
            return False
        self._store.keep_signature(number, found)
        return True

    def _of(self, number: int) -> Signed:
        return Signed(self._store.article(number), _decode(self._store.signature(number)))

"""Which statements a page is about, as conditions on the table ``told``."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from inquit.keep.choosing import part
from inquit.keep.search import query
from inquit.keep.store import Value
from inquit.keep.stored import stored

_OCCURRENCES = "SELECT statement FROM occurrence WHERE claim = (SELECT number FROM claim WHERE id = ?)"


class Sieve(msgspec.Struct, frozen=True, kw_only=True):
    """What a statement has to have; None is not asked for.

    ``entity``, ``party``, ``outlet`` and ``cue`` are whole names, ``like_…`` parts of them, in whatever case; ``claim``
    is an id; ``since`` is included, ``until`` is not, in seconds since 1970; ``voice`` is ``own`` or ``attributed``.
    """

    entity: str | None = None
    party: str | None = None
    outlet: str | None = None
    like_entity: str | None = None
    like_party: str | None = None
    like_outlet: str | None = None
    words: str | None = None
    since: float | None = None
    until: float | None = None
    voice: str | None = None
    standing: str | None = None
    stance: str | None = None
    framing: str | None = None
    cue: str | None = None
    claim: str | None = None

    @property
    def whole(self) -> bool:
        """Whether nothing is asked for."""
        return self == Sieve()

    def where(self) -> tuple[str, tuple[Value, ...]]:
        """A condition on a row of ``told``, and the values of its question marks."""
        found = list(self._conditions())
        return " AND ".join(sql for sql, _ in found) or "1", tuple(value for _, values in found for value in values)

    def _conditions(self) -> Iterator[tuple[str, tuple[Value, ...]]]:
        for column in ("entity", "party", "outlet", "cue"):
            if (name := getattr(self, column)) is not None:
                yield f"told.{column} IN (?, ?, ?, ?)", spellings(name)
        for column in ("entity", "party", "outlet"):
            if (name := getattr(self, f"like_{column}")) is not None:
                like = f"SELECT key FROM named WHERE kind = '{column}' AND key LIKE ? ESCAPE '\\'"  # noqa: S608 - our own
                yield f"told.{column} IN ({like})", (part(name),)
        for column, sign in (("standing", "="), ("stance", "="), ("framing", "="), ("since", ">="), ("until", "<")):
            if (value := getattr(self, column)) is not None:
                yield f"told.{column if sign == '=' else 'instant'} {sign} ?", (value,)
        if self.claim is not None:
            yield f"told.statement IN ({_OCCURRENCES})", (stored(self.claim),)
        if self.voice is not None:
            yield f"told.standing IS {'' if self.voice == 'own' else 'NOT '}NULL", ()
        if self.words is not None:
            matching = "SELECT rowid FROM statement_words WHERE statement_words MATCH ?"
            yield f"told.statement IN ({matching})", (query(self.words) or '""',)


def spellings(name: str) -> tuple[Value, Value, Value, Value]:
    """The keys that a name may have: SQLite makes letters of ASCII small and no others."""
    return tuple(stored(_small(one)) for one in (name, name.casefold(), name.upper(), name.title()))  # type: ignore[return-value]


def _small(name: str) -> str:
    return "".join(letter.lower() if letter.isascii() else letter for letter in name)

"""Rulings: filed, withdrawn, listed. What is shown follows within the same transaction; links do when they are made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from inquit import ids
from inquit.errors import Conflict, UsageError
from inquit.keep import reading
from inquit.keep.attaching import note_lost
from inquit.keep.comparing import PAIRS, alone, concerned
from inquit.keep.drafts import Draft, Place, key, kind_of, ruling, seen_who, settled
from inquit.keep.effect import Anchor
from inquit.keep.renaming import names_without, one_as, rename
from inquit.keep.shown import refresh
from inquit.keep.store import Row, Store
from inquit.keep.stored import packed, stored, unpacked, words
from inquit.keep.units import reword
from inquit.records import Ruling


class Compared(NamedTuple):
    """Statements that people have compared with others; of them those ruled apart from others of the same words."""

    all: frozenset[str]
    apart: frozenset[str]


_FIELDS = "r.body, w.at, w.who"
_JOINED = "ruling r LEFT JOIN withdrawal w ON w.ruling = r.number"


def rule(store: Store, draft: Draft, seen: str | None = None) -> Ruling:
    """File a ruling; what is shown is brought up to it in the same transaction. One that is held is held once.

    Raises UsageError, naming the repair, where something in the draft is not what it must be, and Conflict when
    somebody has ruled on the same since ``seen``.
    """
    with store.transaction():
        _unseen(store, draft.about, seen)
        found = settled(store, draft)
        at = _moment(draft.at)
        ident = ids.ruling_id(about=found.about, says=draft.says, value=found.value, who=draft.who, at=at)
        if held := one(store, ident):
            return held
        made = ruling(draft, found, ident, at)
        number = _file(store, made, found.places)
        _take_effect(store, number, made)
    return made


def withdraw(store: Store, ident: str, who: str, seen: str | None = None) -> Ruling:
    """Withdraw a ruling: what is shown is as if it had not been made, and its history tells of it.

    Raises UsageError when there is none of that id or it is withdrawn, Conflict as ``rule`` does.
    """
    seen_who(who)
    with store.transaction():
        row = store.row("SELECT number FROM ruling WHERE id = ?", stored(ident))
        held = one(store, ident)
        if row is None or held is None:
            raise UsageError(f"there is no ruling {ident}: `inquit rule LEDGER --history` shows those that there are")
        _unseen(store, held.about, seen)
        if held.withdrawn is not None:
            raise UsageError(f"{ident} was withdrawn by {held.withdrawn_by} at {held.withdrawn} already")
        at = _moment(None)
        store.rows("INSERT INTO withdrawal (ruling, who, at) VALUES (?, ?, ?)", row[0], stored(who), at)
        _take_effect(store, row[0], held)
        for (article,) in store.rows("SELECT article FROM anchor WHERE ruling = ? AND lost", row[0]):
            note_lost(store, article)
    return msgspec.structs.replace(held, withdrawn=at, withdrawn_by=who)


def one(store: Store, ident: str) -> Ruling | None:
    """The ruling of that id."""
    row = store.row(f"SELECT {_FIELDS} FROM {_JOINED} WHERE r.id = ?", stored(ident))  # noqa: S608 - our own
    return _ruling(row) if row else None


def listed(
    store: Store, *, about: str | None = None, who: str | None = None, start: int = 0, most: int | None = None
) -> list[Ruling]:
    """Rulings, the newest first, those withdrawn too: about a thing, by somebody; ``most`` of them after ``start``."""
    numbers = "" if about is None else "AND r.number IN (SELECT value FROM json_each(?3))"
    rows = store.rows(
        f"SELECT {_FIELDS} FROM {_JOINED} WHERE (?1 IS NULL OR r.who = ?1) {numbers}"  # noqa: S608 - our own
        " ORDER BY r.number DESC LIMIT ?2 OFFSET ?4",
        None if who is None else stored(who),
        -1 if most is None else most,
        msgspec.json.encode([] if about is None else _about(store, about)).decode(),
        start,
    )
    return [_ruling(row) for row in rows]


def seen(store: Store, about: str) -> str:
    """What has been ruled about a thing so far, as ``rule`` takes it: it changes with each ruling and withdrawal."""
    last, withdrawn = _last(store, about)
    return "" if last is None else f"{last.id}/{withdrawn}"


def unattached(store: Store) -> list[Ruling]:
    """The rulings in force whose words were not found again, the newest first."""
    rows = store.rows(
        f"SELECT {_FIELDS} FROM {_JOINED} WHERE w.number IS NULL"  # noqa: S608 - our own
        " AND r.number IN (SELECT ruling FROM anchor WHERE lost) ORDER BY r.number DESC"
    )
    return [_ruling(row) for row in rows]


def compared(store: Store) -> Compared:
    """The statements of rulings in force on whether two things are one claim."""
    rows = store.rows(
        "SELECT statement, place = 0 AND ruling IN (SELECT ruling FROM apart) FROM anchor"
        " WHERE NOT lost AND ruling IN (SELECT number FROM in_force WHERE says IN ('same-claim', 'not-same-claim'))"
    )
    ruled = {words(statement): bool(apart) for statement, apart in sorted(rows, key=lambda row: row[1])}
    return Compared(frozenset(ruled), frozenset(ident for ident, apart in ruled.items() if apart))


# -- who has ruled meanwhile


def _unseen(store: Store, about: str, before: str | None) -> None:
    """Raise Conflict when there is a ruling, or a withdrawal, that ``before`` does not know."""
    if before is None:
        return
    known, _, counted = before.partition("/")
    last, withdrawn = _last(store, about)
    if last is None or (known == last.id and withdrawn <= int(counted or withdrawn)):
        return
    if known == last.id:
        last = _last_withdrawn(store, about)
    value = f" {last.value}" if last.value else ""
    who, what, when = last.who, f"has ruled {last.says}{value[:200]}", last.at
    if known == last.id or last.withdrawn is not None:
        who, what, when = (
            last.withdrawn_by or last.who,
            f"has withdrawn {last.says}{value[:200]}",
            last.withdrawn or when,
        )
    raise Conflict(f"{who} {what} about {last.about} at {when}: look at that, then rule again", last)


def _last(store: Store, about: str) -> tuple[Ruling | None, int]:
    """The newest ruling about a thing, and how many about it are withdrawn."""
    numbers = _about(store, about)
    if not numbers:
        return None, 0
    row = store.row(f"SELECT {_FIELDS} FROM {_JOINED} WHERE r.number = ?", numbers[-1])  # noqa: S608 - our own
    (count,) = store.row(
        "SELECT count(*) FROM withdrawal WHERE ruling IN (SELECT value FROM json_each(?))",
        msgspec.json.encode(numbers).decode(),
    ) or (0,)
    return (_ruling(row), count) if row else (None, 0)


def _last_withdrawn(store: Store, about: str) -> Ruling:
    [row] = store.rows(
        f"SELECT {_FIELDS} FROM {_JOINED} WHERE r.number IN (SELECT value FROM json_each(?))"  # noqa: S608 - our own
        " AND w.number IS NOT NULL ORDER BY w.number DESC LIMIT 1",
        msgspec.json.encode(_about(store, about)).decode(),
    )
    return _ruling(row)


def _about(store: Store, about: str) -> list[int]:
    """The numbers of the rulings about a thing: under any id or name that it had, and as the other one of a pair."""
    keys = {key(about)} if kind_of(about) else one_as(store, about)
    if kind_of(about) == "c":
        now = reading.claim(store, about)
        keys |= {words(i) for (i,) in store.rows(_ALIASES, stored(now.id if now else about))}
    rows = [row for k in sorted(keys) for row in store.rows("SELECT number FROM ruling WHERE about = ?", stored(k))]
    if kind_of(about) == "s":
        rows += store.rows("SELECT ruling FROM anchor WHERE statement = ?", stored(about))
    return sorted({number for (number,) in rows})


_ALIASES = """
WITH RECURSIVE was (id) AS (SELECT ? UNION SELECT claim_id.id FROM was JOIN claim_id ON alias_of = was.id)
SELECT id FROM was
"""


# -- filing


def _file(store: Store, made: Ruling, places: Iterable[Place]) -> int:
    row = store.row(
        "INSERT INTO ruling (id, about, says, who, article, body) VALUES"
        " (?, ?, ?, ?, (SELECT number FROM article WHERE id = ?), ?) RETURNING number",
        made.id,
        stored(key(made.about)),
        made.says,
        stored(made.who),
        stored(made.article or ""),
        packed(made),
    )
    number = int(row[0]) if row else 0
    # Asked before any of them is fastened: a ruling is no reason of its own.
    fastened = [(at, _anchor(store, made, at)) for at in places]
    store.many(
        "INSERT INTO anchor VALUES (?, ?, (SELECT number FROM article WHERE id = ?), ?, 0, ?)",
        (
            (number, place, stored(at.article), at.statement and stored(at.statement), packed(anchor))
            for place, (at, anchor) in enumerate(fastened)
        ),
    )
    if made.says == "not-same-claim":
        store.rows(_ONE_UNIT, number)
    return number


def _anchor(store: Store, made: Ruling, at: Place) -> Anchor:
    known = made.says in PAIRS and at.statement is not None and alone(store, at.statement)
    return msgspec.structs.replace(at.anchor, alone=known)


# A unit is in one claim alone: who is ruled apart from others of the same words gets a unit of its own.
_ONE_UNIT = """
INSERT INTO apart SELECT ?1 WHERE EXISTS (
  SELECT 1 FROM anchor one JOIN statement s ON s.id = one.statement
  JOIN anchor two ON two.ruling = ?1 AND two.place > 0 JOIN statement t ON t.id = two.statement
  LEFT JOIN saying mine ON mine.statement = s.number LEFT JOIN saying theirs ON theirs.statement = t.number
  WHERE one.ruling = ?1 AND one.place = 0 AND (mine.unit = theirs.unit OR lower(s.content) = lower(t.content)))
"""


def _take_effect(store: Store, number: int, made: Ruling) -> None:
    """Bring what is shown, and what is due to be linked, up to a ruling that was filed or withdrawn."""
    if made.says == "same-entity":
        rename(store, names_without(store, number))
        return
    if made.says in PAIRS:
        for article in list(concerned(store, number)):
            reword(store, article)
        store.rows("UPDATE state SET revision = revision + 1")
        return
    if made.says in ("reliability", "credibility", "note"):
        return
    for (article,) in store.rows("SELECT DISTINCT article FROM anchor WHERE ruling = ? AND place = 0", number):
        refresh(store, article)


def _ruling(row: Row) -> Ruling:
    body, at, who = row
    found = unpacked(body, Ruling)
    return found if at is None else msgspec.structs.replace(found, withdrawn=at, withdrawn_by=words(who))


def _moment(given: str | None) -> str:
    """A time in UTC, to the microsecond; now where none is given."""
    if given is None:
        moment = datetime.now(UTC)
    else:
        try:
            moment = datetime.fromisoformat(given)
        except ValueError as error:
            raise UsageError(f"{given!r} is no time: write it as 2031-04-08T07:10:00Z") from error
        if moment.tzinfo is None:
            raise UsageError(f"{given!r} does not tell its zone: end it with Z where it is UTC")
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")

"""What follows from the records and can be made anew: indexes, lists, copies, claims, and the state of linking."""

from __future__ import annotations

from collections.abc import Iterator

from inquit.clock import instant
from inquit.keep import shown
from inquit.keep.filing import each
from inquit.keep.store import Store
from inquit.keep.stored import unpacked, words
from inquit.keep.units import mark_place, numbers
from inquit.records import Copy

_INDEXES = ("article_words", "statement_words")
_LINKED = (
    *("claim", "copy", "alike", "signed", "mark", "prepared", "home", "near", "bond"),
    *("unit_key", "saying", "unit", "due_unit", "due_article", "due_mark"),
    *("due_saying", "linked_pair"),
)
# A list, and what it has to be: each a view of the records, or a query of them.
_LISTS = (
    ("told", "SELECT * FROM told", "SELECT * FROM telling WHERE article NOT IN (SELECT article FROM superseded)"),
    ("tally", "SELECT * FROM tally", "SELECT * FROM tallying"),
    (
        "named",
        "SELECT kind, key, statements FROM named",
        (
            "SELECT kind, key, count(*) FROM (SELECT 'entity' AS kind, entity AS key FROM told UNION ALL"
            " SELECT 'party', party FROM told UNION ALL SELECT 'outlet', outlet FROM told) WHERE key IS NOT NULL"
            " GROUP BY kind, key"
        ),
    ),
)
_BY_KEY = "SELECT 1 FROM unit_key WHERE key = ? AND place = ?"
_BY_MARK = "SELECT 1 FROM mark WHERE mark = ? AND place = ?"


def findings(store: Store) -> Iterator[str]:
    """What does not agree with the records, one line a finding."""
    yield from _instants(store)
    yield from _state(store)
    yield from _copies(store)
    yield from _units(store)
    yield from _filed(store)
    for name, held, due in _LISTS:
        if store.row(f"SELECT * FROM ({held} EXCEPT {due}) LIMIT 1") or store.row(  # noqa: S608 - words of our own
            f"SELECT * FROM ({due} EXCEPT {held}) LIMIT 1"  # noqa: S608
        ):
            yield f"table {name}: it does not agree with the records"


def mend(store: Store) -> None:
    """Make anew, in one transaction, what does not come from linking; links are made from nothing the next time.

    Claims keep their ids.
    """
    with store.transaction():
        for name in _LINKED:
            store.rows(f"DELETE FROM {name}")  # noqa: S608 - names of our own
        for index in _INDEXES:
            store.rows(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")  # noqa: S608
        for number, published in store.rows("SELECT number, published FROM article"):
            time = None if published is None else instant(words(published))
            store.rows("UPDATE article SET instant = ?2 WHERE number = ?1 AND instant IS NOT ?2", number, time)
        store.rows("DELETE FROM tally")
        store.rows("DELETE FROM told")
        store.rows("DELETE FROM named")
        store.rows("INSERT INTO told SELECT * FROM telling WHERE article NOT IN (SELECT article FROM superseded)")
        known = shown.names(store)
        for (number,) in store.rows("SELECT number FROM article"):
            shown.refresh(store, number, known)
        # Which id stands for which is found again from what each was minted from.
        store.rows("UPDATE claim_id SET alias_of = NULL")
        store.rows("UPDATE state SET revision = max(revision, linked) + 1, linked = -1")


def _instants(store: Store) -> Iterator[str]:
    for ident, published, time in store.rows("SELECT id, published, instant FROM article"):
        if time != (None if published is None else instant(words(published))):
            yield f"{words(ident)}: its place in time is not that of its date"


def _state(store: Store) -> Iterator[str]:
    rows = store.rows("SELECT revision, linked FROM state")
    if len(rows) != 1 or rows[0][1] > rows[0][0]:
        yield "table state: it has not one row, or links from a revision to come"


def _copies(store: Store) -> Iterator[str]:
    rows = store.rows(
        "SELECT one.id, other.id, body FROM copy JOIN article one ON one.number = from_article"
        " JOIN article other ON other.number = to_article"
    )
    for one, other, body in rows:
        found = unpacked(body, Copy)
        if (found.from_, found.to) != (words(one), words(other)):
            yield f"the copy from {words(one)} to {words(other)}: the columns do not agree with the record"


def _units(store: Store) -> Iterator[str]:
    for (ident,) in store.rows(
        "SELECT id FROM saying JOIN statement ON statement.number = saying.statement"
        " WHERE unit NOT IN (SELECT number FROM unit)"
    ):
        yield f"{ident}: what is compared of it is not there"
    for (number,) in store.rows("SELECT number FROM unit WHERE number NOT IN (SELECT unit FROM saying)"):
        yield f"unit {number}: no statement has it"
    for table in ("bond", "home", "near"):
        # Those that are gone are taken away when links are made.
        for (number,) in store.rows(
            f"SELECT DISTINCT unit FROM {table} WHERE unit NOT IN"  # noqa: S608 - names of our own
            " (SELECT number FROM unit UNION SELECT unit FROM due_unit)"
        ):
            yield f"unit {number}: it is not there, but in the table {table}"
    known = {number for (number,) in store.rows("SELECT number FROM unit UNION SELECT unit FROM due_unit")}
    filed = {place ^ key for key, place in each(store, "unit_key", "key, place")}
    for number in sorted(filed - known):
        yield f"unit {number}: it is not there, but in the table unit_key"


def _filed(store: Store) -> Iterator[str]:
    """Whether what was linked is found by all that it is to be found by."""
    for number, keys in store.rows(
        "SELECT number, keys FROM unit WHERE number NOT IN (SELECT unit FROM due_unit WHERE why = 'new')"
    ):
        if any(not store.row(_BY_KEY, key, number ^ key) for key in set(numbers(keys))):
            yield f"unit {number}: it is not found by all of its keys"
    for ident, number, marks, hows in store.rows(
        "SELECT id, number, marks, hows FROM prepared JOIN article ON number = article"
        " WHERE article NOT IN (SELECT article FROM due_article WHERE fresh)"
    ):
        held = zip(numbers(marks), hows, strict=True)
        if any(not store.row(_BY_MARK, mark, mark_place(number, how)) for mark, how in held):
            yield f"{words(ident)}: it is not found by all of its fingerprints"
    if store.row("SELECT 1 FROM alike WHERE (other, article) NOT IN (SELECT article, other FROM alike) LIMIT 1"):
        yield "table alike: an article is like another one, and not the other way round"

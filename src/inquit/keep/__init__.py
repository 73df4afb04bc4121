"""The ledger on disk: one SQLite file; the only place with SQL."""

from inquit.keep.choosing import Wanted
from inquit.keep.ledger import Ledger
from inquit.keep.reading import Counts
from inquit.keep.search import Hit
from inquit.keep.units import Unit
from inquit.keep.watching import Fetch, Seen, Version, WatchedFeed, WatchedPage, Watching

__all__ = [
    "Counts",
    "Fetch",
    "Hit",
    "Ledger",
    "Seen",
    "Unit",
    "Version",
    "Wanted",
    "WatchedFeed",
    "WatchedPage",
    "Watching",
]

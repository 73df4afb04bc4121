"""The ledger on disk: one SQLite file; the only place with SQL."""

from inquit.keep.backing import backup
from inquit.keep.choosing import Wanted
from inquit.keep.drafts import Draft
from inquit.keep.ledger import Ledger
from inquit.keep.merging import Merged, see
from inquit.keep.reading import Counts
from inquit.keep.search import Hit
from inquit.keep.units import Fingerprints, Unit
from inquit.keep.watching import Fetch, Seen, Version, WatchedFeed, WatchedPage, Watching

__all__ = [
    "Counts",
    "Draft",
    "Fetch",
    "Fingerprints",
    "Hit",
    "Ledger",
    "Merged",
    "Seen",
    "Unit",
    "Version",
    "Wanted",
    "WatchedFeed",
    "WatchedPage",
    "Watching",
    "backup",
    "see",
]

"""The ledger on disk: one SQLite file; the only place with SQL."""

from inquit.keep.ledger import Ledger
from inquit.keep.reading import Counts
from inquit.keep.search import Hit

__all__ = ["Counts", "Hit", "Ledger"]

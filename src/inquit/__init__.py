"""Reads news and keeps a ledger of who says what, on whose word.

``inquit.read`` reads texts, files and addresses, ``inquit.open`` opens a ledger: docs/library.md. Nothing is imported
before it is used.
"""

import sys
from importlib import import_module
from types import ModuleType

TYPE_CHECKING = False  # as typing has it, whose import would be nine tenths of this one's time
if TYPE_CHECKING:
    from inquit.api import Ledger, Readings, Trace, article, open, read, readings  # noqa: A004 - as gzip.open is

__all__ = ["Ledger", "Readings", "Trace", "article", "open", "read", "readings"]


class _Reads(ModuleType):
    """The package ``inquit.read``, which is called as well: importing it puts it in the place of the function."""

    def __call__(self, *given: object, **about: object) -> object:
        """As ``inquit.api.read``."""
        return import_module("inquit.api").read(*given, **about)


class _House(ModuleType):
    """This package, which makes ``inquit.read`` callable however it comes to be imported."""

    def __setattr__(self, name: str, value: object) -> None:
        if name == "read" and type(value) is ModuleType:
            value.__class__ = _Reads
        super().__setattr__(name, value)


def __getattr__(name: str) -> object:
    """What ``__all__`` names, imported when it is first asked for."""
    if name == "read":
        return import_module("inquit.read")
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("inquit.api"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


sys.modules[__name__].__class__ = _House

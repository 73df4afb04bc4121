"""Briefs: a dated report of a story out of a ledger, made once and rendered to the format that is wanted."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from inquit.brief.making import EXCERPT, MOST_CLAIMS, brief
from inquit.brief.model import Brief
from inquit.errors import UsageError, WorkError

__all__ = ["EXCERPT", "FORMATS", "MOST_CLAIMS", "Brief", "brief", "render"]

FORMATS = {
    "html": ("inquit.brief.html", "text/html"),
    "md": ("inquit.brief.markdown", "text/markdown"),
    "docx": ("inquit.brief.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": ("inquit.brief.pdf", "application/pdf"),
}
"""Name of a format -> the module that renders it, imported when it is used, and its media type."""


class _Renderer(Protocol):
    def render(self, brief: Brief) -> bytes: ...


def render(brief: Brief, to: str) -> bytes:
    """A brief as a file of the format ``to``, a key of FORMATS.

    Raises UsageError for another format and WorkError when the extra that the format needs is not installed.
    """
    if to not in FORMATS:
        raise UsageError(f"there is no format {to!r}: take one of {', '.join(FORMATS)}")
    try:
        module = import_module(FORMATS[to][0])
    except ImportError as error:
        if error.name not in {"docx", "typst"}:
            raise
        raise WorkError(f"a brief as {to} needs: pip install 'inquit[brief]'") from error
    return cast("_Renderer", module).render(brief)

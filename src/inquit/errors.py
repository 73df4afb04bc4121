"""Exceptions, for the caller's and the machine's trouble; Problem codes, for trouble in the data.

* InquitError
  + UsageError   the call is wrong: mend the arguments (exit code 2)
  + WorkError    the work could not be done: the message names the repair (exit code 3)
    + Conflict   somebody else has ruled on it meanwhile: the message says who, what and when
"""

from __future__ import annotations

from typing import Any


class InquitError(Exception):
    """Anything this package raises on purpose."""

    exit_code = 3


class UsageError(InquitError):
    """The arguments do not fit together; the message says which."""

    exit_code = 2


class WorkError(InquitError):
    """The work could not be done: nothing readable, a full disk, a missing model."""


class Conflict(WorkError):  # noqa: N818 - what it is called between two people
    """Somebody has ruled, or withdrawn a ruling, since the caller looked: the message says who, what and when.

    ``ruling`` is that ``records.Ruling``.
    """

    def __init__(self, message: str, ruling: object) -> None:
        super().__init__(message)
        self.ruling: Any = ruling


PROBLEMS = {
    "address": "an address that is not fetched: no http or https, malformed, or in a private network",
    "archive-broken": "a compressed file ends early or is damaged",
    "binary": "the bytes are no text",
    "broken": "a document is damaged, or not well-formed",
    "column-missing": "a table lacks a column that was asked for, or the column text",
    "content-type": "a server answers with what holds no article, such as a picture",
    "date": "a date was given that is none",
    "decoding": "bytes that do not fit the encoding were replaced",
    "empty": "the input holds no text",
    "encrypted": "an input is locked with a password",
    "extra-missing": "this kind of input needs an optional package",
    "extraction": "the program failed on an article's text; it was kept without statements",
    "feed-broken": "a feed or sitemap is not well-formed",
    "fetch-failed": "a server could not be reached, or broke off",
    "fetch-later": "a server is busy and asks to come back later",
    "fetch-status": "a server answers that it does not give the page",
    "fetch-timeout": "a server took too long",
    "kind": "a kind of file that is not read",
    "language": "the article is in a language that the reader does not know",
    "links-only": "a feed or sitemap links to articles that are not in it",
    "no-date": "no date of publication was found",
    "not-found": "there is no such file or folder",
    "no-main-text": "no article was found in a page",
    "passed-over": "parts of an input that hold no article were passed over, and counted",
    "plugin": "a plug-in failed, or could not be loaded; the message names its package",
    "quote-unclosed": "a quotation mark opens and never closes",
    "record": "a record of an archive, or a mail of a mailbox, could not be read",
    "redirects": "an address leads on too often, or in a circle",
    "robots": "a site's robots.txt asks not to fetch the page, or could not be had",
    "row": "a row of a table could not be read",
    "ruling-unattached": "the words of a person's ruling were not found again in what was read anew",
    "too-large": "the input is larger than the limit",
    "unreadable": "the file could not be opened",
    "worker": "a page or file ended the process that read it, or took too long, each time; it was left out",
}
"""Every code a Problem may carry, with its meaning."""

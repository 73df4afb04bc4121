"""The form for a brief: of which claims, as what file, how much of others' text at once; and the file itself."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from inquit.brief import EXCERPT, FORMATS, MOST_CLAIMS, brief, render
from inquit.errors import UsageError, WorkError
from inquit.keep import Ledger, Wanted
from inquit.keep.browsing import Slice, WantedClaims
from inquit.keep.lines import ClaimLine
from inquit.keep.sieve import Sieve
from inquit.web.asking import Asked, Download, NotThereError, Shown
from inquit.web.extras import BRIEF_NEEDS, has
from inquit.web.lists import wanted_claims

MOST_EXCERPT = 200
MOST = 100
"""Claims of one brief at most."""

_NOTHING = "No claim fits all of this, so there is nothing to tell in a brief."
_NAMES = {"html": "web page (HTML)", "md": "Markdown", "docx": "Word (DOCX)", "pdf": "PDF"}


class Format(msgspec.Struct, frozen=True, kw_only=True):
    """A format of a brief, and whether this installation can make it."""

    name: str
    words: str
    made: bool


class BriefPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows: the first of the claims that the brief would tell of, and how many there are."""

    formats: list[Format]
    lines: list[ClaimLine]
    total: int
    named: bool
    title: str
    excerpt: int
    limit: int
    most: tuple[int, int]
    sifted: bool
    asked: Asked


def page(ledger: Ledger, asked: Asked) -> Shown:
    """The page ``/brief``: of the claims that fit what is asked for as on the story, or of those of ``claim``."""
    named, limit = _named(asked), asked.within("limit", 1, MOST, MOST_CLAIMS)
    if named:
        lines = list(ledger.browsing().claim_lines(named).values())
        total = len(lines)
    else:
        lines, total = ledger.browsing().claims(wanted_claims(ledger, asked), Slice(0, limit))
    found = BriefPage(
        formats=[
            Format(name=one, words=_NAMES[one], made=one not in BRIEF_NEEDS or has(BRIEF_NEEDS[one])) for one in FORMATS
        ],
        lines=lines,
        total=total,
        named=bool(named),
        title=asked.text("title") or "",
        excerpt=asked.within("excerpt", 0, MOST_EXCERPT, EXCERPT),
        limit=limit,
        most=(MOST_EXCERPT, MOST),
        sifted=bool(asked.again().partition("?")[2]),
        asked=asked,
    )
    return Shown("brief.html", found)


def brief_file(ledger: Ledger, asked: Asked) -> Download:
    """The brief that is asked for; raises NotThereError where no claim fits, WorkError where the extra is not there."""
    to = asked.choice("to", tuple(FORMATS))
    if to in BRIEF_NEEDS and not has(BRIEF_NEEDS[to]):
        raise WorkError(f"a brief as {to} needs: pip install 'inquit[brief]' on the machine of this reader")
    limit = asked.within("limit", 1, MOST, MOST_CLAIMS)
    wanted, words, claims = _chosen(ledger, asked, limit)
    try:
        made = brief(
            ledger,
            wanted,
            words=words,
            claims=claims,
            title=asked.text("title"),
            excerpt_words=asked.within("excerpt", 0, MOST_EXCERPT, EXCERPT),
            most=limit,
        )
    except UsageError as error:
        # Its own message speaks of the file and of the command line.
        raise NotThereError(_NOTHING) from error
    return Download(f"brief-{datetime.now(UTC):%Y-%m-%d}.{to}", FORMATS[to][1], render(made, to))


def _chosen(ledger: Ledger, asked: Asked, most: int) -> tuple[Wanted, str, list[str]]:
    """What a brief is asked for; where its own conditions cannot say it, the claims themselves."""
    if named := _named(asked):
        return Wanted(), "", named
    wanted = wanted_claims(ledger, asked)
    sieve = wanted.sieve
    names = Wanted(
        source=sieve.like_entity,
        party=sieve.like_party,
        outlet=sieve.like_outlet,
        since=sieve.since,
        until=sieve.until,
    )
    # A brief looks for words and names in any statements of a claim, the story for both in one.
    told = Sieve(words=sieve.words) if names == Wanted() else msgspec.structs.replace(sieve, words=None)
    if wanted == WantedClaims(sieve=told, order=wanted.order, new=wanted.new):
        return names, sieve.words or "", []
    lines, _ = ledger.browsing().claims(wanted, Slice(0, most))
    if not lines:
        raise NotThereError(_NOTHING)
    return Wanted(), "", [line.id for line in lines]


def _named(asked: Asked) -> list[str]:
    """Ids of claims, of which there may be several with commas between."""
    return [one for one in (asked.text("claim") or "").replace(",", " ").split() if one][:MOST]

"""An invented story in a ledger on disk, written in marked text; any words can be put into it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from inquit import ids, marked
from inquit.keep import Ledger
from inquit.records import Article, Attribution, Claim, Copy, Evidence, Occurrence, Origin, Reading, Statement, Step


class Row(NamedTuple):
    """One article with one statement; ``force`` is what differs from a person who affirms, None in own voice."""

    outlet: str
    published: str | None
    title: str
    carriage: str
    force: dict[str, str | None] | None
    text: str


STORY = (
    Row(
        "Harbour Post",
        "2026-03-02T07:10:00+01:00",
        "Inspectors had warned of cracks in fallen crane, official claims",
        "origin",
        {"entity": "port official who asked not to be named", "standing": "anonymous", "framing": "distancing"},
        "The crane fell at night.\n{s A port official, who asked not to be named}, {c alleged} "
        "{t that inspectors had warned of cracks in the crane}. He offered no proof. Nobody was hurt.",
    ),
    Row(
        "Meridian Wire",
        "2026-03-02T09:25:00+01:00",
        "Inspectors warned of cracks before harbour crane fell, newspaper says",
        "relay",
        {"entity": "Harbour Post", "standing": "outlet"},
        "{t Inspectors had warned of cracks in a harbour crane}, {c according to} {s the Harbour Post}. Fog lifted.",
    ),
    Row(
        "Daily Lantern",
        "2026-03-02T11:40:00+01:00",
        "Crane in Ellinport was cracked",
        "bare",
        None,
        "{v Inspectors had warned of cracks in a harbour crane}. Two berths remain closed.",
    ),
    Row(
        "Meridian Wire",
        "2026-03-03T10:30:00+01:00",
        "Port denies that inspectors warned of cracks",
        "origin",
        {"entity": "Ines Hallgard", "party": "Ellinport", "standing": "person", "stance": "denies"},
        "{s A city hall spokeswoman, Ines Hallgard}, {c denied} {t that inspectors had warned of cracks}. "
        "“Nobody told us,” she said.",
    ),
)


def kept(path: Path, rows: tuple[Row, ...] = STORY, *, authors: tuple[str, ...] = (), url: str | None = None) -> Path:
    """A ledger with the rows' articles and one claim that they all put forward."""
    readings = [_reading(number, row, authors, url) for number, row in enumerate(rows)]
    with Ledger.create(path) as ledger:
        ledger.keep(readings)
        ledger.keep_links(_copies(readings), [_claim(readings, rows)])
    return path


def _claim(readings: list[Reading], rows: tuple[Row, ...]) -> Claim:
    said = [found.statements[0] for found in readings]
    first = said[0].attribution
    origin = Origin(entity=(first.entity if first else None) or "Harbour Post", when=rows[0].published)
    return Claim(
        id=ids.claim_id(said[0].id),
        text=" ".join(readings[0].article.text[slice(*said[0].content[0])].split()),
        occurrences=tuple(
            Occurrence(statement=s.id, article=s.article, carriage=row.carriage)
            for s, row in zip(said, rows, strict=True)
        ),
        origins=(origin,),
        independent_sources=1,
        denied_by=tuple(s.id for s in said if s.attribution and s.attribution.stance == "denies"),
        laundering=tuple(Step(from_=said[1].id, to=s.id, lost="source") for s in said[2:3]),
        score=0.9,
        reasons=("same act",),
    )


def _copies(readings: list[Reading]) -> list[Copy]:
    ends = [found.article.id for found in readings[1:3]]
    return [Copy(from_=ends[0], to=ends[1], share=0.91, credit="dropped", score=0.97)] if len(ends) == 2 else []


def _reading(number: int, row: Row, authors: tuple[str, ...], url: str | None) -> Reading:
    read = marked.parse(row.text)
    (found,) = read.statements
    base = {"standing": "person", "stance": "affirms", "framing": "neutral"}
    said = None if row.force is None else Attribution(**{**base, **row.force}, source=found.source, cue=found.cue)
    ident = ids.article_id(
        external_id=str(number), outlet=row.outlet, published=row.published, title=row.title, text=read.text
    )
    article = Article(
        id=ident,
        external_id=str(number),
        url=url or f"https://news.example/{number}",
        outlet=row.outlet,
        title=row.title,
        published=row.published,
        authors=authors,
        text=read.text,
    )
    at = read.text.find("He offered no proof")
    return Reading(
        article=article,
        statements=(
            Statement(
                id=ids.statement_id(
                    article=ident,
                    source=found.source,
                    cue=found.cue,
                    content=found.content,
                    inside=None,
                    attributed=said is not None,
                ),
                article=ident,
                content=found.content,
                form=None if said is None else "indirect",
                attribution=said,
                evidence=Evidence(kind="lacking", span=(at, at + 19)) if at >= 0 else None,
                score=0.9,
                by="reader-en/1",
            ),
        ),
    )

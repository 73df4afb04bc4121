"""An invented claim on its way through five outlets, written in marked text, and makers of claims of any size."""

from typing import NamedTuple

from inquit import ids, marked
from inquit.records import Article, Attribution, Claim, Copy, Occurrence, Origin, Source, Statement, Step

CLAIM = "Inspectors had warned of cracks in the harbour crane"


class Row(NamedTuple):
    """One article with one statement: ``force`` is what differs from a person who affirms, None in own voice."""

    outlet: str | None
    published: str | None
    title: str | None
    carriage: str
    force: dict[str, str | None] | None
    text: str


_STORY = (
    Row(
        "Harbour Post",
        "2026-03-02T07:10:00+01:00",
        "Inspectors had warned of cracks in fallen crane, official claims",
        "origin",
        {"entity": "port official who asked not to be named", "standing": "anonymous", "framing": "distancing"},
        "The crane fell at night. {s A port official, who asked not to be named}, {c alleged} "
        "{t that inspectors had warned of cracks in the crane}. Nobody was hurt.",
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
        "Ellin Courier",
        "2026-03-02T12:55:00+01:00",
        "Inspectors warned of cracks, reports say",
        "vague",
        {"standing": "none"},
        "Work has stopped. {t Inspectors had warned of cracks in the crane}, {c according to} {s media reports}.",
    ),
    Row(
        "Harbour Post",
        "2026-03-03T08:00:00+01:00",
        "Crane warning confirmed",
        "relay",
        {"entity": "Meridian Wire and the Daily Lantern", "standing": "outlet", "framing": "endorsing"},
        "{t The warning of cracks in the crane}, first told by this newspaper, was {c confirmed by} "
        "{s Meridian Wire and the Daily Lantern}.",
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


class Ledger:
    """Records of one claim as a ledger would hand them out."""

    def __init__(self, given, *, losses=(), copies=(), denied=(), text=CLAIM):
        self.readings = [_reading(number, Row(*row)) for number, row in enumerate(given)]
        self.articles = {article.id: article for article, _, _ in self.readings}
        self.statements = {statement.id: statement for _, statement, _ in self.readings}
        self.order = [statement.id for _, statement, _ in self.readings]
        places = [article.id for article, _, _ in self.readings]
        self.copies = [
            Copy(from_=places[a], to=places[b], share=share, credit=credit, score=0.97, reasons=("credit line",))
            for a, b, share, credit in copies
        ]
        first = [(a.published, s.attribution) for a, s, _ in self.readings[:1] if s.attribution is not None]
        self.claim = Claim(
            id=ids.claim_id(self.order[0] if self.order else ""),
            text=text,
            occurrences=tuple(
                Occurrence(statement=s.id, article=a.id, carriage=carriage) for a, s, carriage in self.readings
            ),
            origins=tuple(Origin(entity=said.entity or "x", party=said.party, when=when) for when, said in first),
            independent_sources=1,
            denied_by=tuple(self.order[n] for n in denied),
            laundering=tuple(Step(from_=self.order[a], to=self.order[b], lost=lost) for a, b, lost in losses),
            score=0.9,
            reasons=("same act and object: warned of cracks", "no number differs"),
        )

    def sources(self):
        """The sources of the statements."""
        said = [(s.attribution, s.id, a.outlet) for a, s, _ in self.readings if s.attribution is not None]
        return [
            Source(entity=x.entity or "x", party=x.party, standing=x.standing, statements=(one,), outlets=(outlet,))
            for x, one, outlet in said
        ]


def story():
    """The way of the claim about the crane: six articles of four outlets."""
    losses = ((1, 2, "source"), (1, 3, "source"), (0, 1, "framing"))
    return Ledger(_STORY, losses=losses, copies=((1, 2, 0.91, "dropped"),), denied=(5,))


def _reading(number, row):
    read = marked.parse(row.text)
    (found,) = read.statements
    base = {"standing": "person", "stance": "affirms", "framing": "neutral"}
    said = None
    if row.force is not None:
        said = Attribution(**{**base, **row.force}, source=found.source, cue=found.cue)
    article = Article(
        id=ids.article_id(
            external_id=str(number), outlet=row.outlet, published=row.published, title=row.title, text=read.text
        ),
        external_id=str(number),
        url=f"https://news.example/{number}",
        outlet=row.outlet,
        title=row.title,
        published=row.published,
        text=read.text,
    )
    statement = Statement(
        id=ids.statement_id(
            article=article.id,
            source=found.source,
            cue=found.cue,
            content=found.content,
            inside=None,
            attributed=said is not None,
        ),
        article=article.id,
        content=found.content,
        form=None if said is None else "indirect",
        attribution=said,
        score=0.9,
        by="reader-en/1",
    )
    return article, statement, row.carriage

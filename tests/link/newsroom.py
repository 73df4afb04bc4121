"""Invented chains of articles for the tests of claims: each line of an article is one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from inquit.ids import article_id, statement_id
from inquit.link.claims import find_claims
from inquit.records import Article, Attribution, Claim, Copy, Framing, Reading, Stance, Standing, Statement


@dataclass(frozen=True)
class Line:
    """A content, and who is made to say it; without a standing it is the outlet's own voice."""

    words: str
    entity: str | None = None
    standing: Standing | None = None
    party: str | None = None
    through: str | None = None
    stance: Stance = "affirms"
    framing: Framing = "neutral"
    when: str | None = None


def own(words: str) -> Line:
    return Line(words)


def said(entity: str, words: str, **more: object) -> Line:
    return Line(words, entity, **{"standing": "person", "party": entity, **more})  # type: ignore[arg-type]


@dataclass
class Newsroom:
    """Articles in the order in which they are told; ``claims()`` links them."""

    readings: list[Reading] = field(default_factory=list)
    copies: list[Copy] = field(default_factory=list)

    def publish(self, outlet: str | None, published: str | None, *lines: Line) -> Reading:
        text = "\n".join(f"{line.words}." for line in lines)
        ident = article_id(
            external_id=str(len(self.readings)), outlet=outlet, published=published, title=None, text=text
        )
        statements = []
        at = 0
        for line in lines:
            content = ((at, at + len(line.words)),)
            at += len(line.words) + 2
            statements.append(_statement(ident, line, content))
        article = Article(id=ident, outlet=outlet, published=published, text=text)
        self.readings.append(Reading(article=article, statements=tuple(statements)))
        return self.readings[-1]

    def copied(self, source: Reading, to: Reading, origin: str | None = None) -> None:
        credit = "kept" if origin else "dropped"
        self.copies.append(
            Copy(from_=source.article.id, to=to.article.id, share=0.9, credit=credit, origin=origin, score=0.9)
        )

    def claims(self) -> list[Claim]:
        return linked(self.readings, self.copies)

    def claim(self, words: str) -> Claim:
        """The one claim that a statement with these words belongs to."""
        ids = {i for r in self.readings for s in r.statements if words in _content(r, s) for i in [s.id]}
        (found,) = [c for c in self.claims() if ids & {o.statement for o in c.occurrences}]
        return found

    def outlets(self, statements: Sequence[str]) -> list[str | None]:
        """The outlets of some statements, in their order."""
        home = {s.id: r.article.outlet for r in self.readings for s in r.statements}
        return [home[i] for i in statements]


def linked(readings: Sequence[Reading], copies: Sequence[Copy]) -> list[Claim]:
    return find_claims(readings, copies)


def _content(reading: Reading, statement: Statement) -> str:
    return " ".join(reading.article.text[a:b] for a, b in statement.content)


def _statement(article: str, line: Line, content: tuple[tuple[int, int], ...]) -> Statement:
    ident = statement_id(
        article=article, source=(), cue=(), content=content, inside=None, attributed=line.standing is not None
    )
    attribution = line.standing and Attribution(
        source=(),
        cue=(),
        entity=line.entity,
        through=line.through,
        party=line.party,
        standing=line.standing,
        stance=line.stance,
        framing=line.framing,
    )
    return Statement(
        id=ident,
        article=article,
        content=content,
        form="indirect" if attribution else None,
        attribution=attribution or None,
        when=line.when,
        score=0.9,
        by="hand/1",
    )

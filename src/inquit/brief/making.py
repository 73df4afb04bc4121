"""A brief out of a ledger: what was asked for, told in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import groupby

from inquit.brief.choosing import asked, chosen
from inquit.brief.describing import descriptors
from inquit.brief.excerpts import excerpt, passage_excerpt
from inquit.brief.gathering import Story, gathered
from inquit.brief.model import Brief, Carrier, Note, Said, Told
from inquit.brief.pointing import figures, points
from inquit.brief.ruled import Ruled, rates
from inquit.brief.sourcing import summary
from inquit.keep import Ledger, Wanted
from inquit.records import Article, Claim
from inquit.show.chain import Chain, Link
from inquit.show.notes import notes
from inquit.show.safe import one_line
from inquit.show.stamp import full, period

EXCERPT = 25
"""Words of another's text that are quoted at once, unless others are asked for."""

MOST_CLAIMS = 20
"""Claims that are told, unless another number is asked for."""

_MOST_STATEMENTS = 16  # of one claim
_MOST_SOURCES = 12  # of one claim
_MOST_ENTRIES = 12  # of one list of the summary
_KNOWN = frozenset({"copy", "origin", "bare", "vague"})  # told of the article, or by the carriage
_HEADING = 12  # words of a claim without which nobody knows which it is


def brief(
    ledger: Ledger,
    wanted: Wanted | None = None,
    *,
    words: str = "",
    claims: Sequence[str] = (),
    title: str | None = None,
    excerpt_words: int = EXCERPT,
    most: int = MOST_CLAIMS,
    made: datetime | None = None,
) -> Brief:
    """A brief of the claims that fit ``wanted``, have a statement with ``words``, and are among ``claims`` (ids).

    No excerpt has more than ``excerpt_words`` words, 0 for none at all (a claim's own words, by which it is known, are
    12 then); of the claims ``most`` are told, those of most outlets first. ``made`` is the time that it bears, with
    its zone, now unless given. Raises UsageError when no claim fits.
    """
    wanted = wanted or Wanted()
    found, articles = chosen(ledger, wanted, words, claims)
    story = gathered(ledger, found[:most])
    ruled = Ruled(ledger)
    maker = _Maker(story, ruled, excerpt_words)
    told = tuple(maker.told(number, chain) for number, chain in enumerate(story.chains, 1))
    return Brief(
        title=one_line(title or "") or f"Who says so? “{_heading(found[0], excerpt_words)}”",
        made=(made or datetime.now(UTC)).isoformat(timespec="seconds"),
        period=period(article.published for article in articles),
        asked=asked(wanted, words, claims),
        figures=figures(found, {article.id: article for article in articles}),
        points=points(story.chains, lambda claim: _heading(claim, excerpt_words), _MOST_ENTRIES),
        claims=told,
        more=len(found) - len(told),
        notes=tuple(maker.notes),
        method=_method(ledger, story, excerpt_words),
    )


class _Maker:
    """Tells claim after claim; ``notes`` are those that were referred to, in order."""

    def __init__(self, story: Story, ruled: Ruled, most: int) -> None:
        self._story = story
        self._ruled = ruled
        self._most = most
        self._numbers: dict[str, int] = {}
        self.notes: list[Note] = []

    def told(self, number: int, chain: Chain) -> Told:
        links = _weightiest(chain.links)
        carriers = tuple(self._carrier(chain, list(group)) for _, group in groupby(links, lambda link: link.article))
        claim, rated = chain.claim, self._ruled.of_claim(chain.claim)
        sources = descriptors(chain, self._story, self._ruled.of_source)
        remarks = summary(chain, self._story.statements, self._numbers, rated=rates(rated))
        return Told(
            number=number,
            id=claim.id,
            text=_heading(claim, self._most),
            glance=chain.glance,
            carriers=carriers,
            more=len(chain.links) - len(links),
            sources=sources[:_MOST_SOURCES],
            more_sources=max(0, len(sources) - _MOST_SOURCES),
            summary=(*rated, *remarks),
        )

    def _carrier(self, chain: Chain, links: list[Link]) -> Carrier:
        return Carrier(
            outlet=one_line(links[0].outlet),
            when=full(links[0].published),
            copies=tuple(note.text for note in notes(chain, links[0]) if note.kind == "copy"),
            statements=tuple(self._said(chain, link) for link in links),
        )

    def _said(self, chain: Chain, link: Link) -> Said:
        said = link.said
        words, cue = self._words(link)
        source = one_line(link.source_words) if link.source_words and said and said.source else None
        if cue and source and source.casefold().startswith(cue.casefold()):
            cue = None
        return Said(
            note=self._note(link),
            own_voice=said is None,
            source=source,
            entity=one_line(link.meant) if link.meant else None,
            party=one_line(link.party) if link.party else None,
            standing=link.standing,
            cue=cue,
            words=words,
            stance=link.stance,
            framing=link.framing,
            carriage=link.carriage,
            lost=tuple(loss.lost for loss in link.losses),
            happened=tuple(note.text for note in notes(chain, link) if note.kind not in _KNOWN),
            rulings=self._ruled.of_statement(link.statement),
        )

    def _words(self, link: Link) -> tuple[str | None, str | None]:
        """An excerpt of the content, and the cue."""
        statement, article = self._story.statements.get(link.statement), self._story.articles.get(link.article)
        if statement is None or article is None:
            return None, None
        said = " … ".join(article.text[start:end] for start, end in statement.content)
        cue = " … ".join(article.text[start:end] for start, end in link.said.cue) if link.said else ""
        return excerpt(said, self._most), one_line(cue) or None

    def _note(self, link: Link) -> int:
        if link.statement not in self._numbers:
            self._numbers[link.statement] = len(self.notes) + 1
            self.notes.append(self._reference(link, len(self.notes) + 1))
        return self._numbers[link.statement]

    def _reference(self, link: Link, number: int) -> Note:
        article, statement = self._story.articles.get(link.article), self._story.statements.get(link.statement)
        place = min((span[0] for span in statement.content), default=0) if statement else 0
        return Note(
            number=number,
            outlet=one_line(link.outlet),
            title=one_line(link.title),
            authors=tuple(map(one_line, article.authors)) if article else (),
            published=full(link.published),
            url=one_line(link.url) if link.url else None,
            article=link.article,
            statement=link.statement,
            paragraph=_paragraph(article, place),
            passage=passage_excerpt(link.passage, self._most) if link.passage else None,
        )


def _weightiest(links: Sequence[Link]) -> list[Link]:
    """As many links as there is room for, in order: first those against the claim, then those where it changed."""

    def rank(link: Link) -> tuple[int, int]:
        against = link.denies or link.takes_back
        changed = link.circular is not None or bool(link.losses) or link.number == 1
        return 0 if against else 1 if changed else 2, link.number

    return sorted(sorted(links, key=rank)[:_MOST_STATEMENTS], key=lambda link: link.number)


def _paragraph(article: Article | None, place: int) -> int:
    return 1 + sum(bool(line.strip()) for line in article.text[:place].split("\n")[:-1]) if article else 1


def _heading(claim: Claim, most: int) -> str:
    return excerpt(claim.text, max(most, _HEADING)) or claim.id


def _method(ledger: Ledger, story: Story, most: int) -> tuple[str, ...]:
    return tuple(_methods(ledger, story, most))


def _methods(ledger: Ledger, story: Story, most: int) -> Iterator[str]:
    readers = sorted({statement.by for statement in story.statements.values()})
    yield (
        f"Made with inquit {version('inquit')} from the ledger {ledger.path.name}; statements were read by "
        f"{', '.join(readers) or 'nobody'}. Words in quotation marks are the articles'; "
        "all else was counted from the ledger."
    )
    yield (
        "Which words are a statement, whose they are, what is one claim, who copied whom, where a claim comes from and "
        "what was lost are suggestions of a machine until a person rules on them. What a person ruled is marked so."
    )
    yield (
        (f"Excerpts are cut to {most} words. " if most else "No passages are quoted. ")
        + "Times are in each article's own zone. Paragraphs are counted in the text as the ledger has it."
    )
    if ledger.links_due():
        yield "Articles came or went since claims were made: `inquit add` brings them up to date."

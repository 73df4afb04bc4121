"""The account of one claim for people: who carried it, when, on whose word, and what was lost on the way.

Records may come from a file, so an id that leads nowhere makes a link with fewer facts and never an error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from inquit.records import Article, Attribution, Carriage, Claim, Copy, Framing, Lost, Standing, Statement
from inquit.show.account import NO_SOURCE, counted, who, words
from inquit.show.edges import Edge, Node, circular, edges, key, names
from inquit.show.passage import Passage, passage
from inquit.show.stamp import stamps
from inquit.text import WORD

NO_OUTLET = "no outlet"
NO_WORDS = "(no attribution)"

_BETWEEN_CUE_AND_SOURCE = 2


@dataclass(frozen=True, slots=True)
class Loss:
    """What was lost on the way to an occurrence; ``after`` is the number of the link that still had it."""

    lost: Lost
    after: int


@dataclass(frozen=True, slots=True)
class CopyLine:
    """A copy with its articles by name; ``from_number`` and ``to_number`` are links of the chain, None outside one."""

    copy: Copy
    from_outlet: str
    from_title: str
    to_outlet: str
    to_title: str
    from_number: int | None = None
    to_number: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One occurrence of a claim; ``number`` counts from 1 in order of time.

    ``when`` is the date of publication for people, in the article's own zone. ``said`` is None in own voice, and where
    the statement is unknown. ``repeats`` are the links of other outlets that its source names; ``circular`` the link
    with which its own outlet carried the claim before, where what it names leads back to that; ``takes_back`` tells of
    an outlet's correction of it.
    """

    number: int
    statement: str
    article: str
    published: str | None
    when: str
    outlet: str
    title: str
    url: str | None
    said: Attribution | None
    source_words: str | None
    entity: str | None
    carriage: Carriage
    passage: Passage | None
    copied: CopyLine | None = None
    repeats: tuple[int, ...] = ()
    losses: tuple[Loss, ...] = ()
    denies: bool = False
    circular: int | None = None
    takes_back: bool = False

    @property
    def meant(self) -> str | None:
        """The entity, where the source's words do not name it already."""
        entity, told = _squashed(self.entity), _squashed(self.source_words)
        return self.entity if entity and entity not in told else None

    @property
    def party(self) -> str | None:
        """On whose behalf the source speaks, where that is another name than the entity's."""
        party = self.said.party if self.said else None
        return party if party and party.casefold() != (self.entity or "").casefold() else None

    @property
    def standing(self) -> Standing | None:
        """Standing of the entity; None in own voice."""
        return self.said.standing if self.said else None

    @property
    def framing(self) -> Framing | None:
        """Framing by the outlet; None in own voice."""
        return self.said.framing if self.said else None

    @property
    def stance(self) -> str:
        """What the source does with the claim; in own voice the outlet ``states`` it."""
        return self.said.stance if self.said else "states"


@dataclass(frozen=True, slots=True)
class Chain:
    """A claim with its links in order of time, the edges between them, and the copies among its articles."""

    claim: Claim
    links: tuple[Link, ...]
    edges: tuple[Edge, ...]
    copies: tuple[CopyLine, ...]

    @property
    def articles(self) -> int:
        """How many articles carry the claim."""
        return len({link.article for link in self.links})

    @property
    def outlets(self) -> int:
        """How many outlets carry the claim."""
        return len({link.outlet.casefold() for link in self.links})

    @property
    def glance(self) -> str:
        """As ``counts_of``."""
        return counts_of(self.claim, self.articles, self.outlets)


def chain(
    claim: Claim, statements: Mapping[str, Statement], articles: Mapping[str, Article], copies: Sequence[Copy]
) -> Chain:
    """The account of ``claim``; its occurrences are taken to be in order of time, as the record has them.

    ``statements`` and ``articles`` need those of the claim (and the statements that these stand inside), by id; of
    ``copies`` those are used that lead to one of its articles.
    """
    places = {occurrence.article: n for n, occurrence in reversed([*enumerate(claim.occurrences, 1)])}
    lines = tuple(copy_line(copy, articles, places) for copy in copies if copy.to in places and copy.from_ != copy.to)
    parents = _parents(lines)
    nodes = _nodes(claim, statements, articles, parents)
    tied = edges(nodes, claim.laundering)
    into = {to: tuple(led) for to, led in groupby(tied, lambda edge: edge.to)}
    back = frozenset(claim.corrected_by)
    around = _Around(parents=parents, into=into, returns=circular(nodes, tied), taking_back=back)
    dates = stamps(_published(articles.get(node.article)) for node in nodes)
    links = tuple(
        _link(node, when, statements.get(node.statement), articles.get(node.article), around)
        for node, when in zip(nodes, dates, strict=True)
    )
    return Chain(claim=claim, links=links, edges=tied, copies=lines)


def counts_of(claim: Claim, articles: int, outlets: int) -> str:
    """``6 articles, 4 outlets, 1 independent source, 1 denial, 3 losses``; what is rare, where there is any."""
    return ", ".join(
        (
            counted(articles, "article"),
            counted(outlets, "outlet"),
            counted(claim.independent_sources, "independent source"),
            counted(len(claim.denied_by), "denial"),
            counted(len(claim.laundering), "loss", "losses"),
            *([counted(len(claim.corrected_by), "correction")] if claim.corrected_by else []),
            *(["circular"] if claim.circular else []),
        )
    )


def outlet_of(article: Article | None) -> str:
    """The outlet's name, or words for its lack."""
    return ((article.outlet or "").strip() if article else "") or NO_OUTLET


def title_of(article: Article | None) -> str:
    """The title, or else what else the article is known by."""
    if article is None:
        return "unknown article"
    return (article.title or "").strip() or article.external_id or "Untitled article"


def copy_line(copy: Copy, articles: Mapping[str, Article], places: Mapping[str, int] | None = None) -> CopyLine:
    """A copy with its articles by name; ``places`` gives articles' numbers in a chain."""
    one, other = articles.get(copy.from_), articles.get(copy.to)
    return CopyLine(
        copy=copy,
        from_outlet=outlet_of(one),
        from_title=title_of(one),
        to_outlet=outlet_of(other),
        to_title=title_of(other),
        from_number=places.get(copy.from_) if places else None,
        to_number=places.get(copy.to) if places else None,
    )


def source_phrase(text: str, said: Attribution) -> str | None:
    """The words that name the source, with a cue that leads up to them (``according to the Harbour Post``)."""
    spans = [span for span in said.source if span[0] < span[1]]
    if not spans:
        return " ".join(words(text, said.cue).split()) or None
    first = min(spans)
    leading = (cue for cue in said.cue if cue[0] < cue[1] <= first[0] <= cue[1] + _BETWEEN_CUE_AND_SOURCE)
    start = min((cue[0] for cue in leading), default=first[0])
    joined = ((start, first[1]), *(span for span in spans if span != first))
    return " ".join(words(text, joined).split()) or None


def _entity(text: str, said: Attribution) -> str | None:
    name = who(text, said)
    return None if name == NO_SOURCE else name


def _squashed(text: str | None) -> str:
    return "".join(WORD.findall((text or "").casefold()))


def _parents(lines: Sequence[CopyLine]) -> dict[str, CopyLine]:
    """For every article that copies, the copy to tell of: if possible from within the chain, then the largest."""
    ordered = sorted(lines, key=lambda line: (line.from_number is not None, line.copy.share))
    return {line.copy.to: line for line in ordered}


def _nodes(
    claim: Claim, statements: Mapping[str, Statement], articles: Mapping[str, Article], parents: Mapping[str, CopyLine]
) -> list[Node]:
    denied = frozenset(claim.denied_by)
    nodes = []
    for number, occurrence in enumerate(claim.occurrences, 1):
        article, statement = articles.get(occurrence.article), statements.get(occurrence.statement)
        parent = parents.get(occurrence.article)
        standing = statement.attribution.standing if statement and statement.attribution else None
        relays = occurrence.carriage == "relay" or standing == "outlet"
        node = Node(
            number=number,
            statement=occurrence.statement,
            article=occurrence.article,
            outlet=key(article.outlet) if article else None,
            carriage=occurrence.carriage,
            denies=occurrence.statement in denied,
            names=names(statement, article, statements) if relays else frozenset(),
            copied_from=parent.copy.from_ if parent else None,
        )
        nodes.append(node)
    return nodes


def _published(article: Article | None) -> str | None:
    return article.published if article else None


@dataclass(frozen=True, slots=True)
class _Around:
    parents: Mapping[str, CopyLine]
    into: Mapping[int, tuple[Edge, ...]]
    returns: Mapping[int, int]
    taking_back: frozenset[str]


def _link(node: Node, when: str, statement: Statement | None, article: Article | None, around: _Around) -> Link:
    said = statement.attribution if statement and article else None
    led = around.into.get(node.number, ())
    return Link(
        number=node.number,
        statement=node.statement,
        article=node.article,
        published=_published(article),
        when=when,
        outlet=outlet_of(article),
        title=title_of(article),
        url=article.url if article else None,
        said=said,
        source_words=source_phrase(article.text, said) if article and said else None,
        entity=_entity(article.text, said) if article and said else None,
        carriage=node.carriage,
        passage=passage(article.text, statement) if article and statement else None,
        copied=around.parents.get(node.article),
        repeats=tuple(edge.from_ for edge in led if edge.bond == "relay"),
        losses=tuple(Loss(lost, edge.from_) for edge in led for lost in edge.lost),
        denies=node.denies,
        circular=around.returns.get(node.number),
        takes_back=node.statement in around.taking_back,
    )

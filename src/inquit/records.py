"""Every type that crosses a stage: nothing but types and their invariants.

The words are those of docs/scheme.md. A span is ``(start, end)`` in Unicode code points of the article's text, end
exclusive. Every record is immutable; encoded, every key is present and null when unset.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

Span: TypeAlias = tuple[int, int]
Spans: TypeAlias = tuple[Span, ...]

Form: TypeAlias = Literal["direct", "indirect", "mixed"]
Standing: TypeAlias = Literal["person", "institution", "group", "anonymous", "outlet", "document", "none"]
Stance: TypeAlias = Literal["affirms", "denies", "questions", "speculates", "intends", "urges", "withholds"]
Framing: TypeAlias = Literal["distancing", "neutral", "endorsing"]
EvidenceKind: TypeAlias = Literal["offered", "lacking"]
Carriage: TypeAlias = Literal["origin", "relay", "vague", "bare"]
Credit: TypeAlias = Literal["kept", "dropped", "other"]
Lost: TypeAlias = Literal["source", "framing"]
By: TypeAlias = Literal["inside", "copy", "link", "words", "medium", "article", "time"]
Level: TypeAlias = Literal["error", "warning", "note"]
Label: TypeAlias = Literal["entity", "through", "party", "standing", "stance", "framing", "evidence", "when"]
LinkKind: TypeAlias = Literal["person", "office", "body", "party"]
Says: TypeAlias = Literal[
    "same-claim",
    "not-same-claim",
    "same-entity",
    "wrong-span",
    "wrong-source",
    "not-a-statement",
    "missed",
    "wrong-outlet",
    "wrong-date",
    "reliability",
    "credibility",
    "note",
]


class Hyperlink(msgspec.Struct, frozen=True, kw_only=True):
    """A link of a page: where its words stand in the article's text, and the http or https address it leads to."""

    span: Span
    address: str


class Article(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="article"):
    """One outlet's text as it was published.

    ``external_id`` is a table's ``id``, a page's address or a file's name without folders; ``published`` is an ISO 8601
    date or time with as much of it (zone included) as the input states.
    """

    id: str
    external_id: str | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    text: str
    links: tuple[Hyperlink, ...] = ()


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why a label is what it is: the words of the article that decided it, and the ground in a few plain words."""

    label: Label
    ground: str
    words: Spans = ()


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """One step on the way from who speaks to the party they speak for: person, office, body, party.

    ``words`` show the step; None where no words of the article do, but what is known of the world (``Moscow`` for
    Russia).
    """

    kind: LinkKind
    name: str
    words: Span | None = None


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """Who is made to say it, with which words, and with what force."""

    source: Spans
    cue: Spans
    entity: str | None = None
    through: str | None = None
    party: str | None = None
    standing: Standing
    stance: Stance
    framing: Framing
    chain: tuple[Link, ...] = ()


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What the article offers as the ground of a statement, or says to be lacking."""

    kind: EvidenceKind
    span: Span


class Statement(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="statement"):
    """A piece of content that an article puts forward.

    ``attribution`` is None when the outlet speaks in its own voice; ``form`` is None then. ``inside`` is the id of the
    statement within whose content this one stands. ``score`` is the probability, 0 to 1, that the statement is one;
    ``by`` names the reader that found it; ``why`` tells for its labels what decided them.
    """

    id: str
    article: str
    content: Spans
    form: Form | None = None
    inside: str | None = None
    attribution: Attribution | None = None
    evidence: Evidence | None = None
    when: str | None = None
    score: float
    by: str
    why: tuple[Reason, ...] = ()


class Problem(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="problem"):
    """Trouble in the data, kept beside the results; ``code`` is a key of ``errors.PROBLEMS``."""

    code: str
    message: str
    input: str | None = None
    article: str | None = None
    span: Span | None = None


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One article with all that was found in it: statements in order of their first span, outer before inner."""

    article: Article
    statements: tuple[Statement, ...] = ()
    problems: tuple[Problem, ...] = ()


class Copy(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="copy"):
    """The article ``to`` takes over text of the article ``from``.

    ``share`` is the part of the words of ``to``, 0 to 1, that stand in ``from`` in runs of 8 words or more, ``taken``
    that of the words of ``from`` in ``to``; ``origin`` the name that a credit gives as where the words come from. Where
    nothing tells the direction, the reasons say so.
    """

    from_: str = msgspec.field(name="from")
    to: str
    share: float
    taken: float = 0.0
    credit: Credit
    origin: str | None = None
    score: float
    reasons: tuple[str, ...] = ()


class Occurrence(msgspec.Struct, frozen=True, kw_only=True):
    """One statement that puts a claim forward, and how far it still shows where the claim comes from."""

    statement: str
    article: str
    carriage: Carriage


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """The earliest source that the articles lead back to: an entity on an occasion."""

    entity: str
    party: str | None = None
    when: str | None = None


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A step of laundering from one statement to a later one, and what was lost in it."""

    from_: str = msgspec.field(name="from")
    to: str
    lost: Lost


class Draw(msgspec.Struct, frozen=True, kw_only=True):
    """The statement ``to`` has the claim from the statement ``from``: a bond, and what it rests on.

    ``by``: one stands inside the other; the article copies the other; a link in its sentence leads there; the same
    words; the medium that it names; another statement of the same article; or time alone, the nearest earlier statement
    with a source. ``score``, 0 to 1, is
    that of the copy, else how likely the two are one claim.
    """

    from_: str = msgspec.field(name="from")
    to: str
    by: By
    score: float


class Claim(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="claim"):
    """One proposition, whoever utters it: its occurrences in order of time, and on whose word it stands.

    ``independent_sources`` counts origins of different parties of which none draws on another. ``denied_by`` and
    ``laundering`` name statements; ``corrected_by`` those with which an outlet takes back what it carried, ``circular``
    those that name an outlet which has the claim from their own one. ``draws`` tell which statement has it from which.
    """

    id: str
    text: str
    occurrences: tuple[Occurrence, ...]
    origins: tuple[Origin, ...] = ()
    independent_sources: int
    denied_by: tuple[str, ...] = ()
    laundering: tuple[Step, ...] = ()
    corrected_by: tuple[str, ...] = ()
    circular: tuple[str, ...] = ()
    draws: tuple[Draw, ...] = ()
    score: float
    reasons: tuple[str, ...] = ()


class Source(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="source"):
    """Somebody who is made to say something: over the articles of a ledger, with the outlets that do so."""

    entity: str
    party: str | None = None
    standing: Standing
    statements: tuple[str, ...]
    outlets: tuple[str, ...]


class Ruling(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="ruling"):
    """What a person has ruled; in force unless ``withdrawn`` tells since when it is not.

    ``about`` is the id of an article, statement or claim, or a name; ``value`` what it shall be, in the grammar of
    docs/rulings.md. ``quote`` are the words ruled on, with what stands before and after them in ``article``, as in a
    text quote selector (W3C Web Annotation Data Model, 4.2.4). ``at`` and ``withdrawn`` are ISO 8601 times in UTC.
    """

    id: str
    about: str
    says: Says
    value: str | None = None
    quote: str | None = None
    who: str
    at: str
    withdrawn: str | None = None
    withdrawn_by: str | None = None
    reason: str | None = None
    article: str | None = None
    prefix: str | None = None
    suffix: str | None = None


class Finding(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="finding"):
    """What a rule of ``check`` found in a draft.

    ``path`` is the draft as it was given. ``line`` and ``column`` count from 1, columns in code points; the end is
    exclusive. ``span`` and ``related`` (what else in the draft the message speaks of) lie in the article's text.
    """

    rule: str
    level: Level
    message: str
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    article: str
    statement: str | None = None
    span: Span
    related: Spans = ()


Record: TypeAlias = Article | Statement | Copy | Claim | Source | Ruling | Problem | Finding

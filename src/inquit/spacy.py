"""The component ``inquit`` for spaCy pipelines: statements of a Doc as groups of spans and as records.

It needs no other component: after any tokenizer it reads ``doc.text``, of which no character is changed. What was found
lives in ``doc._.inquit`` as plain data in code points, so it outlasts processes and files; the spans of tokens are
aligned anew whenever they are asked for. A span that begins or ends within a token takes the whole token in.

spaCy imports this module whenever it makes any pipeline, so what reads is imported only where it is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, cast

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, Span

from inquit import records
from inquit.errors import UsageError
from inquit.ids import article_id

GROUPS = ("source", "cue", "content", "own_voice")
"""The groups of ``doc.spans`` are called ``inquit/source`` and so on; their spans have the bare word as label."""


@dataclass(frozen=True, slots=True)
class DocStatement:
    """A statement of a Doc. ``source``, ``cue`` and ``content`` are spans of tokens, the rest as in docs/contract.md.

    In the outlet's own voice ``attribution`` and the fields from ``entity`` to ``framing`` are None. ``why`` has a
    reason for each label that is set, by the label's name. ``record`` is the statement in code points of ``doc.text``.
    """

    id: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    form: records.Form | None
    inside: str | None
    entity: str | None
    through: str | None
    party: str | None
    standing: records.Standing | None
    stance: records.Stance | None
    framing: records.Framing | None
    evidence: records.Evidence | None
    when: str | None
    score: float
    why: Mapping[str, DocReason] = field(repr=False)
    attribution: records.Attribution | None = field(repr=False)
    record: records.Statement = field(repr=False)


class DocReason(NamedTuple):
    """Why a label is what it is: the ground in a few words, and the words of the Doc that decided it."""

    ground: str
    words: tuple[Span, ...]


class About(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What may be said of a Doc's article in ``doc._.article``: the columns of a table but its text."""

    id: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()


class Inquit:
    """The component. ``outlet`` and ``published`` hold for every Doc whose ``doc._.article`` does not say otherwise.

    Raises UsageError when one of them is not what it may be, and WorkError when the reader cannot be loaded.
    """

    def __init__(self, *, outlet: str | None, published: str | None) -> None:
        self._given = {"outlet": outlet, "published": published}
        _known(self._given)

    def __call__(self, doc: Doc) -> Doc:
        """Read the Doc and write what was found into it."""
        from inquit import pipeline  # noqa: PLC0415 - see the head of the module

        found = msgspec.to_builtins(pipeline.reading(_article(doc, self._given)))
        del found["article"]["text"]
        doc._.inquit = found
        spans: dict[str, list[Span]] = {name: [] for name in GROUPS}
        for statement in statements(doc):
            if statement.attribution is None:
                spans["own_voice"].extend(statement.content)
                continue
            for name in GROUPS[:3]:
                spans[name].extend(getattr(statement, name))
        for name, group in spans.items():
            doc.spans[f"inquit/{name}"] = group
        return doc


@Language.factory(
    "inquit",
    assigns=["doc.spans", "doc._.inquit", "doc._.reading", "doc._.statements", "span._.statements"],
    default_config={"outlet": None, "published": None},
)
def make(nlp: Language, name: str, outlet: str | None, published: str | None) -> Inquit:  # noqa: ARG001 - spaCy's call
    """The component for ``nlp.add_pipe("inquit")``. Raises UsageError when ``published`` is no ISO 8601 date."""
    return Inquit(outlet=outlet, published=published)


def reading(doc: Doc) -> records.Reading | None:
    """``doc._.reading``: the article with statements and problems in code points; None before the component ran.

    None too where the text is another than was read: ``span.as_doc(copy_user_data=True)`` takes the offsets along.
    """
    stored = doc._.inquit
    if stored is None:
        return None
    found = msgspec.convert({**stored, "article": {**stored["article"], "text": doc.text}}, records.Reading)
    return found if _id(found.article) == found.article.id else None


def statements(doc: Doc) -> list[DocStatement]:
    """``doc._.statements``: in order of their first word, outer before inner; none before the component ran."""
    found = reading(doc)
    return [_aligned(doc, statement) for statement in found.statements] if found else []


def touching(span: Span) -> list[DocStatement]:
    """``span._.statements``: the Doc's statements of which a source, cue or content has a token of the span."""
    found = reading(span.doc)
    near = (s for s in found.statements if _touches(s, span.start_char, span.end_char)) if found else ()
    return [_aligned(span.doc, statement) for statement in near]


def _touches(statement: records.Statement, start: int, end: int) -> bool:
    said = statement.attribution
    pieces = (*statement.content, *((*said.source, *said.cue) if said else ()))
    return any(a < end and start < b for a, b in pieces)


def _article(doc: Doc, given: Mapping[str, object]) -> records.Article:
    said = doc._.article
    known = _known({**given, **said} if isinstance(said, dict) else said or given)
    article = records.Article(
        id="",
        external_id=known.id,
        url=known.url,
        outlet=known.outlet,
        title=known.title,
        published=known.published,
        authors=known.authors,
        text=doc.text,
    )
    return msgspec.structs.replace(article, id=_id(article))


def _known(about: object) -> About:
    """What is said of an article, with its date checked."""
    from inquit.read.options import Options, checked  # noqa: PLC0415 - see the head of the module

    try:
        known = msgspec.convert(about, About)
    except msgspec.ValidationError as error:
        may = ", ".join(About.__struct_fields__)
        raise UsageError(f"doc._.article: {error}; it is a dict of {may}: strings, authors a list of them") from error
    return msgspec.structs.replace(known, published=checked(Options(published=known.published)).published)


def _id(article: records.Article) -> str:
    return article_id(
        external_id=article.external_id,
        outlet=article.outlet,
        published=article.published,
        title=article.title,
        text=article.text,
    )


def _aligned(doc: Doc, statement: records.Statement) -> DocStatement:
    said = statement.attribution
    return DocStatement(
        id=statement.id,
        source=_spans(doc, said.source, "source") if said else (),
        cue=_spans(doc, said.cue, "cue") if said else (),
        content=_spans(doc, statement.content, "content" if said else "own_voice"),
        form=statement.form,
        inside=statement.inside,
        entity=said.entity if said else None,
        through=said.through if said else None,
        party=said.party if said else None,
        standing=said.standing if said else None,
        stance=said.stance if said else None,
        framing=said.framing if said else None,
        evidence=statement.evidence,
        when=statement.when,
        score=statement.score,
        why={one.label: DocReason(one.ground, _spans(doc, one.words, one.label)) for one in statement.why},
        attribution=said,
        record=statement,
    )


def _spans(doc: Doc, spans: records.Spans, label: str) -> tuple[Span, ...]:
    # Expanded, a place within the text always has a span.
    return tuple(cast("Span", doc.char_span(*span, label=label, alignment_mode="expand")) for span in spans)


# A module may be loaded twice in one process (importlib.reload), spaCy's registry of extensions is not.
Doc.set_extension("article", default=None, force=True)
Doc.set_extension("inquit", default=None, force=True)
Doc.set_extension("reading", getter=reading, force=True)
Doc.set_extension("statements", getter=statements, force=True)
Span.set_extension("statements", getter=touching, force=True)

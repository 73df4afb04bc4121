"""W3C Web Annotation (Data Model and Vocabulary, 2017): a collection with an annotation for each statement.

Each content span is a target with a TextQuoteSelector and a TextPositionSelector. Positions count code points, as the
Recommendation has it (section 4.2.4) and as our spans do; a client that counts UTF-16 units, as browsers do, goes by
the quote. They lie in the text as it was read, not in the page's markup: that text is named as the ``cached`` state of
a source that has an address.
"""

from __future__ import annotations

from typing import BinaryIO

import msgspec

from inquit.export.json_array import JsonArray, told
from inquit.export.wording import urn, web_address
from inquit.records import Article, Attribution, Claim, Record, Span, Spans, Statement

_TERMS = (
    "Statement, form, entity, through, party, standing, stance, framing, evidence, when, score, why, chain, "
    "sourceWords, cueWords, evidenceWords, ground, kind, label"
)
CONTEXT: dict[str, object] = {
    "inquit": "urn:inquit:scheme:",
    **{term: f"inquit:{term}" for term in _TERMS.split(", ")},
    "inside": {"@id": "inquit:inside", "@type": "@id"},
    "words": {"@id": "inquit:words", "@container": "@list"},
}
"""What our own terms mean in JSON-LD, beside the Recommendation's context."""

_CONTEXTS = ["http://www.w3.org/ns/anno.jsonld", CONTEXT]
_AROUND = 32  # characters of prefix and suffix, as many as most clients write


class WebAnnotations:
    """One AnnotationCollection whose only page is written annotation by annotation; claims come as annotations last."""

    def __init__(self, stream: BinaryIO) -> None:
        head = msgspec.json.encode({"@context": _CONTEXTS, "id": urn("annotations"), "type": "AnnotationCollection"})
        page = msgspec.json.encode({"id": urn("annotations:1"), "type": "AnnotationPage", "startIndex": 0})
        before = head.decode()[:-1] + ',"first":' + page.decode()[:-1] + ',"items":'
        self._items = JsonArray(stream, before)
        self._total = 0
        self._article: Article | None = None

    def write(self, record: Record) -> None:
        """Write a statement's annotation, or that of a claim over the statements which put it forward."""
        if isinstance(record, Article):
            self._article = record
        elif isinstance(record, Statement) and self._article is not None:
            self._add(_statement(self._article, record))
        elif isinstance(record, Claim):
            self._add(_claim(record))

    def close(self) -> None:
        """End the page and the collection, which says how many annotations it has."""
        self._items.end("}" + f',"total":{self._total}' + "}")

    def _add(self, annotation: dict[str, object]) -> None:
        self._items.add(annotation)
        self._total += 1


def _statement(article: Article, statement: Statement) -> dict[str, object]:
    said = statement.attribution
    return {
        "id": urn(statement.id),
        "type": "Annotation",
        "motivation": "describing",
        "generator": {"id": urn(f"reader:{statement.by}"), "type": "Software", "name": statement.by},
        "body": [
            _said("describing", _told(article, said)),
            _labels(article, statement),
        ],
        "target": [_target(article, span) for span in statement.content],
    }


def _told(article: Article, said: Attribution | None) -> str:
    """Who says it, in a line for people."""
    if said is None:
        return f"{article.outlet or 'The article'} says so in its own voice."
    party = f" ({said.party})" if said.party and said.party != said.entity else ""
    return f"{said.entity or 'Somebody unnamed'}{party} {said.stance}."


def _labels(article: Article, statement: Statement) -> dict[str, object]:
    said, evidence = statement.attribution, statement.evidence
    labels: dict[str, object] = {"type": "Statement"}
    labels |= {"form": statement.form, "when": statement.when, "score": statement.score}
    labels["inside"] = urn(statement.inside) if statement.inside else None
    if said is not None:
        named = ("entity", "through", "party", "standing", "stance", "framing")
        labels |= {name: getattr(said, name) for name in named}
        labels["sourceWords"] = _quotes(article, said.source)
        labels["cueWords"] = _quotes(article, said.cue)
        labels["chain"] = [{"kind": link.kind, "entity": link.name} for link in said.chain]
    if evidence is not None:
        labels |= {"evidence": evidence.kind, "evidenceWords": _quotes(article, (evidence.span,))}
    labels["why"] = [
        told({"label": reason.label, "ground": reason.ground, "words": _quotes(article, reason.words)})
        for reason in statement.why
    ]
    return told(labels)


def _quotes(article: Article, spans: Spans) -> list[dict[str, object]]:
    return [selector for span in spans for selector in _selectors(article.text, span)]


def _target(article: Article, span: Span) -> dict[str, object]:
    address = web_address(article)
    state = {"type": "TimeState", "cached": urn(article.id)} if address else None
    return told({"source": address or urn(article.id), "selector": _selectors(article.text, span), "state": state})


def _selectors(text: str, span: Span) -> list[dict[str, object]]:
    start, end = span
    quote: dict[str, object] = {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - _AROUND) : start],
        "suffix": text[end : end + _AROUND],
    }
    return [told(quote), {"type": "TextPositionSelector", "start": start, "end": end}]


def _claim(claim: Claim) -> dict[str, object]:
    independent = f"{claim.independent_sources} independent source{'' if claim.independent_sources == 1 else 's'}"
    return {
        "id": urn(claim.id),
        "type": "Annotation",
        "motivation": "linking",
        "body": [_said("linking", claim.text), _said("commenting", f"{independent}; denials: {len(claim.denied_by)}.")],
        "target": [urn(one.statement) for one in claim.occurrences],
    }


def _said(purpose: str, value: str) -> dict[str, object]:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}

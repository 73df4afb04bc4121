"""PROV-O (W3C 2013) in Turtle: articles, statements, claims as entities, those who speak as agents.

| in the ledger | in PROV-O |
|---|---|
| who is made to say a statement | ``prov:wasAttributedTo``, qualified with stance and framing |
| own voice | ``prov:wasAttributedTo`` the outlet |
| for whom they speak | ``prov:actedOnBehalfOf``, step by step |
| a statement with one inside it | ``prov:wasQuotedFrom`` the inner one |
| the vehicle of a statement (through) | ``prov:wasDerivedFrom`` |
| a copy | ``prov:wasQuotedFrom``, qualified with share, credit, origin |
| an occurrence of a claim | ``prov:specializationOf`` |
| an origin of a claim | ``prov:hadPrimarySource`` |
| a step of laundering | ``prov:wasDerivedFrom``, qualified with what was lost |
| the reader that found a statement | ``prov:wasGeneratedBy`` its activity |
"""

from __future__ import annotations

import re
from typing import BinaryIO

from inquit.export.speaking import Agent, Speaking, body_named, origin_agents, speaking
from inquit.export.wording import urn, web_address, words
from inquit.records import Article, Claim, Copy, Record, Standing, Statement

_HEAD = """@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix inquit: <urn:inquit:scheme:> .
@prefix ledger: <urn:inquit:> .

"""
_TYPES: dict[Standing | None, str] = {
    "person": "prov:Person",
    "anonymous": "prov:Person",
    "institution": "prov:Organization",
    "outlet": "prov:Organization",
}
_CONTROL = re.compile('[\x00-\x1f\x7f"\\\\]')

Pairs = list[tuple[str, str]]


class Provenance:
    """Turtle, one resource after another; in memory are the ids of the agents that were written."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._stream.write(_HEAD.encode())
        self._article: Article | None = None
        self._written: set[str] = set()

    def write(self, record: Record) -> None:
        """Write the record's resources; problems have none."""
        if isinstance(record, Article):
            self._article = record
            self._write_article(record)
        elif isinstance(record, Statement) and self._article is not None:
            self._write_statement(self._article, record)
        elif isinstance(record, Copy):
            self._resource(_iri(record.to), _copy(record))
        elif isinstance(record, Claim):
            self._write_claim(record)

    def close(self) -> None:
        """Nothing is left to do."""

    def _resource(self, subject: str, pairs: Pairs) -> None:
        lines = " ;\n  ".join(f"{verb} {thing}" for verb, thing in pairs)
        self._stream.write(f"{subject} {lines} .\n".encode())

    def _agent(self, agent: Agent, kind: str, more: Pairs) -> str:
        """The agent's IRI; it is written where it was not yet."""
        if agent.id not in self._written:
            self._written.add(agent.id)
            standing = [("inquit:standing", _text(agent.standing))] if agent.standing else []
            self._resource(_iri(agent.id), [("a", f"prov:Agent, {kind}"), ("rdfs:label", _text(agent.name)), *standing])
        for verb, thing in more:
            if f"{agent.id} {thing}" not in self._written:
                self._written.add(f"{agent.id} {thing}")
                self._resource(_iri(agent.id), [(verb, thing)])
        return _iri(agent.id)

    def _outlet(self, article: Article) -> Pairs:
        if not article.outlet:
            return []
        return [("prov:wasAttributedTo", self._agent(body_named(article.outlet), "prov:Organization", []))]

    def _write_article(self, article: Article) -> None:
        told = [("dcterms:title", article.title), ("dcterms:identifier", article.external_id)]
        told += [("dcterms:creator", author) for author in article.authors]
        pairs = [("a", "prov:Entity, inquit:Article"), *((verb, _text(value)) for verb, value in told if value)]
        if address := web_address(article):
            pairs.append(("dcterms:source", f"<{address}>"))
        if article.published:
            pairs.append(("dcterms:issued", _text(article.published)))
        self._resource(_iri(article.id), pairs + self._outlet(article))

    def _write_statement(self, article: Article, statement: Statement) -> None:
        said = statement.attribution
        pairs = [("a", "prov:Entity, inquit:Statement"), ("prov:value", _text(words(article.text, statement.content)))]
        pairs += [("dcterms:isPartOf", _iri(article.id)), ("prov:wasGeneratedBy", self._reader(statement.by))]
        pairs.append(("inquit:score", f'"{statement.score}"^^xsd:double'))
        pairs += [("inquit:span", _text(f"{start} {end}")) for start, end in statement.content]
        pairs += _labels(article, statement)
        if said is None:
            pairs += self._outlet(article)
        elif who := speaking(said, article.id):
            qualified = f"prov:agent {self._speaker(who)} ; inquit:stance {_text(said.stance)}"
            qualified += f" ; inquit:framing {_text(said.framing)}"
            pairs.append(("prov:wasAttributedTo", _iri(who.speaker.id)))
            pairs.append(("prov:qualifiedAttribution", f"[ a prov:Attribution ; {qualified} ]"))
        if said is not None and said.through:
            vehicle = _iri(f"{statement.id}:through")
            self._resource(vehicle, [("a", "prov:Entity"), ("rdfs:label", _text(said.through))])
            pairs.append(("prov:wasDerivedFrom", vehicle))
        self._resource(_iri(statement.id), pairs)
        if statement.inside:
            self._resource(_iri(statement.inside), [("prov:wasQuotedFrom", _iri(statement.id))])

    def _speaker(self, who: Speaking) -> str:
        """The speaker's IRI, with all for whom it acts."""
        above: str | None = None
        for body in reversed(who.bodies):
            above = self._agent(body, "prov:Organization", [("prov:actedOnBehalfOf", above)] if above else [])
        more = [("prov:actedOnBehalfOf", above)] if above else []
        if who.office:
            more.append(("inquit:office", _text(who.office)))
        return self._agent(who.speaker, _TYPES.get(who.speaker.standing, "inquit:Source"), more)

    def _reader(self, by: str) -> str:
        """The activity of the reader of that name; it and its agent are written once."""
        activity, agent = _iri(f"reading:{by}"), _iri(f"reader:{by}")
        if activity not in self._written:
            self._written.add(activity)
            self._resource(agent, [("a", "prov:Agent, prov:SoftwareAgent"), ("rdfs:label", _text(by))])
            self._resource(activity, [("a", "prov:Activity"), ("prov:wasAssociatedWith", agent)])
        return activity

    def _write_claim(self, claim: Claim) -> None:
        pairs = [("a", "prov:Entity, inquit:Claim"), ("prov:value", _text(claim.text))]
        pairs += [("inquit:independentSources", str(claim.independent_sources))]
        pairs += [("inquit:score", f'"{claim.score}"^^xsd:double')]
        pairs += [("inquit:deniedBy", _iri(one)) for one in claim.denied_by]
        pairs += [("inquit:correctedBy", _iri(one)) for one in claim.corrected_by]
        for number, origin in enumerate(claim.origins, 1):
            occasion = _iri(f"{claim.id}:origin:{number}")
            when = [("dcterms:date", _text(origin.when))] if origin.when else []
            agents = origin_agents(origin)
            agent = next((one for one in agents if one.id in self._written), agents[0])
            label = ", ".join(filter(None, (origin.entity, origin.party, origin.when)))
            self._resource(occasion, [("a", "prov:Entity"), ("rdfs:label", _text(label)), *when])
            self._resource(occasion, [("prov:wasAttributedTo", self._agent(agent, "inquit:Source", []))])
            pairs.append(("prov:hadPrimarySource", occasion))
        self._resource(_iri(claim.id), pairs)
        for one in claim.occurrences:
            carriage = ("inquit:carriage", _text(one.carriage))
            self._resource(_iri(one.statement), [("prov:specializationOf", _iri(claim.id)), carriage])
        for step in claim.laundering:
            lost = f"[ a prov:Derivation ; prov:entity {_iri(step.from_)} ; inquit:lost {_text(step.lost)} ]"
            derived = [("prov:wasDerivedFrom", _iri(step.from_)), ("prov:qualifiedDerivation", lost)]
            self._resource(_iri(step.to), derived)


def _labels(article: Article, statement: Statement) -> Pairs:
    said, evidence = statement.attribution, statement.evidence
    told = [("inquit:form", statement.form), ("inquit:when", statement.when)]
    told.append(("inquit:standing", said.standing if said else None))
    told.append(("inquit:cue", words(article.text, said.cue) if said else None))
    told.append(("inquit:source", words(article.text, said.source) if said else None))
    told.append(("inquit:evidence", evidence.kind if evidence else None))
    told += [("inquit:why", f"{reason.label}: {reason.ground}") for reason in statement.why]
    return [(verb, _text(value)) for verb, value in told if value]


def _copy(copy: Copy) -> Pairs:
    qualified = f'prov:entity {_iri(copy.from_)} ; inquit:share "{copy.share}"^^xsd:double'
    qualified += f" ; inquit:credit {_text(copy.credit)}"
    if copy.origin:
        qualified += f" ; inquit:origin {_text(copy.origin)}"
    quotation = f"[ a prov:Quotation ; {qualified} ]"
    return [("prov:wasQuotedFrom", _iri(copy.from_)), ("prov:qualifiedQuotation", quotation)]


def _iri(ident: str) -> str:
    return f"<{urn(ident)}>"


def _text(words_: str) -> str:
    r"""A Turtle string; control characters, quotation marks and backslashes as ``\uXXXX``."""
    return '"' + _CONTROL.sub(lambda found: f"\\u{ord(found.group()):04X}", words_) + '"'

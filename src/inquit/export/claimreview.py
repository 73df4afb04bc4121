"""schema.org as JSON-LD: NewsArticle, Quotation, Claim, and a ClaimReview in draft for each claim of the ledger.

No rating is written: the ledger knows who says what and on whose word, never what is true. A ClaimReview says in its
``reviewBody`` who stands behind the claim and has ``creativeWorkStatus`` "Draft"; its author and rating are for the
fact-checker who judges it. A direct quotation is a Quotation. Any other statement is a Claim of its source, with the
outlet that puts it in its own words as ``claimInterpreter``; an own-voice statement is a Claim of the outlet.
"""

from __future__ import annotations

from typing import BinaryIO

from inquit.export.json_array import JsonArray, told
from inquit.export.speaking import Agent, Speaking, body_named, speaking
from inquit.export.wording import urn, web_address, words
from inquit.records import Article, Claim, Copy, Record, Standing, Statement

Node = dict[str, object]

_TYPES: dict[Standing, str] = {
    "person": "Person",
    "anonymous": "Person",
    "institution": "Organization",
    "group": "Organization",
    "outlet": "NewsMediaOrganization",
}


class ClaimReviews:
    """One JSON-LD graph, written node by node; in memory is the type of every name that speaks."""

    def __init__(self, stream: BinaryIO) -> None:
        self._graph = JsonArray(stream, '{"@context":"https://schema.org","@graph":')
        self._article: Article | None = None
        self._types: dict[str, str] = {}

    def write(self, record: Record) -> None:
        """Write the record's nodes; problems have none."""
        if isinstance(record, Article):
            self._article = record
            self._graph.add(_article(record))
        elif isinstance(record, Statement) and self._article is not None:
            who = speaking(record.attribution, record.article)
            if who is not None and who.speaker.standing in _TYPES:
                self._types.setdefault(who.speaker.name.casefold(), _TYPES[who.speaker.standing])
            self._graph.add(_statement(self._article, record, who))
        elif isinstance(record, Copy):
            # In a graph, what is said of a node may stand apart from it.
            self._graph.add({"@id": urn(record.to), "isBasedOn": {"@id": urn(record.from_)}})
        elif isinstance(record, Claim):
            self._graph.add(self._claim(record))
            self._graph.add(_review(record))

    def close(self) -> None:
        """End the graph."""
        self._graph.end("}")

    def _claim(self, claim: Claim) -> Node:
        articles = list(dict.fromkeys(one.article for one in claim.occurrences))
        against = {*claim.denied_by, *claim.corrected_by}
        return {
            "@type": "Claim",
            "@id": urn(claim.id),
            "text": claim.text,
            "author": [self._origin(origin.entity) for origin in claim.origins],
            "firstAppearance": {"@id": urn(articles[0])} if articles else None,
            "appearance": [{"@id": urn(one)} for one in articles],
            "sameAs": [urn(one.statement) for one in claim.occurrences if one.statement not in against],
        }

    def _origin(self, name: str) -> Node:
        return told({"@type": self._types.get(name.casefold()), "name": name})


def _article(article: Article) -> Node:
    return {
        "@type": "NewsArticle",
        "@id": urn(article.id),
        "identifier": article.external_id,
        "url": web_address(article),
        "headline": article.title,
        "datePublished": article.published,
        "publisher": _outlet(article),
        "author": [{"@type": "Person", "name": name} for name in article.authors],
    }


def _outlet(article: Article) -> Node | None:
    if not article.outlet:
        return None
    outlet = body_named(article.outlet)
    return {"@type": "NewsMediaOrganization", "@id": urn(outlet.id), "name": outlet.name}


def _statement(article: Article, statement: Statement, who: Speaking | None) -> Node:
    said = statement.attribution
    quoted = said is not None and statement.form == "direct"
    speaker = _outlet(article) if said is None else _speaker(who)
    based: list[Node] = [{"@type": "CreativeWork", "name": name} for name in _documents(statement, who)]
    node: Node = {"@type": "Quotation" if quoted else "Claim", "@id": urn(statement.id)}
    node |= {"text": words(article.text, statement.content), "dateCreated": statement.when, "isBasedOn": based}
    node["isPartOf"] = [{"@id": urn(article.id)}]
    if statement.inside:
        node["isPartOf"] = [{"@id": urn(article.id)}, {"@id": urn(statement.inside)}]
    if quoted:
        return node | {"spokenByCharacter": speaker}
    interpreter = _outlet(article) if said is not None else None
    return node | {"author": speaker, "appearance": {"@id": urn(article.id)}, "claimInterpreter": interpreter}


def _documents(statement: Statement, who: Speaking | None) -> list[str]:
    """The documents a statement rests on: its vehicle, and the source where that is one."""
    through = statement.attribution.through if statement.attribution else None
    document = who.speaker.name if who is not None and who.speaker.standing == "document" else None
    return list(dict.fromkeys(name for name in (document, through) if name))


def _speaker(who: Speaking | None) -> Node | None:
    if who is None or who.speaker.standing not in _TYPES:
        return None
    kind = _TYPES[who.speaker.standing]
    bodies = [_body(body) for body in who.bodies]
    person = kind == "Person"
    above: Node = {
        "affiliation" if person else "parentOrganization": bodies,
        "jobTitle": who.office if person else None,
    }
    node: Node = {"@type": kind, "@id": urn(who.speaker.id), "name": who.speaker.name}
    return told(node | above)


def _body(agent: Agent) -> Node:
    return {"@type": "Organization", "@id": urn(agent.id), "name": agent.name}


def _review(claim: Claim) -> Node:
    return {
        "@type": "ClaimReview",
        "@id": urn(f"{claim.id}:review"),
        "creativeWorkStatus": "Draft",
        "claimReviewed": claim.text,
        "itemReviewed": {"@id": urn(claim.id)},
        "reviewBody": _account(claim),
    }


def _account(claim: Claim) -> str:
    """Who stands behind a claim, in sentences."""
    articles = len({one.article for one in claim.occurrences})
    origins = "; ".join(", ".join(filter(None, (one.entity, one.party, one.when))) for one in claim.origins)
    lines = [
        f"Statements that put it forward or deny it: {len(claim.occurrences)}, in {articles} articles.",
        f"Independent sources: {claim.independent_sources}.",
        f"Leads back to: {origins}." if origins else "No origin is known.",
        f"Denials: {len(claim.denied_by)}.",
        f"Steps in which its source or the outlet's distance was lost: {len(claim.laundering)}.",
    ]
    return " ".join(lines)

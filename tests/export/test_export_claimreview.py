"""ClaimReview: rdflib reads the JSON-LD, and its list of schema.org's terms says that each is one of theirs.

Ranges are checked from https://schema.org/ClaimReview, /Claim and /Quotation, of which no validator is a package.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from export_sample import HOSTILE, exported, hostile, sample
from rdflib import RDF, SDO, Graph, URIRef

from inquit.export.wording import encodable
from inquit.records import Article

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
REFERENCES = ("sameAs", "url")


def graph(data: bytes) -> Graph:
    """The document with schema.org's context replaced by one that needs no network and means the same for our keys."""
    found = json.loads(data)
    assert found["@context"] == "https://schema.org"
    found["@context"] = {"@vocab": str(SDO), **{name: {"@type": "@id"} for name in REFERENCES}}
    return Graph().parse(data=json.dumps(found), format="json-ld")


def nodes(data: bytes, kind: str) -> list[dict[str, Any]]:
    return [node for node in json.loads(data)["@graph"] if node.get("@type") == kind]


def test_every_type_and_property_is_a_term_of_schema_org() -> None:
    found = graph(exported("claimreview", sample()))
    terms = {*found.predicates(), *found.objects(None, RDF.type)} - {RDF.type}
    assert len(terms) > 20
    for term in terms:
        assert isinstance(term, URIRef)
        assert term in SDO, term


def test_no_rating_is_invented() -> None:
    data = exported("claimreview", sample())
    [review] = nodes(data, "ClaimReview")
    assert review["creativeWorkStatus"] == "Draft"
    assert not {"reviewRating", "author"} & set(review)
    assert b"ating" not in data
    assert "Independent sources: 1." in review["reviewBody"]
    assert "Denials: 1." in review["reviewBody"]


def test_a_direct_quotation_is_spoken_by_its_source_and_other_words_are_interpreted_by_the_outlet() -> None:
    data = exported("claimreview", sample())
    [quotation] = nodes(data, "Quotation")
    speaker = quotation["spokenByCharacter"]
    assert (speaker["@type"], speaker["name"], speaker["jobTitle"]) == ("Person", "Ana Duarte", "harbour master")
    assert [body["name"] for body in speaker["affiliation"]] == ["Ellin Harbour Office", "Port of Ellin"]
    assert quotation["text"] == "The crane was cracked … and we knew"
    assert quotation["isBasedOn"] == [{"@type": "CreativeWork", "name": "an interview with the Daily Lantern"}]
    denial = next(node for node in nodes(data, "Claim") if node["text"] == "that there was a warning")
    assert (denial["author"]["name"], denial["claimInterpreter"]["name"]) == ("Ministry of Works", "Harbour Post")
    own = next(node for node in nodes(data, "Claim") if node["text"] == "The quay is closed.")
    assert own["author"]["name"] == "Harbour Post"
    assert "claimInterpreter" not in own


def test_a_claim_appears_in_its_articles_and_a_denial_is_not_the_same() -> None:
    data = exported("claimreview", sample())
    first, second = (f"urn:inquit:{one.id}" for one in sample() if isinstance(one, Article))
    claim = next(node for node in nodes(data, "Claim") if node["text"] == "The crane was cracked" and "sameAs" in node)
    assert claim["firstAppearance"] == {"@id": first}
    assert claim["appearance"] == [{"@id": first}, {"@id": second}]
    assert claim["author"] == [{"@type": "Person", "name": "Ana Duarte"}]
    denial = next(node for node in nodes(data, "Claim") if node["text"] == "that there was a warning")
    assert denial["@id"] not in claim["sameAs"]
    assert len(claim["sameAs"]) == 2
    assert (URIRef(second), SDO.isBasedOn, URIRef(first)) in graph(data)


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_are_read_back(words: str) -> None:
    data = exported("claimreview", hostile(words))
    graph(data)
    assert [node["headline"] for node in nodes(data, "NewsArticle")] == [encodable(hostile(words)[0]).title] * 2

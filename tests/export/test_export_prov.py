"""PROV-O: rdflib parses the Turtle and knows every term, the library prov reads it as a provenance document."""

from __future__ import annotations

import io
from collections import Counter

import pytest
from export_sample import HOSTILE, exported, hostile, sample
from prov.model import ProvDocument
from rdflib import PROV, RDF, RDFS, Graph, URIRef

from inquit.export.wording import encodable
from inquit.records import Article, Claim, Statement

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def graph(data: bytes) -> Graph:
    return Graph().parse(data=data, format="turtle")


def label(found: Graph, node: object) -> str:
    return str(found.value(node, RDFS.label))


def iri(ident: str) -> URIRef:
    return URIRef(f"urn:inquit:{ident}")


def test_every_term_of_prov_is_one() -> None:
    found = graph(exported("prov", sample()))
    terms = {*found.predicates(), *found.objects(None, RDF.type)}
    used = {term for term in terms if str(term).startswith(str(PROV))}
    assert len(used) > 15
    for term in used:
        assert term in PROV, term


def test_the_library_reads_entities_agents_and_relations() -> None:
    document = ProvDocument.deserialize(io.BytesIO(exported("prov", sample())), format="rdf", rdf_format="turtle")
    kinds = Counter(type(record).__name__ for record in document.get_records())
    # Articles, statements, the claim, its origin, a vehicle; speakers, bodies, outlets, the reader.
    assert kinds["ProvEntity"] == 2 + 6 + 1 + 1 + 1
    assert kinds["ProvAgent"] == 4 + 3 + 2 + 1
    assert kinds["ProvDelegation"] == 3
    assert kinds["ProvSpecialization"] == 3
    assert {"ProvAttribution", "ProvDerivation", "ProvActivity", "ProvGeneration", "ProvAssociation"} <= set(kinds)


def test_who_says_it_and_for_whom_is_attribution_and_delegation() -> None:
    found = graph(exported("prov", sample()))
    said = [one for one in sample() if isinstance(one, Statement)]
    speaker = found.value(iri(said[0].id), PROV.wasAttributedTo)
    assert label(found, speaker) == "Ana Duarte"
    above = found.value(speaker, PROV.actedOnBehalfOf)
    assert label(found, above) == "Ellin Harbour Office"
    assert label(found, found.value(above, PROV.actedOnBehalfOf)) == "Port of Ellin"
    qualified = found.value(iri(said[3].id), PROV.qualifiedAttribution)
    assert str(found.value(qualified, URIRef("urn:inquit:scheme:stance"))) == "denies"
    assert label(found, found.value(iri(said[4].id), PROV.wasAttributedTo)) == "Harbour Post"
    assert found.value(iri(said[5].id), PROV.wasAttributedTo) is None


def test_copies_quote_claims_have_a_primary_source_and_laundering_is_derivation() -> None:
    found = graph(exported("prov", sample()))
    first, second = (iri(one.id) for one in sample() if isinstance(one, Article))
    said = [iri(one.id) for one in sample() if isinstance(one, Statement)]
    claim = next(iri(one.id) for one in sample() if isinstance(one, Claim))
    assert (second, PROV.wasQuotedFrom, first) in found
    assert (said[1], PROV.wasQuotedFrom, said[2]) in found
    assert (said[5], PROV.wasDerivedFrom, said[0]) in found
    occasion = found.value(claim, PROV.hadPrimarySource)
    assert found.value(occasion, PROV.wasAttributedTo) == found.value(said[0], PROV.wasAttributedTo)
    assert set(found.subjects(PROV.specializationOf, claim)) == {said[0], said[3], said[5]}


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_come_back(words: str) -> None:
    found = graph(exported("prov", hostile(words)))
    article = next(encodable(one) for one in hostile(words) if isinstance(one, Article))
    title = found.value(iri(article.id), URIRef("http://purl.org/dc/terms/title"))
    assert str(title) == article.title

"""Web Annotation: no validator is published as a package, so this is a check written from the Recommendation.

https://www.w3.org/TR/annotation-model/ of 23 February 2017; sections are named beside each check. PyLD, with the part
of the Recommendation's context that is used here, says that our own terms expand.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from export_sample import HOSTILE, TEXT, exported, hostile, sample
from pyld import jsonld

from inquit.export.wording import encodable
from inquit.records import Article, Claim, Statement

MOTIVATIONS = {
    "assessing",
    "bookmarking",
    "classifying",
    "commenting",
    "describing",
    "editing",
    "highlighting",
    "identifying",
    "linking",
    "moderating",
    "questioning",
    "replying",
    "tagging",
}
USED = {
    "oa": "http://www.w3.org/ns/oa#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "id": "@id",
    "type": "@type",
    "Annotation": "oa:Annotation",
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "first": {"@id": "as:first", "@type": "@id"},
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "exact": "oa:exact",
}


def collection(data: bytes) -> dict[str, Any]:
    found = json.loads(data)
    # 5.1 and 5.2: a collection with its total, and its first page embedded
    assert found["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert (found["type"], found["first"]["type"]) == ("AnnotationCollection", "AnnotationPage")
    assert found["total"] == len(found["first"]["items"])
    return found


def valid(annotation: dict[str, Any]) -> None:
    # 3.1: exactly one id, the type Annotation, one target or more; 3.3.5: motivations of the Recommendation's own
    assert annotation["id"].startswith("urn:")
    assert annotation["type"] == "Annotation"
    assert annotation["target"]
    assert annotation["motivation"] in MOTIVATIONS
    for body in annotation["body"]:
        # 3.2.4: an embedded text has a value; a purpose is a motivation
        if body["type"] == "TextualBody":
            assert isinstance(body["value"], str)
            assert body["purpose"] in MOTIVATIONS
    for target in annotation["target"]:
        if isinstance(target, dict):
            assert target["source"]
            selects(target["selector"])


def selects(selectors: list[dict[str, Any]]) -> None:
    quote, position = selectors
    # 4.2.4: exactly one exact; 4.2.5: non-negative integers, the start before the end
    assert quote["type"] == "TextQuoteSelector"
    assert quote["exact"]
    assert position["type"] == "TextPositionSelector"
    assert 0 <= position["start"] < position["end"]


def both_select(text: str, target: dict[str, Any]) -> Iterator[str]:
    """What the selectors of a target select; a quote that occurs once is found by its words and what is around them."""
    quote, position = target["selector"]
    yield text[position["start"] : position["end"]]
    around = quote.get("prefix", "") + quote["exact"] + quote.get("suffix", "")
    assert text.count(around) == 1
    begin = text.index(around) + len(quote.get("prefix", ""))
    yield text[begin : begin + len(quote["exact"])]


def test_every_statement_and_claim_is_an_annotation_as_the_recommendation_has_it() -> None:
    items = collection(exported("webannotation", sample()))["first"]["items"]
    for annotation in items:
        valid(annotation)
    wanted = [one.id for one in sample() if isinstance(one, Statement | Claim)]
    assert [annotation["id"].removeprefix("urn:inquit:") for annotation in items] == wanted


def test_quote_and_position_select_the_words_of_the_content_in_code_points() -> None:
    items = collection(exported("webannotation", sample()))["first"]["items"]
    first, after_astral = items[0], items[3]
    wanted = [["The crane was cracked"] * 2, ["and we knew"] * 2]
    assert [list(both_select(TEXT, target)) for target in first["target"]] == wanted
    assert list(both_select(TEXT, after_astral["target"][0])) == ["that there was a warning"] * 2


def test_an_article_on_the_web_is_the_source_and_its_text_the_state_that_positions_count_in() -> None:
    article = next(one for one in sample() if isinstance(one, Article))
    items = collection(exported("webannotation", sample()))["first"]["items"]
    target, elsewhere = items[0]["target"][0], items[5]["target"][0]
    assert target["source"] == article.url
    assert target["state"] == {"type": "TimeState", "cached": f"urn:inquit:{article.id}"}
    assert elsewhere["source"].startswith("urn:inquit:a1:")
    assert "state" not in elsewhere


def test_own_terms_expand_to_iris() -> None:
    found = collection(exported("webannotation", sample()))
    found["@context"][0] = USED
    annotations = jsonld.expand(found)[0]["http://www.w3.org/ns/activitystreams#first"][0][
        "http://www.w3.org/ns/activitystreams#items"
    ][0]["@list"]
    body = annotations[2]["http://www.w3.org/ns/oa#hasBody"][1]
    assert body["@type"] == ["urn:inquit:scheme:Statement"]
    assert body["urn:inquit:scheme:entity"] == [{"@value": "inspectors"}]
    assert body["urn:inquit:scheme:inside"][0]["@id"].startswith("urn:inquit:s1:")


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_stay_whole_but_for_lone_surrogates(words: str) -> None:
    items = collection(exported("webannotation", hostile(words)))["first"]["items"]
    text = next(encodable(one) for one in hostile(words) if isinstance(one, Article)).text
    for annotation in items:
        valid(annotation)
    for target in items[0]["target"]:
        assert len(set(both_select(text, target))) == 1

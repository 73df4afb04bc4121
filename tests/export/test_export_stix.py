"""STIX 2.1: the OASIS validator (stix2-validator) checks the bundle, the OASIS library (stix2) reads it."""

from __future__ import annotations

import json
from typing import Any

import pytest
import stix2
from export_sample import HOSTILE, article, exported, hostile, sample
from stix2validator import ValidationOptions, validate_string

from inquit.export.wording import encodable


def objects(data: bytes, kind: str) -> list[dict[str, Any]]:
    return [one for one in json.loads(data)["objects"] if one["type"] == kind]


def problems(data: bytes) -> list[str]:
    """What the validator finds: errors of the schemas, and warnings of the specification's SHOULDs."""
    found = validate_string(data.decode(), ValidationOptions(version="2.1"))
    return [str(one) for one in (*(found.errors or ()), *found.warnings)]


# Two SHOULDs are left undone: ids are made from ours (UUID version 5, not 4) so that a second export updates the first,
# and of an article's page only the address is known, not the bytes that a hash would be of.
EXPECTED = ("is not a valid UUIDv4 ID", "has a URL but no hash")


def unexpected(data: bytes) -> list[str]:
    return [one for one in problems(data) if not any(words in one for words in EXPECTED)]


def test_the_validator_finds_nothing_wrong() -> None:
    assert unexpected(exported("stix", sample())) == []
    assert unexpected(exported("stix", [])) == []


def test_the_library_reads_every_object() -> None:
    bundle = stix2.parse(exported("stix", sample()).decode(), allow_custom=False)
    kinds = [one["type"] for one in bundle.objects]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "extension-definition": 1,
        "identity": 9,
        "report": 2,
        "note": 7,
        "opinion": 1,
        "relationship": 5,
    }


def test_a_denial_is_an_opinion_of_the_one_who_denies_on_the_note_of_the_claim() -> None:
    data = exported("stix", sample())
    [opinion] = objects(data, "opinion")
    assert (opinion["opinion"], opinion["authors"]) == ("disagree", ["Ministry of Works"])
    claim = next(note for note in objects(data, "note") if note["labels"] == ["claim"])
    assert opinion["object_refs"] == [claim["id"]]
    assert claim["content"] == "The crane was cracked"
    assert len(claim["object_refs"]) == 3


def test_no_judgement_is_written_and_the_admiralty_scale_says_so() -> None:
    found = json.loads(exported("stix", sample()))["objects"]
    assert not [one for one in found if "confidence" in one]
    labels = {label for one in found for label in one.get("labels", []) if label.startswith("admiralty-scale:")}
    assert labels == {
        'admiralty-scale:source-reliability="f"',
        'admiralty-scale:information-credibility="6"',
    }


def test_a_held_back_source_is_an_author_and_no_identity() -> None:
    data = exported("stix", sample())
    assert "port official" not in {one["name"] for one in objects(data, "identity")}
    assert ["port official"] in [note.get("authors") for note in objects(data, "note")]
    person = next(one for one in objects(data, "identity") if one["name"] == "Ana Duarte")
    assert (person["identity_class"], person["roles"]) == ("individual", ["harbour master"])


def test_a_statement_keeps_its_labels_and_spans_in_the_extension() -> None:
    data = exported("stix", sample())
    [definition] = objects(data, "extension-definition")
    note = next(one for one in objects(data, "note") if one["content"].startswith("The crane was cracked …"))
    kept = note["extensions"][definition["id"]]
    assert (kept["stance"], kept["through"], kept["said_when"]) == (
        "affirms",
        "an interview with the Daily Lantern",
        "2031-04-07",
    )
    assert len(kept["content_spans"]) == 2


def test_ids_are_the_same_in_every_export_and_an_article_without_a_date_is_a_grouping() -> None:
    assert exported("stix", sample()) == exported("stix", sample())
    data = exported("stix", [article("The quay is closed.", external_id="note.txt")])
    assert [one["name"] for one in objects(data, "grouping")] == ["note.txt"]
    assert unexpected(data) == []


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_stay_whole_but_for_lone_surrogates(words: str) -> None:
    data = exported("stix", hostile(words))
    assert unexpected(data) == []
    text = encodable(hostile(words)[0]).text
    contents = [note["content"] for note in objects(data, "note")]
    assert f"{text[: len(words) // 2]} … {text[len(words) // 2 : len(words)]}" in contents

"""ninjs: its schema is not in a package registry, so this is a check written from the standard (ninjs 3.1).

https://iptc.org/std/ninjs/userguide/ : ``uri`` is required, everything that can be several is an array of objects, and
the times are date-times of RFC 3339.
"""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from export_sample import HOSTILE, exported, hostile, sample

from inquit.export.wording import encodable
from inquit.records import Article


def items(of: dict[str, Any], *required: str) -> dict[str, Any]:
    return {
        "type": "array",
        "minItems": 1,
        "items": {"type": "object", "properties": of, "required": list(required), "additionalProperties": False},
    }


STRING = {"type": "string", "minLength": 1}
URI = {"type": "string", "format": "uri", "pattern": "^[a-z]+:"}
NAMED = {"name": STRING, "uri": URI, "rel": STRING}
ITEM = {
    "type": "object",
    "required": ["uri"],
    "additionalProperties": False,
    "properties": {
        "uri": URI,
        "standard": {"type": "object", "properties": {"name": {"const": "ninjs"}, "version": {"const": "3.1"}}},
        "type": {"enum": ["text", "audio", "video", "picture", "graphic", "composite"]},
        "pubStatus": {"enum": ["usable", "withheld", "canceled"]},
        "versionCreated": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"},
        "edNote": STRING,
        "by": STRING,
        "headlines": items({"role": STRING, "value": STRING}, "value"),
        "bodies": items(
            {"role": STRING, "contentType": STRING, "charCount": {"type": "integer", "minimum": 0}, "value": STRING},
            "value",
        ),
        "people": items(NAMED, "name"),
        "organisations": items(NAMED, "name"),
        "infoSources": items({"name": STRING, "role": STRING}, "name"),
        "altIds": items({"role": STRING, "value": STRING}, "value"),
        "associations": items(NAMED, "uri"),
    },
}


def lines(data: bytes) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in data.splitlines()]
    for item in found:
        jsonschema.validate(item, ITEM)
    return found


def test_an_article_is_an_item_with_its_sources_as_people_and_organisations() -> None:
    first, second = lines(exported("ninjs", sample()))
    assert first["bodies"][0]["value"] == sample()[0].text
    assert (first["versionCreated"], first["by"]) == ("2031-04-08T07:10:00+01:00", "Mara Voss, Jonas Velde")
    assert [(one["name"], one["rel"]) for one in first["people"]] == [
        ("Ana Duarte", "source"),
        ("port official", "source"),
    ]
    assert [(one["name"], one["rel"]) for one in first["organisations"]] == [
        ("Ellin Harbour Office", "party"),
        ("Port of Ellin", "party"),
        ("inspectors", "source"),
        ("Ministry of Works", "source"),
        ("Norland", "party"),
    ]
    assert second["edNote"] == "Published: 2031-04-09"
    assert not {"people", "versionCreated", "headlines"} & set(second)


def test_a_copy_is_an_association_and_its_origin_a_source_of_information() -> None:
    first, second = lines(exported("ninjs", sample()))
    assert second["associations"] == [
        {"name": "takes over 62% of its text from", "rel": "derivedFrom", "uri": first["uri"]}
    ]
    assert second["infoSources"] == [
        {"name": "Ellin Courier", "role": "publisher"},
        {"name": "Meridian Wire", "role": "originator"},
    ]


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_stay_whole_but_for_lone_surrogates(words: str) -> None:
    wanted = [encodable(one).text for one in hostile(words) if isinstance(one, Article)]
    assert [item["bodies"][0]["value"] for item in lines(exported("ninjs", hostile(words)))] == wanted

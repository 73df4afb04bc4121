"""FollowTheMoney: the library validates every entity where it is installed (its PyICU needs a compiler), in a test job.

Without it: a check, from the documentation of the model, of the schemata, properties and references that are used.
"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from export_sample import HOSTILE, article, exported, hostile, sample

THING = {"name", "summary", "notes", "description", "sourceUrl", "publisher", "keywords", "proof"}
PROPERTIES = {
    "Article": {"title", "author", "publisher", "publishedAt", "sourceUrl", "fileName", "bodyText"},
    "Document": {"fileName", "title"},
    "Person": {"name"},
    "Organization": {"name"},
    "LegalEntity": {"name"},
    "Mention": {"document", "name", "resolved", "detectedSchema"},
    "Documentation": {"document", "entity", "role"},
    "Representation": {"agent", "client", "role"},
    "Note": THING | {"entity"},
    "UnknownLink": {"subject", "object", "role", "description"},
}
REQUIRED = {
    "Person": {"name"},
    "Organization": {"name"},
    "LegalEntity": {"name"},
    "Mention": {"document", "name"},
    "Documentation": {"document", "entity"},
    "Representation": {"agent", "client"},
    "UnknownLink": {"subject", "object"},
}
REFERENCES = {"document", "resolved", "entity", "agent", "client", "subject", "object", "proof"}
IDENT = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.\-]*[0-9a-zA-Z])?")


def entities(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.splitlines()]


def of(data: bytes, schema: str) -> list[dict[str, list[str]]]:
    return [one["properties"] for one in entities(data) if one["schema"] == schema]


CASES = {"sample": sample(), **{name: hostile(words) for name, words in HOSTILE.items()}}


@pytest.mark.parametrize("records", CASES.values(), ids=CASES)
def test_entities_have_what_their_schema_wants_and_refer_to_entities_that_are_there(records: list[Any]) -> None:
    found = entities(exported("ftm", records))
    idents = [one["id"] for one in found]
    assert len(set(idents)) == len(idents)
    for one in found:
        properties = one["properties"]
        assert IDENT.fullmatch(one["id"])
        assert set(properties) <= PROPERTIES[one["schema"]]
        assert REQUIRED.get(one["schema"], set()) <= set(properties)
        for name, values in properties.items():
            assert all(isinstance(value, str) and value.strip() for value in values)
            if name in REFERENCES:
                assert set(values) <= set(idents)


@pytest.mark.parametrize("records", CASES.values(), ids=CASES)
def test_the_library_takes_every_value_of_every_entity(records: list[Any]) -> None:
    model = pytest.importorskip("followthemoney", reason="pip install followthemoney (PyICU needs a compiler)").model
    for one in entities(exported("ftm", records)):
        model.get(one["schema"]).validate(one)
        proxy = model.get_proxy(one, cleaned=False)
        for name, values in one["properties"].items():
            # Its own cleaning takes control characters and white space at the ends out of texts.
            cleaned = [proxy.schema.get(name).type.clean(value) for value in values]
            assert all(cleaned), (one["schema"], name, values)
            assert set(proxy.get(name)) == set(cleaned)


def test_a_statement_is_a_note_about_who_speaks_with_the_article_as_proof() -> None:
    data = exported("ftm", sample())
    first = sample()[0]
    names = {one["id"]: one["properties"].get("name") for one in entities(data)}
    note = of(data, "Note")[0]
    assert note["description"] == ["The crane was cracked … and we knew"]
    assert [names[one] for one in note["entity"]] == [["Ana Duarte"]]
    assert note["proof"] == [first.id.replace(":", "-")]
    assert "stance:affirms" in note["keywords"]
    assert "why stance: told affirms" in note["notes"]
    [master] = [one for one in of(data, "Representation") if one.get("role") == ["harbour master"]]
    assert [names[one] for one in (*master["agent"], *master["client"])] == [["Ana Duarte"], ["Ellin Harbour Office"]]


def test_a_held_back_source_is_mentioned_and_no_entity() -> None:
    data = exported("ftm", sample())
    assert ["port official"] not in [one["name"] for one in of(data, "Person")]
    [mention] = [one for one in of(data, "Mention") if one["name"] == ["port official"]]
    assert "resolved" not in mention


@pytest.mark.parametrize(
    ("published", "wanted"),
    [
        ("2031-04-08T07:10:00+01:00", ["2031-04-08T06:10:00"]),
        ("2031-04-08", ["2031-04-08"]),
        ("2031-04", ["2031-04"]),
        ("2031-02", ["2031-02"]),
        ("2031", ["2031"]),
        ("2031-W15", ["2031-04-07"]),
        ("soon", None),
    ],
)
def test_a_date_keeps_as_much_as_is_told(published: str, wanted: list[str] | None) -> None:
    [found] = of(exported("ftm", [article("The quay is closed.", published=published)]), "Article")
    assert found.get("publishedAt") == wanted

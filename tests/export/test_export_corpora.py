"""brat, CoNLL-U Plus, Citron and DocBin: read back by inquit eval's brat reader, conllu, a check by offsets, spaCy."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path
from typing import Any

import conllu
import msgspec
import pytest
import spacy
from export_sample import HOSTILE, TEXT, exported, hostile, sample
from spacy.tokens import DocBin

import inquit.spacy
from inquit.evaluate.brat import load
from inquit.export import export_folder
from inquit.export.wording import encodable, fragments
from inquit.records import Article, Record, Spans, Statement

CASES = {"sample": sample(), **{name: hostile(words) for name, words in HOSTILE.items()}}
WHOLE = {name: [encodable(one) for one in found] for name, found in CASES.items()}


def articles(found: list[Record]) -> list[tuple[Article, list[Statement]]]:
    """Each article with its statements, as the formats have them: without lone surrogates."""
    return [
        (one, [s for s in found if isinstance(s, Statement) and s.article == one.id])
        for one in found
        if isinstance(one, Article)
    ]


# -- brat


@pytest.mark.parametrize("found", WHOLE.values(), ids=WHOLE)
def test_the_brat_reader_of_eval_finds_every_text_and_attribution(found: list[Record], tmp_path: Path) -> None:
    export_folder(found, "brat", tmp_path)
    corpus = {one.ident: one for one in load(tmp_path)}
    for article, statements in articles(found):
        annotated = corpus[article.id.replace(":", "-")]
        assert annotated.text == article.text

        def kept(spans: Spans, text: str = article.text) -> Spans:
            return tuple(sorted(fragments(text, spans)))

        wanted = [(kept(said.source), kept(said.cue), kept(s.content)) for s in statements if (said := s.attribution)]
        [reading] = annotated.readings
        assert [(one.source, one.cue, one.content) for one in reading] == [w for w in wanted if any(w)]


def test_brat_has_labels_as_attributes_nesting_as_a_relation_and_the_rest_as_notes(tmp_path: Path) -> None:
    export_folder(sample(), "brat", tmp_path)
    lines = (tmp_path / f"{sample()[0].id.replace(':', '-')}.ann").read_text(encoding="utf-8").splitlines()
    assert "A3\tStance E1 affirms" in lines
    assert "A5\tEvidenceKind E1 offered" in lines
    assert "R1\tInside Arg1:E3 Arg2:E2" in lines
    assert any(line.endswith("AnnotatorNotes E1\toffice: harbour master") for line in lines)
    assert any(
        line.startswith("T") and "\tOwnVoice " in line and line.endswith("The quay is closed.") for line in lines
    )
    types = (tmp_path / "annotation.conf").read_text(encoding="utf-8")
    for line in lines:
        assert line.split("\t")[1].split(":")[0].split()[0] in types + "AnnotatorNotes"


def test_brat_to_a_stream_is_a_tar_archive_of_the_folder(tmp_path: Path) -> None:
    export_folder(sample(), "brat", tmp_path)
    with tarfile.open(fileobj=io.BytesIO(exported("brat", sample()))) as archive:
        files = {name: archive.extractfile(name) for name in archive.getnames() if name != "brat"}
        assert {name: file.read() for name, file in files.items() if file is not None} == {
            f"brat/{path.name}": path.read_bytes() for path in tmp_path.iterdir()
        }


# -- CoNLL-U Plus


def sentences(data: bytes) -> list[conllu.TokenList]:
    return list(conllu.parse_incr(io.StringIO(data.decode("utf-8"), newline="\n")))


def roles(tokens: list[dict[str, Any]]) -> dict[tuple[int, str], list[tuple[int, int]]]:
    """For each number and role its spans, put together again from the tokens."""
    spans: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for token in tokens:
        start, end = map(int, token["misc"]["TokenRange"].split(":"))
        for tag in (token["inquit:roles"] or "_").split("|") if token["inquit:roles"] not in (None, "_") else ():
            label, _, number = tag.rpartition(":")
            begins, role = label.split("-", 1)
            known = spans.setdefault((int(number), role), [])
            if begins == "B":
                known.append((start, end))
            else:
                known[-1] = (known[-1][0], end)
    return spans


def test_conll_has_every_token_with_its_place_and_every_span() -> None:
    found = sentences(exported("conll", sample()))
    first = [token for one in found for token in one if one.metadata["sent_id"].startswith(sample()[0].id)]
    for token in first:
        start, end = map(int, token["misc"]["TokenRange"].split(":"))
        assert TEXT[start:end] == token["form"]
        assert ("SpaceAfter" in token["misc"]) == (end < len(TEXT) and not TEXT[end].isspace())
    assert "".join(token["form"] for token in first) == "".join(TEXT.split())
    for number, statement in enumerate(sample()[1:6], 1):
        said = statement.attribution
        wanted = {(number, "content" if said else "own_voice"): list(statement.content)}
        if said is not None:
            wanted |= {(number, "source"): list(said.source), (number, "cue"): list(said.cue)}
        back = {key: spans for key, spans in roles(first).items() if key[0] == number}
        # The full stop after the last word is a token of its own: spans of the sample end at tokens.
        assert back == wanted


def test_conll_has_one_column_of_the_outermost_statements_for_sequence_labelling() -> None:
    found = sentences(exported("conll", sample()))
    nested = next(one for one in found if "inspectors" in one.metadata["text"])
    tags = [token["inquit:bio"] for token in nested if token["form"] in {"official", "said", "that", "inspectors"}]
    assert tags == ["I-source", "B-cue", "B-content", "I-content"]
    for sentence in found:
        before = "O"
        for token in sentence:
            kind, _, role = token["inquit:bio"].partition("-")
            assert kind != "I" or before.partition("-")[2] == role
            before = token["inquit:bio"]


def test_conll_has_the_article_and_its_statements_in_comments() -> None:
    metadata = sentences(exported("conll", sample()))[0].metadata
    assert metadata["newdoc id"] == sample()[0].id
    assert metadata["outlet"] == "Harbour Post"
    back = [msgspec.json.decode(metadata[f"statement_{number}"], type=Statement) for number in range(1, 6)]
    assert back == sample()[1:6]


@pytest.mark.parametrize("found", WHOLE.values(), ids=WHOLE)
def test_conll_of_hostile_words_is_read_back(found: list[Record]) -> None:
    back = sentences(exported("conll", found))
    for article, _ in articles(found):
        tokens = [token for one in back for token in one if one.metadata["sent_id"].startswith(article.id)]
        assert "".join(token["form"] for token in tokens) == "".join(article.text.split())


# -- Citron


@pytest.mark.parametrize("found", WHOLE.values(), ids=WHOLE)
def test_citron_has_every_attributed_statement_with_spans_that_hold_their_words(found: list[Record]) -> None:
    documents = [json.loads(line) for line in exported("citron", found).splitlines()]
    for document, (article, statements) in zip(documents, articles(found), strict=True):
        assert document["text"] == article.text
        said = [one for one in statements if one.attribution]
        for quote, statement in zip(document["quotes"], said, strict=True):
            assert {"cue", "sources", "contents", "coreferences", "confidence"} <= set(quote)
            spans = [*filter(None, [quote["cue"]]), *quote["sources"], *quote["contents"], *quote["coreferences"]]
            for one in spans:
                assert article.text[one["start"] : one["end"]] == one["text"]
            assert [(one["start"], one["end"]) for one in quote["contents"]] == list(statement.content)


def test_citron_leads_a_source_that_only_points_to_the_name_it_means() -> None:
    article = sample()[0]
    first = sample()[1]
    pointing = msgspec.structs.replace(
        first,
        attribution=msgspec.structs.replace(first.attribution, source=((TEXT.index("She"), TEXT.index("She") + 3),)),
    )
    [document] = [json.loads(line) for line in exported("citron", [article, pointing]).splitlines()]
    assert [one["text"] for one in document["quotes"][0]["coreferences"]] == ["Ana Duarte"]


# -- spaCy


@pytest.mark.parametrize("found", WHOLE.values(), ids=WHOLE)
def test_a_docbin_gives_the_docs_that_the_component_leaves(found: list[Record]) -> None:
    docs = list(DocBin(store_user_data=True).from_bytes(exported("docbin", found)).get_docs(spacy.blank("en").vocab))
    for doc, (article, statements) in zip(docs, articles(found), strict=True):
        assert doc.text == article.text
        assert set(doc.spans) == {f"inquit/{name}" for name in inquit.spacy.GROUPS}
        # The component knows an article by its very text, which lone surrogates are no part of any more.
        if article in CASES["surrogates"] or article not in WHOLE["surrogates"]:
            assert [one.record for one in doc._.statements] == statements
            assert doc._.reading.article == article


def test_spans_of_a_docbin_hold_the_words_of_the_statements() -> None:
    [doc, _] = DocBin().from_bytes(exported("docbin", sample())).get_docs(spacy.blank("en").vocab)
    assert [span.text for span in doc.spans["inquit/cue"]] == ["told", "said", "had warned", "denied"]
    assert [span.text for span in doc.spans["inquit/own_voice"]] == ["The quay is closed."]
    assert {span.label_ for span in doc.spans["inquit/source"]} == {"source"}

"""Whatever the text, spans come back; however long it is, it is exported."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path

import conllu
import pyarrow.parquet as pq
import spacy
from export_sample import article, exported, statement
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree
from spacy.tokens import DocBin

from inquit.evaluate.brat import load
from inquit.export import FORMATS, export_folder
from inquit.export.wording import encodable, fragments
from inquit.records import Record, Span

ANY = st.text(st.characters(), min_size=3, max_size=40)


@st.composite
def readings(draw: st.DrawFn) -> tuple[list[Record], list[Span]]:
    """An article of any text with a statement, and the statement's source, cue and content, which may overlap."""
    text = draw(ANY)
    spans = []
    for _ in range(3):
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
        assume(text[start:end].strip())
        spans.append((start, end))
    source, cue, content = spans
    about = article(text, external_id="any.txt", outlet=draw(ANY), title=draw(ANY), published="2031-04-08")
    said = statement(about, content, source=(source,), cue=(cue,), entity=draw(ANY), form="indirect")
    return [about, said], spans


@settings(deadline=None)
@given(made=readings())
def test_spans_come_back_from_brat_and_every_token_from_conll(made: tuple[list[Record], list[Span]]) -> None:
    found, spans = made
    with tempfile.TemporaryDirectory() as folder:
        export_folder(found, "brat", Path(folder))
        [annotated] = load(Path(folder))
    assert annotated.text == encodable(found[0]).text
    [back] = annotated.readings[0]
    assert [back.source, back.cue, back.content] == [tuple(fragments(annotated.text, (span,))) for span in spans]
    sentences = conllu.parse_incr(io.StringIO(exported("conll", found).decode(), newline="\n"))
    assert "".join(token["form"] for one in sentences for token in one) == "".join(annotated.text.split())


@settings(deadline=None, max_examples=30)
@given(made=readings())
def test_every_format_takes_any_text_and_what_is_json_or_xml_is_sound(
    made: tuple[list[Record], list[Span]],
) -> None:
    found, _ = made
    for name in FORMATS.keys() - {"docbin"}:
        data = exported(name, found)
        if name in {"webannotation", "claimreview", "stix"}:
            json.loads(data)
        elif name in {"jsonl", "ftm", "ninjs", "citron"}:
            assert [json.loads(line) for line in data.splitlines()]
        elif name in {"graphml", "gexf"}:
            etree.fromstring(data)
        elif name == "parquet":
            assert pq.read_table(io.BytesIO(data)).column("text").to_pylist()[0] == encodable(found[0]).text


def test_a_text_longer_than_spacy_likes_is_exported_whole() -> None:
    about = article("The crane was cracked, reports say. " * 40_000, external_id="long.txt")
    said = statement(about, (1_400_000, 1_400_003), cue=((23, 34),), entity="Ana Duarte", form="indirect")
    [doc] = DocBin().from_bytes(exported("docbin", [about, said])).get_docs(spacy.blank("en").vocab)
    assert len(doc.text) == len(about.text) > 1_000_000
    assert [span.text for span in doc.spans["inquit/cue"]] == ["reports say"]
    assert exported("conll", [about, said]).count(b"\treports\t") == 40_000

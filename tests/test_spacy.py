"""The spaCy component: what it finds is what ``read`` finds, on tokens, and it outlasts processes and files."""

from __future__ import annotations

import pickle
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

spacy = pytest.importorskip("spacy", reason="spaCy comes with the extra spacy")

from spacy.language import Language  # noqa: E402
from spacy.tokens import Doc, DocBin, Span  # noqa: E402
from spacy.vocab import Vocab  # noqa: E402

from inquit import pipeline, records  # noqa: E402
from inquit.errors import UsageError  # noqa: E402
from inquit.extract.reader import reader  # noqa: E402
from inquit.spacy import GROUPS, DocStatement  # noqa: E402

TEXT = (
    "“It's safe,” said Ana Duarte, the mayor of Ellin, “and open.”\n\n"
    "Duarte denied that inspectors said the crane was cracked. The crane has stood in the port for 28 years."
)
PLAIN = "The crane was cracked, a port official claimed on Monday. It was built in Norland in 1998, and it is red."
GERMAN = (
    "Der Kran im Hafen sei sicher, sagte die Bürgermeisterin am Montag. Die Prüfer hatten im vergangenen Jahr vor "
    "Rissen gewarnt, doch niemand hatte ihnen zugehört, und der Hafen blieb geöffnet."
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    made = spacy.blank("en")
    made.add_pipe("inquit")
    return made


def groups(doc: Doc) -> dict[str, list[tuple[int, int, str]]]:
    return {key: [(s.start, s.end, s.label_) for s in group] for key, group in doc.spans.items()}


def pieces(statement: DocStatement) -> list[tuple[Span, records.Span]]:
    """Each span of tokens with the span of code points that it stands for."""
    said = statement.attribution
    pairs = [(statement.content, statement.record.content)]
    if said is not None:
        pairs += [(statement.source, said.source), (statement.cue, said.cue)]
    return [pair for tokens, points in pairs for pair in zip(tokens, points, strict=True)]


def test_every_role_of_a_statement_is_a_group_of_spans(nlp: Language) -> None:
    doc = nlp(TEXT)
    words = {key: [s.text for s in group] for key, group in doc.spans.items()}
    assert set(words) == {f"inquit/{name}" for name in GROUPS}
    assert words["inquit/source"][0].startswith("Ana Duarte")
    assert words["inquit/cue"][:2] == ["said", "denied"]
    assert words["inquit/content"][:2] == ["It's safe", "and open"]
    assert words["inquit/own_voice"] == ["The crane has stood in the port for 28 years."]
    assert {s.label_ for s in doc.spans["inquit/cue"]} == {"cue"}


def test_a_statement_has_the_fields_of_the_contract_and_spans_of_tokens(nlp: Language) -> None:
    first, second, *_, last = nlp(TEXT)._.statements
    assert [s.text for s in first.content] == ["It's safe", "and open"]
    assert (first.entity, first.standing, first.stance, first.form) == ("Ana Duarte", "person", "affirms", "direct")
    assert (second.entity, second.stance, second.framing, second.inside) == ("Ana Duarte", "denies", "neutral", None)
    assert second.attribution == second.record.attribution
    assert (last.attribution, last.source, last.entity, last.stance, last.form) == (None, (), None, None, None)
    assert 0 < last.score <= 1


def test_each_label_has_its_reason_with_words_of_the_doc(nlp: Language) -> None:
    _, second, *_, last = nlp(TEXT)._.statements
    assert [word.text for word in second.why["entity"].words] == ["Ana Duarte"]
    assert [word.text for word in second.why["stance"].words] == ["denied"]
    assert {label: why.ground for label, why in second.why.items()} == {r.label: r.ground for r in second.record.why}
    assert last.why == {}


def test_the_statements_are_those_that_read_gives(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    doc._.article = {
        "id": "7",
        "outlet": "Harbour Post",
        "published": "2026-03-02",
        "title": "Crane",
        "authors": ["Jonas Velde"],
    }
    read = nlp(doc)._.reading
    assert read.article.authors == ("Jonas Velde",)
    assert (read.article.external_id, read.article.outlet, read.article.published) == (
        "7",
        "Harbour Post",
        "2026-03-02",
    )
    assert read == pipeline.reading(read.article)
    assert [s.record for s in doc._.statements] == list(read.statements)


def test_the_config_says_what_holds_for_every_doc() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("inquit", config={"outlet": "Meridian Wire", "published": "2026-03-02"})
    own = nlp.make_doc(PLAIN)
    own._.article = {"outlet": "Daily Lantern"}
    articles = [doc._.reading.article for doc in nlp.pipe([nlp.make_doc(PLAIN), own])]
    assert [a.outlet for a in articles] == ["Meridian Wire", "Daily Lantern"]
    assert [a.published for a in articles] == ["2026-03-02"] * 2


@pytest.mark.parametrize("about", [{"outlets": "Harbour Post"}, {"published": "Monday"}, {"title": 7}, "Harbour Post"])
def test_an_article_that_cannot_be_meant_is_refused(nlp: Language, about: object) -> None:
    doc = nlp.make_doc(PLAIN)
    doc._.article = about
    with pytest.raises(UsageError):
        nlp(doc)


def test_a_date_that_is_none_is_refused_when_the_pipe_is_added() -> None:
    with pytest.raises(UsageError, match="ISO 8601"):
        spacy.blank("en").add_pipe("inquit", config={"published": "last Monday"})


@pytest.mark.parametrize("marks", ["“”", '""', "«»", "‘’", "„“"])
def test_a_token_that_runs_over_the_end_of_a_span_is_taken_in_whole(marks: str) -> None:
    text = f"{marks[0]}It is safe,{marks[1]} Ana Duarte, the mayor, said on Monday."
    words = text.split(" ")  # marks and commas stick to their words
    doc = Doc(Vocab(), words, [True] * (len(words) - 1) + [False])
    nlp = spacy.blank("en")
    nlp.add_pipe("inquit")
    found = nlp(doc)._.statements
    assert found
    for statement in found:
        for tokens, (start, end) in pieces(statement):
            assert tokens.start_char <= start
            assert end <= tokens.end_char
            assert tokens[0].idx + len(tokens[0]) > start
            assert tokens[-1].idx < end
    assert doc.spans["inquit/content"][0].text == f"{marks[0]}It is safe,{marks[1]}"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, len(TEXT) - 1), unique=True, max_size=60))
def test_no_way_to_cut_a_text_into_tokens_loses_a_character(nlp: Language, cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(TEXT)]
    words = [TEXT[a:b] for a, b in pairwise(edges)]
    doc = nlp(Doc(nlp.vocab, words, [False] * len(words)))
    assert doc.text == TEXT
    assert len(doc._.statements) >= 3
    for statement in doc._.statements:
        for tokens, (start, end) in pieces(statement):
            assert TEXT[start:end] in tokens.text
            assert tokens[0].idx + len(tokens[0]) > start
            assert tokens[-1].idx < end


def test_merged_tokens_have_their_spans_after_the_reading_too(nlp: Language) -> None:
    doc = nlp(TEXT)
    source = doc._.statements[0].source[0]
    with doc.retokenize() as retokenizer:
        retokenizer.merge(doc[source.start - 1 : source.start + 2])  # "said Ana Duarte"
    assert doc._.statements[0].source[0].text.startswith("said Ana Duarte")


def test_a_span_knows_the_statements_it_touches(nlp: Language) -> None:
    doc = nlp(TEXT)
    first, second, *_, last = doc._.statements
    assert doc.spans["inquit/source"][0]._.statements == [first]
    assert second in doc.spans["inquit/cue"][1]._.statements
    assert doc.spans["inquit/own_voice"][0]._.statements == [last]
    assert doc[0:1]._.statements == []  # the opening mark


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # numpy's threads, on Python 3.12 and later
def test_two_processes_find_what_one_finds(nlp: Language) -> None:
    texts = [TEXT, "", PLAIN, GERMAN]
    docs = [nlp.make_doc(text) for text in texts]
    docs[2]._.article = {"outlet": "Harbour Post"}
    one = [nlp(doc) for doc in docs]
    again = [nlp.make_doc(text) for text in texts]
    again[2]._.article = {"outlet": "Harbour Post"}
    two = list(nlp.pipe(again, n_process=2, batch_size=1))
    assert [d._.reading for d in two] == [d._.reading for d in one]
    assert [groups(d) for d in two] == [groups(d) for d in one]


def test_the_component_travels_to_another_process(nlp: Language) -> None:
    component = pickle.loads(pickle.dumps(nlp.get_pipe("inquit")))  # noqa: S301 - our own bytes
    assert component(nlp.make_doc(PLAIN))._.reading == nlp(PLAIN)._.reading


@pytest.mark.parametrize("way", ["bytes", "docbin", "pickle"])
def test_a_doc_keeps_its_statements_on_disk(nlp: Language, way: str) -> None:
    doc = nlp(TEXT)
    vocab = Vocab()  # another process begins with an empty one
    if way == "bytes":
        back = Doc(vocab).from_bytes(doc.to_bytes())
    elif way == "docbin":
        stored = DocBin(docs=[doc], store_user_data=True).to_bytes()
        back = next(iter(DocBin().from_bytes(stored).get_docs(vocab)))
    else:
        back = pickle.loads(pickle.dumps(doc))  # noqa: S301 - our own bytes
    assert back._.reading == doc._.reading
    assert groups(back) == groups(doc)
    assert [[t.text for t, _ in pieces(s)] for s in back._.statements] == [
        [t.text for t, _ in pieces(s)] for s in doc._.statements
    ]


def test_a_saved_pipeline_loads_by_itself_and_other_pipelines_load_nothing_of_ours(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("inquit", config={"outlet": "Harbour Post"})
    nlp.to_disk(tmp_path / "pipeline")
    code = (
        "import sys, spacy\n"
        "spacy.blank('en')\n"
        "assert not {'inquit.pipeline', 'inquit.read', 'inquit.extract'} & set(sys.modules)\n"
        f"doc = spacy.load({str(tmp_path / 'pipeline')!r})({PLAIN!r})\n"
        "print(doc._.reading.article.outlet, len(doc.spans['inquit/cue']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[0] == f"Harbour Post {len(nlp(PLAIN).spans['inquit/cue'])}"


def test_two_pipes_share_one_reader(nlp: Language) -> None:
    other = spacy.blank("en")
    other.add_pipe("inquit")
    reader.cache_clear()
    nlp(PLAIN)
    other(PLAIN)
    assert reader.cache_info().misses == 1


def test_an_empty_doc_has_empty_groups(nlp: Language) -> None:
    for text in ("", " \n "):
        doc = nlp(text)
        assert {len(doc.spans[f"inquit/{name}"]) for name in GROUPS} == {0}
        assert doc._.statements == []


def test_a_doc_that_was_not_read_has_no_statements(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    assert (doc._.statements, doc._.reading, doc[0:2]._.statements) == ([], None, [])


def test_a_part_of_a_doc_does_not_take_offsets_of_the_whole(nlp: Language) -> None:
    part = nlp(TEXT)[8:].as_doc(copy_user_data=True)
    assert (part._.reading, part._.statements) == (None, [])


def test_docs_that_are_joined_keep_their_groups(nlp: Language) -> None:
    parts = [nlp(PLAIN), nlp(TEXT)]
    with pytest.warns(UserWarning, match="W101.*inquit"):
        whole = Doc.from_docs(parts)
    words = [span.text for doc in parts for span in doc.spans["inquit/content"]]
    assert [span.text for span in whole.spans["inquit/content"]] == words
    assert whole._.statements == []


def test_a_doc_in_another_language_has_a_problem_and_no_statements(nlp: Language) -> None:
    doc = nlp(GERMAN)
    assert doc._.statements == []
    assert [p.code for p in doc._.reading.problems] == ["language"]


def test_a_very_long_doc_has_the_statements_of_all_its_parts(nlp: Language) -> None:
    times = 60
    doc = nlp("\n\n".join([PLAIN] * times))
    assert len(doc.spans["inquit/cue"]) == times * len(nlp(PLAIN).spans["inquit/cue"])
    assert doc._.statements[-1].content[-1].end_char > len(doc.text) - len(PLAIN)


def test_the_core_does_not_import_spacy() -> None:
    code = "import sys, inquit.cli.main, inquit.pipeline; assert 'spacy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)

"""What holds for any text: spans slice, ids repeat, order does not matter."""

from __future__ import annotations

import random
import re
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inquit import ids, pipeline
from inquit.extract.statements import extract
from inquit.records import Article, Reading, Statement

VOCABULARY = re.findall(
    r"\S+",
    "Ana Duarte said told the mayor that denied “ ” ‘ ’ , . ? it she cracks in a pier according to reportedly has "
    "accused of officials who asked not to be named 👩🏽‍🚒 e\u0301 ﷽ İ ß \u200b",
)
WORDS = st.lists(st.sampled_from([*VOCABULARY, '"', "'", "\n", "\n\n"]), max_size=60).map(" ".join)
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def article(text: str) -> Article:
    ident = ids.article_id(external_id="a", outlet=None, published=None, title=None, text=text)
    return Article(id=ident, external_id="a", text=text)


def spans(statement: Statement) -> list[tuple[int, int]]:
    said = statement.attribution
    return [*statement.content, *(said.source + said.cue if said else ())]


@QUICK
@given(WORDS | st.text(max_size=120))
def test_spans_slice_back_to_words_without_white_space_at_their_ends(text: str) -> None:
    statements, problems = extract(article(text))
    for statement in statements:
        for start, end in spans(statement):
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()
        assert 0 <= statement.score <= 1
    assert all(text[slice(*p.span)] for p in problems if p.span)


@QUICK
@given(WORDS)
def test_reading_the_same_text_twice_gives_the_same_statements(text: str) -> None:
    assert extract(article(text)) == extract(article(text))


@QUICK
@given(WORDS)
def test_inside_names_a_statement_that_came_before(text: str) -> None:
    seen: set[str] = set()
    for statement in extract(article(text))[0]:
        assert statement.inside is None or statement.inside in seen
        seen.add(statement.id)
    assert len(seen) == len(extract(article(text))[0])


def test_the_order_of_inputs_changes_no_result(tmp_path: Path) -> None:
    names = []
    for i, word in enumerate(("pier", "crane", "lock", "dam")):
        path = tmp_path / f"{i}.txt"
        path.write_text(
            f"Ana Duarte said the {word} was safe. “It is not,” said Ilse Brandt of the {word} union.\n" * (i + 1)
        )
        names.append(str(path))
    read = {r.article.id: r for r in pipeline.readings(names) if isinstance(r, Reading)}
    random.Random(1).shuffle(names)
    again = {r.article.id: r for r in pipeline.readings(names) if isinstance(r, Reading)}
    assert read == again
    assert len(read) == 4


def test_a_long_text_reads_the_same_wherever_its_windows_fall() -> None:
    text = "The port was quiet on that day, and nothing moved. " * 60 + "Ana Duarte said the pier was safe.\n"
    (last,) = [s for s in extract(article(text))[0] if s.attribution]
    assert text[slice(*last.content[0])] == "the pier was safe"

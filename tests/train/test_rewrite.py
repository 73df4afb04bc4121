"""Rewritten articles: every label still holds its words; what goes round a sentence is a statement of its own."""

from __future__ import annotations

import random

from inquit import marked
from train.polnear import Attribution, Labelled
from train.rewrite import Donors, donors, rewritten

STORY = (
    "{s1 The harbour master} {c1 said} {t1 the pier was closed}. "
    "{s2 An official} {c2 claimed} {t2 that nobody was hurt}.\n"
    "{t3 Repairs will take a year}, {c3 according to} {s3 the port}. "
    "{s4 Residents} {c4 fear} {t4 that trade will suffer}.\n"
)


def _labelled(text: str) -> Labelled:
    found = marked.parse(text)
    reading = [Attribution(list(s.source), list(s.cue), list(s.content)) for s in found.statements]
    return Labelled("story", found.text, [reading])


def _words(article: Labelled, spans: list[tuple[int, int]]) -> str:
    return " … ".join(article.text[a:b] for a, b in spans)


def _given() -> Donors:
    return donors([_labelled(STORY)])


def test_donors_are_what_stands_on_one_side_of_a_content() -> None:
    given = _given()
    assert "Residents fear " in {d.words for d in given.before}
    assert [d.words for d in given.after] == [", according to the port"]


def test_every_old_label_keeps_its_words_but_sources_who_ask_not_to_be_named() -> None:
    article = _labelled(STORY)
    before = [(_words(article, a.cue), _words(article, a.content).lower()) for a in article.readings[0]]
    for seed in range(200):
        after = rewritten(article, _given(), random.Random(seed))
        kept = [(_words(after, a.cue), _words(after, a.content).lower()) for a in after.readings[0] if not a.known]
        assert sorted(kept) == sorted(before)


def test_a_sentence_is_put_into_another_statement_before_and_after() -> None:
    article, seen = _labelled(STORY), set()
    for seed in range(200):
        after = rewritten(article, _given(), random.Random(seed))
        for outer in (a for a in after.readings[0] if a.known):
            (start, end) = outer.content[0]
            inner = [a for a in after.readings[0] if a is not outer and start <= a.cue[0][0] < end]
            side = "before" if outer.cue[0][0] < start else "after"
            if inner:
                seen.add(side)
                assert all(start <= s and e <= end for a in inner for s, e in (*a.source, *a.content))
    assert seen == {"before", "after"}


def test_a_sentence_becomes_what_somebody_is_quoted_with() -> None:
    article, seen = _labelled(STORY), set()
    for seed in range(300):
        after = rewritten(article, _given(), random.Random(seed))
        for outer in (a for a in after.readings[0] if a.known and _words(after, a.content).startswith("“")):
            content = _words(after, outer.content)
            assert content.endswith(",”")
            assert (_words(after, outer.cue), _words(after, outer.source)) == ("according to", "the port")
            seen.add(content)
    assert "“The harbour master said the pier was closed,”" in seen


def test_a_clause_on_anonymity_goes_into_the_source_and_gives_no_statement() -> None:
    article, found = _labelled(STORY), set()
    for seed in range(200):
        after = rewritten(article, _given(), random.Random(seed))
        for words in (_words(after, a.source) for a in after.readings[0]):
            found |= {words} if words.lower().startswith("an official") and len(words) > 12 else set()
    assert found
    assert not any(words.endswith(",") for words in found)


def test_a_headline_stands_on_a_line_of_its_own_with_its_statement_first() -> None:
    article, verbs = _labelled(STORY), set()
    for seed in range(100):
        after = rewritten(article, _given(), random.Random(seed))
        if not after.text.startswith(article.text[:20]) and after.text.count("\n") == 3:
            first = after.readings[0][0]
            assert max(e for _, e in (*first.source, *first.cue, *first.content)) <= after.text.index("\n")
            verbs.add(_words(after, first.cue).lower())
    assert len(verbs) > 3

"""The account of a claim: what each link of its chain tells, whatever the records say."""

import msgspec
import pytest
from chain_sample import Ledger, story
from hypothesis import given, settings
from hypothesis import strategies as st

from inquit.records import Article, Attribution, Claim, Copy, Occurrence, Statement, Step
from inquit.show.chain import NO_OUTLET, chain
from inquit.show.edges import key
from inquit.show.notes import notes
from inquit.show.passage import passage
from inquit.show.stamp import full, period, stamps


def told(ledger):
    return chain(ledger.claim, ledger.statements, ledger.articles, ledger.copies)


def row(outlet, text, carriage, published="2026-03-02", **force):
    return (outlet, published, "T", carriage, force or None, text)


def happened(account):
    return [[note.text for note in notes(account, link)] for link in account.links]


def test_the_story_is_told_link_by_link():
    assert happened(told(story())) == [
        ["origin"],
        ["repeats Harbour Post", "framing lost here: distancing → neutral"],
        ["copies Meridian Wire, 91% of the text, credit dropped", "attribution lost here"],
        ["attribution weaker here"],
        ["circular: returns to itself"],
        ["denies the claim"],
    ]


def test_the_glance_counts_articles_outlets_sources_and_denials():
    assert told(story()).glance == "6 articles, 4 outlets, 1 independent source, 1 denial, 3 losses"


def test_a_link_tells_who_in_the_sources_own_words_with_a_cue_that_leads_up_to_them():
    words = [link.source_words for link in told(story()).links]
    assert words == [
        "A port official, who asked not to be named",
        "according to the Harbour Post",
        None,
        "according to media reports",
        "confirmed by Meridian Wire and the Daily Lantern",
        "A city hall spokeswoman, Ines Hallgard",
    ]


def test_a_loss_names_the_link_that_still_had_it():
    links = told(story()).links
    assert [(link.number, loss.lost, loss.after) for link in links for loss in link.losses] == [
        (2, "framing", 1),
        (3, "source", 2),
        (4, "source", 2),
    ]


def test_edges_are_copies_named_outlets_and_else_the_nearest_earlier_occurrence():
    edges = [(edge.from_, edge.to, edge.bond) for edge in told(story()).edges]
    assert edges == [(1, 2, "relay"), (2, 3, "copy"), (2, 4, "nearest"), (2, 5, "relay"), (3, 5, "relay")]


RETURN = "{t The port was warned}, {c according to} {s the Meridian Wire}."
RELAY = "{t The port was warned}, {c according to} {s the Harbour Post}."
OWN = "{s A docker} {c said} {t the port was warned}."


def test_an_outlet_that_cites_one_with_a_source_of_its_own_is_not_circular():
    given_rows = (
        row("Harbour Post", OWN, "origin", standing="anonymous"),
        row("Meridian Wire", OWN, "origin", standing="anonymous"),
        row("Harbour Post", RETURN, "relay", standing="outlet"),
    )
    assert [link.circular for link in told(Ledger(given_rows)).links] == [None, None, None]


def test_a_circle_through_a_third_outlet_is_found():
    through = "{t The port was warned}, {c according to} {s the Daily Lantern}."
    given_rows = (
        row("Daily Lantern", OWN, "origin", standing="anonymous"),
        row("Harbour Post", through, "relay", standing="outlet"),
        row("Meridian Wire", RELAY, "relay", standing="outlet"),
        row("Daily Lantern", RETURN, "relay", standing="outlet"),
    )
    assert told(Ledger(given_rows)).links[3].circular == 1


def test_an_outlet_that_names_itself_is_not_circular():
    given_rows = (
        row("Harbour Post", OWN, "origin", standing="anonymous"),
        row("Harbour Post", RELAY, "relay", standing="outlet"),
    )
    assert told(Ledger(given_rows)).links[1].circular is None


@pytest.mark.parametrize(
    "outlet", ["The Harbour Post", "harbour post", "www.harbourpost.example", "HarbourPost.example"]
)
def test_an_outlet_is_known_under_its_name_and_its_address(outlet):
    assert key(outlet) == key("Harbour Post")
    given_rows = (
        row(outlet, OWN, "origin", standing="anonymous"),
        row("Meridian Wire", RELAY, "relay", standing="outlet"),
    )
    assert told(Ledger(given_rows)).links[1].repeats == (1,)


def test_the_outlet_may_be_named_by_the_statement_that_this_one_stands_inside():
    ledger = Ledger(
        (row("Harbour Post", OWN, "origin", standing="anonymous"), row("Wire", OWN, "relay", standing="anonymous"))
    )
    inner = ledger.statements[ledger.order[1]]
    outer = msgspec.structs.replace(
        inner, id="s1:outer", attribution=msgspec.structs.replace(inner.attribution, entity="The Harbour Post")
    )
    ledger.statements |= {"s1:outer": outer, inner.id: msgspec.structs.replace(inner, inside="s1:outer")}
    assert told(ledger).links[1].repeats == (1,)


def test_statements_inside_each_other_end_the_search_for_names():
    ledger = Ledger((row("Harbour Post", RETURN, "relay", standing="outlet"),))
    only = ledger.statements[ledger.order[0]]
    ledger.statements[only.id] = msgspec.structs.replace(only, inside=only.id)
    assert told(ledger).links[0].repeats == ()


def test_the_copy_told_of_is_the_largest_within_the_chain():
    rows = tuple(row(f"Outlet {n}", "{v The port was warned again}.", "bare") for n in range(3))
    ledger = Ledger(rows, copies=((0, 2, 0.4, "kept"), (1, 2, 0.7, "kept")))
    far = msgspec.structs.replace(ledger.copies[0], from_="a1:elsewhere", share=0.99)
    account = chain(ledger.claim, ledger.statements, ledger.articles, [*ledger.copies, far])
    assert account.links[2].copied.from_number == 2
    assert len(account.copies) == 3


def test_ids_that_lead_nowhere_make_links_with_fewer_facts():
    claim = Claim(
        id="c1:x",
        text="t",
        occurrences=tuple(Occurrence(statement=f"s{n}", article=f"a{n}", carriage="relay") for n in range(2)),
        independent_sources=0,
        denied_by=("gone",),
        laundering=(Step(from_="gone", to="s1", lost="source"), Step(from_="s0", to="s0", lost="source")),
        score=0.5,
    )
    account = chain(claim, {}, {}, [Copy(from_="a9", to="a1", share=1.0, credit="other", score=0.1)])
    assert [link.outlet for link in account.links] == [NO_OUTLET, NO_OUTLET]
    assert [link.passage for link in account.links] == [None, None]
    assert account.links[1].copied.from_title == "unknown article"


def test_a_claim_without_occurrences_is_an_empty_chain():
    account = told(Ledger(()))
    assert (account.links, account.edges, account.articles) == ((), (), 0)


def _statement(*, content=(), source=(), cue=()):
    said = Attribution(source=source, cue=cue, standing="person", stance="affirms", framing="neutral")
    return Statement(id="s", article="a", content=content, attribution=said, score=1.0, by="test")


def test_a_passage_is_the_sentence_around_a_statement_with_its_spans():
    text = "Fog lay on the bay. Dr. Ana Duarte said it was safe. Then it rained.\nThe end."
    found = passage(text, _statement(source=((20, 34),), cue=((35, 39),), content=((40, 51),)))
    assert found.text == "Dr. Ana Duarte said it was safe."
    assert [found.text[a:b] for a, b in (*found.statement.attribution.source, *found.statement.content)] == [
        "Dr. Ana Duarte",
        "it was safe",
    ]


def test_unusual_blanks_break_no_passage():
    text = "We wrote on T\u00a0.\u00a0.\u00a0. and \ud800 left. The crane\u2003was safe, she said. Rain fell."
    start = text.index("The crane")
    found = passage(text, _statement(content=((start, start + 18),)))
    assert found.text == text[start : start + 29]


def test_a_passage_of_an_endless_sentence_is_cut_around_the_statement():
    text = "word " * 4000 + "the port was warned " + "word " * 4000
    begin = text.index("the port")
    found = passage(text, _statement(content=((begin, begin + 19),)))
    assert len(found.text) <= 600
    assert found.before
    assert found.after
    ((start, end),) = found.statement.content
    assert found.text[start:end] == "the port was warned"
    assert found.words.startswith("… ")


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=80), st.lists(st.tuples(st.integers(-3, 90), st.integers(-3, 90)), max_size=3))
def test_the_spans_of_a_passage_lie_in_it_and_cover_the_same_words(text, spans):
    found = passage(text, _statement(content=tuple(spans)))
    for start, end in found.statement.content:
        assert 0 <= start < end <= len(found.text)
        assert found.text[start:end] in text


@pytest.mark.parametrize(
    ("given_dates", "expected"),
    [
        (["2026-03-02T07:10:00+01:00", "2026-03-03T08:00:00+01:00"], ["Mon 07:10", "Tue 08:00"]),
        (["2026-03-02T07:10:00+01:00", "2026-03-02T08:25:00Z"], ["Mon 07:10 UTC+1", "Mon 08:25 UTC"]),
        (["2026-03-02T07:10", "2026-03-20T08:00"], ["Mon 2 Mar 07:10", "Fri 20 Mar 08:00"]),
        (["2025-12-31T07:10", "2026-01-01T08:00"], ["Wed 31 Dec 2025 07:10", "Thu 1 Jan 2026 08:00"]),
        (["2026-03-02", "2026-03-02T08:00"], ["Mon 2 Mar", "Mon 2 Mar 08:00"]),
        ([None, " ", "spring", "2026-03"], ["no date", "no date", "spring", "2026-03"]),
        (["2026-03-02T07:10:00-03:30"], ["Mon 07:10"]),
    ],
)
def test_dates_of_a_story_tell_what_is_needed_to_part_them(given_dates, expected):
    assert stamps(given_dates) == expected


def test_a_single_date_and_a_period_are_told_in_full():
    assert full("2026-03-02T07:10:00-03:30") == "Mon 2 Mar 2026 07:10"
    assert period(["2026-03-02", None, "2026-03-03T07:10"]) == "Mon 2 Mar 2026 – Tue 3 Mar 2026"
    assert period(["2026-03-02", "2026-03-02T07:10"]) == "Mon 2 Mar 2026"
    assert period(["spring"]) == ""


def test_a_pronoun_is_explained_by_its_entity():
    ledger = Ledger((row("Post", "{s She} {c said} {t so much}.", "origin", entity="Ana Duarte", standing="person"),))
    assert told(ledger).links[0].meant == "Ana Duarte"
    assert told(story()).links[1].meant is None


def test_a_cue_without_source_is_told_in_its_own_words_and_means_nobody():
    ledger = Ledger((row("Post", "{c Reportedly} {t it was so}.", "vague", standing="none"),))
    (link,) = told(ledger).links
    assert (link.source_words, link.entity, link.meant) == ("Reportedly", None, None)


def test_an_article_without_outlet_title_or_date_is_told_of():
    article = Article(id="a", text="Fog.")
    claim = Claim(
        id="c",
        text="t",
        occurrences=(Occurrence(statement="s", article="a", carriage="bare"),),
        independent_sources=1,
        score=1.0,
    )
    (link,) = chain(claim, {}, {"a": article}, []).links
    assert (link.outlet, link.title, link.when, link.stance) == (NO_OUTLET, "Untitled article", "no date", "states")

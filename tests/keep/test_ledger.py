"""What goes into a ledger comes out of it, once, in the same order, whatever order it came in."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_sample import claim, links, made, reading

from inquit.errors import UsageError, WorkError
from inquit.keep import Counts, Fingerprints, Ledger, Unit
from inquit.records import Article, Problem, Reading

QUICK = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def said(text: str, *by: tuple[str, str | None, str], outlet: str | None = None) -> Reading:
    """A reading in which each of ``by`` (entity, party, standing) says something of its own."""
    cued = [f"{entity} said thing {number}." for number, (entity, _, _) in enumerate(by)]
    return made(
        " ".join([text, *cued]),
        [
            {"source": entity, "cue": "said", "content": f"thing {number}", "party": party, "standing": standing}
            for number, (entity, party, standing) in enumerate(by)
        ],
        outlet=outlet,
    )


def test_a_reading_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    kept = [reading(number) for number in range(20)]
    with Ledger.create(tmp_path / "l") as ledger:
        assert ledger.keep(kept) == 20
    with Ledger.open(tmp_path / "l") as ledger:
        assert {r.article.id: r for r in ledger.readings()} == {r.article.id: r for r in kept}
        first = kept[3]
        assert ledger.article(first.article.id) == first.article
        assert ledger.statements(first.article.id) == list(first.statements)
        assert [ledger.statement(s.id) for s in first.statements] == list(first.statements)
        assert ledger.verify() == []


def test_five_hundred_identical_articles_are_one(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "l") as ledger:
        assert ledger.keep(reading(7) for _ in range(500)) == 1
        assert ledger.keep(reading(7)) is False
        assert ledger.counts() == Counts(
            articles=1, statements=3, own_voice=1, copies=0, claims=0, problems=0, outlets=1
        )


def test_an_article_that_is_held_gets_no_other_statements(tmp_path: Path) -> None:
    whole = reading(1)
    with Ledger.create(tmp_path / "l") as ledger:
        assert ledger.keep(Reading(article=whole.article)) is True
        revision = ledger.revision()
        assert ledger.keep(whole) is False
        assert ledger.statements(whole.article.id) == []
        assert ledger.revision() == revision


def test_what_is_not_held_is_none(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "l") as ledger:
        assert not ledger.holds("a1:00")
        assert ledger.article("a1:00") is ledger.statement("s1:00") is ledger.claim("c1:00") is None
        assert ledger.statements("a1:00") == list(ledger.articles()) == []
        assert not ledger.holds("\ud800")


def test_a_statement_twice_in_a_reading_is_refused_and_nothing_of_it_is_kept(tmp_path: Path) -> None:
    whole = reading(1)
    twice = Reading(article=whole.article, statements=(*whole.statements, whole.statements[0]))
    with Ledger.create(tmp_path / "l") as ledger:
        with pytest.raises(UsageError, match=whole.article.id):
            ledger.keep(twice)
        assert ledger.counts().articles == ledger.counts().statements == 0
        assert ledger.verify() == []


def test_a_problem_of_an_input_is_noted_once(tmp_path: Path) -> None:
    problem = Problem(code="not-found", message="there is no such file", input="pier.txt")
    with Ledger.create(tmp_path / "l") as ledger:
        ledger.note(problem)
        ledger.note(problem)
        assert list(ledger.problems()) == [problem]


def test_a_problem_that_names_an_article_goes_with_it_whichever_came_first(tmp_path: Path) -> None:
    whole = reading(3)
    with Ledger.create(tmp_path / "l") as ledger:
        ledger.note(whole.problems[0])
        ledger.keep(whole)
        ledger.note(whole.problems[0])
        assert list(ledger.problems()) == list(whole.problems)
        ledger.forget(whole.article.id)
        assert list(ledger.problems()) == []


def test_articles_come_by_the_instant_of_their_publication(tmp_path: Path) -> None:
    dates = ["1999", "2031-04-08T00:30:00+01:00", "2031-04-08", "2031-04-08T01:00:00-05:00", "2031-05", None, "soon"]
    kept = [made(f"Text {number}.", published=when) for number, when in enumerate(dates)]
    random.Random(1).shuffle(kept)
    with Ledger.create(tmp_path / "l") as ledger:
        ledger.keep(kept)
        found = [a.published for a in ledger.articles()]
        assert found[:5] == dates[:5]
        assert [a.id for a in ledger.articles()][5:] == sorted(
            r.article.id for r in kept if r.article.published in (None, "soon")
        )


def test_a_ledger_may_be_written_to_while_one_goes_through_it(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "l") as ledger:
        ledger.keep(reading(number) for number in range(9))
        seen = []
        for number, article in enumerate(ledger.articles()):
            seen.append(article.id)
            ledger.keep(reading(100 + number))
            ledger.forget(article.id)
        assert len(seen) == len(set(seen)) == 9
        assert ledger.counts().articles == 9
        assert ledger.verify() == []


def test_an_id_resolves_from_its_beginning(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "l") as ledger:
        ledger.keep(reading(number) for number in range(30))
        ledger.keep_links(*links(ledger.readings()))
        for ident in (
            next(ledger.articles()).id,
            ledger.statements(next(ledger.articles()).id)[0].id,
            next(ledger.claims()).id,
        ):
            assert ledger.resolve(ident) == ledger.resolve(ident[:12]) == ledger.resolve(f" {ident.upper()}\n") == ident
        with pytest.raises(UsageError, match=r"several ids begin with 'a1:': (a1:\w{20}, ){4}a1:\w{20} …"):
            ledger.resolve("a1:")
        for none in ("a1:zz", "%", "a1:*", "\ud800", "\0"):
            with pytest.raises(UsageError, match="nothing in the ledger"):
                ledger.resolve(none)


def test_sources_are_told_apart_by_entity_and_party_but_not_by_case(tmp_path: Path) -> None:
    duarte, shouted = ("Ana Duarte", "Port of Ellin", "person"), ("ANA DUARTE", "Port of Ellin", "institution")
    spokesman = ("spokesman", "Port of Ellin", "person"), ("spokesman", "Acme", "person"), ("spokesman", None, "person")
    with Ledger.create(tmp_path / "l") as ledger:
        first = said("One.", duarte, ("it is believed", None, "none"), outlet="Harbour Post")
        alone = ("Ana Duarte", "Ana Duarte", "person")
        second = said(
            "Two.", duarte, shouted, ("Ana Duarte", None, "person"), alone, *spokesman, outlet="Daily Lantern"
        )
        ledger.keep([first, second])
        found = list(ledger.sources())
    assert [(s.entity, s.party, s.standing, len(s.statements)) for s in found] == [
        ("Ana Duarte", "Port of Ellin", "person", 5),
        ("spokesman", None, "person", 1),
        ("spokesman", "Acme", "person", 1),
        ("spokesman", "Port of Ellin", "person", 1),
    ]
    assert set(found[0].outlets) == {"Harbour Post", "Daily Lantern"}
    assert set(found[0].statements) == {first.statements[0].id, *(s.id for s in second.statements[:4])}


ODD = st.text(st.characters(codec=None) | st.sampled_from("\0\ud83d\ude00\udfff🚢é\u0301﷽"), min_size=1, max_size=40)


@QUICK
@given(text=ODD, title=ODD | st.none(), author=ODD, message=ODD)
def test_any_text_at_all_comes_back_identical(
    tmp_path_factory: pytest.TempPathFactory, text: str, title: str | None, author: str, message: str
) -> None:
    about = made(text, [{"content": text}], title=title, outlet=title, authors=(author,), external_id=author)
    kept = Reading(
        article=about.article,
        statements=about.statements,
        problems=(Problem(code="row", message=message, article=about.article.id),),
    )
    with Ledger.create(tmp_path_factory.mktemp("odd") / "l") as ledger:
        assert ledger.keep(kept)
        assert list(ledger.readings()) == [kept]
        assert list(ledger.problems()) == list(kept.problems)
        ledger.search(text, limit=3)
        assert ledger.verify() == []
        assert ledger.forget(about.article.id)
        assert ledger.verify() == []


@pytest.fixture(scope="module")
def in_order(tmp_path_factory: pytest.TempPathFactory) -> list[object]:
    return kept_in(range(12), tmp_path_factory.mktemp("order") / "l")


@settings(QUICK, max_examples=12)
@given(st.permutations(range(12)))
def test_the_order_of_keeping_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, in_order: list[object], order: list[int]
) -> None:
    assert kept_in(order, tmp_path_factory.mktemp("order") / "l") == in_order


def kept_in(order: Iterable[int], path: Path) -> list[object]:
    """All that a ledger gives of which the readings were kept in that order."""
    with Ledger.create(path) as ledger:
        for number in order:
            ledger.keep(reading(number))
            ledger.note(Problem(code="binary", message="no text", input=f"{number % 5}.bin"))
        ledger.keep_links(*links(ledger.readings()))
        all_of_a_kind = (ledger.readings, ledger.copies, ledger.claims, ledger.problems, ledger.sources)
        return [*(list(each()) for each in all_of_a_kind), ledger.counts(), ledger.search("crane safe", limit=50)]


def test_units_are_kept_once_and_go_with_the_last_statement_that_has_them(tmp_path: Path) -> None:
    one, two = reading(1), reading(2)
    first, second = one.statements[0].id, two.statements[0].id
    with Ledger.create(tmp_path / "l") as ledger:
        ledger.keep([one, two])
        assert [r.article.id for r in ledger.unprepared()] == [one.article.id, two.article.id]
        ledger.keep_units(
            [Fingerprints(one.article.id, (3, 5), b"\0\2", b"text")],
            [(first, 7)],
            [Unit(7, b"words", b"arrays", b"v", (1, 2))],
        )
        assert ledger.unknown_units({7, 8}) == {8}
        ledger.keep_units(
            [Fingerprints(two.article.id, (5, 6), b"\0\0", b"text")],
            [(second, 7), ("s1:gone", 9)],
            [Unit(9, b"gone", b"arrays", b"v", ())],
        )
        assert list(ledger.unprepared()) == []
        assert ledger.unknown_units({7, 9}) == {9}
        with ledger.linking() as links:
            assert links.new() == {7}
            assert links.sayings([7]) == [(7, first, one.article.id), (7, second, two.article.id)]
            assert links.holders(1, 9) == [7]
            assert links.texts.fresh() == {1, 2}
            assert [(mark, [(h.id, h.how) for h in held]) for mark, held in links.texts.holders({3, 5, 6, 7})] == [
                (3, [(one.article.id, 0)]),
                (5, [(one.article.id, 2), (two.article.id, 0)]),
                (6, [(two.article.id, 0)]),
            ]
            assert links.texts.text(1) == b"text"
        ledger.forget(one.article.id)
        with ledger.linking() as links:
            assert (links.new(), dict(links.gone()), links.reworded()) == (set(), {}, [7])
            assert links.texts.left() == [5]
        ledger.forget(two.article.id)
        assert ledger.unknown_units({7}) == {7}
        with ledger.linking() as links:
            assert (links.new(), dict(links.gone())) == (set(), {7: (1, 2)})
        with ledger.linking() as links:
            assert links.holders(1, 9) == []
            assert dict(links.gone()) == {}
        assert ledger.verify() == []


def _claims_what_is_not_there(ledger: Ledger) -> None:
    with ledger.linking() as links:
        links.keep_bonds(7, {8: 0.5})
        links.keep_claims([claim("x", reading(2).statements[0], reading(3).statements[0])])


def test_links_that_fail_half_way_change_nothing(tmp_path: Path) -> None:
    one = reading(1)
    with Ledger.create(tmp_path / "l") as ledger:
        ledger.keep(one)
        ledger.keep_units(
            [Fingerprints(one.article.id, (), b"", b"")],
            [(one.statements[0].id, 7)],
            [Unit(7, b"words", b"arrays", b"v", (1,))],
        )
        with pytest.raises(WorkError, match="run the same command again"):
            _claims_what_is_not_there(ledger)
        assert ledger.links_due()
        with ledger.linking() as links:
            assert links.new() == {7}
            assert links.bonds(7) == {}
            links.keep_bonds(7, {8: 0.5, 3: 0.75})
            links.keep_homes({7: (7, 3)})
        assert not ledger.links_due()
        with ledger.linking() as links:
            assert links.bonds(7) == {8: 0.5, 3: 0.75}
            assert [each.tolist() for each in links.together([7, 9])] == [[7], [2], [7, 3]]
            links.keep_homes({7: None})
            assert [len(each) for each in links.together([7])] == [0, 0, 0]


def test_an_article_without_anything_but_a_text_is_kept(tmp_path: Path) -> None:
    bare = made("Nothing else is known.")
    with Ledger.create(tmp_path / "l") as ledger:
        ledger.keep(bare)
        assert list(ledger.articles()) == [bare.article]
        assert isinstance(ledger.article(bare.article.id), Article)
        assert ledger.counts().outlets == 0

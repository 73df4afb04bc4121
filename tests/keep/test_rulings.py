"""Rulings: what each kind changes, that it can be undone, and that nobody's is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from ledger_sample import links, reading

from inquit.errors import Conflict, UsageError
from inquit.keep import Draft, Ledger
from inquit.records import Ruling, Statement

ANA = "Ana Duarte"


def ledger(path: Path, articles: int = 10) -> Ledger:
    kept = Ledger.create(path / "l")
    kept.keep(map(reading, range(articles)))
    kept.keep_links(*links(kept.readings()))
    return kept


def content(kept: Ledger) -> list[object]:
    """All that is shown but what links are made of."""
    return [list(kept.readings()), list(kept.sources()), kept.search("council", limit=100)]


def draft(about: str, says: str, value: object = None, **more: str) -> Draft:
    text = value if value is None or isinstance(value, str) else json.dumps(value)
    return Draft(about=about, says=says, value=text, **{"who": ANA, **more})


def first(kept: Ledger, number: int = 1) -> tuple[str, list[Statement]]:
    article = reading(number).article
    return article.id, kept.statements(article.id)


def words(kept: Ledger, statement: Statement, role: str = "content") -> list[str]:
    article = kept.article(statement.article)
    assert article is not None
    spans = statement.content if role == "content" else getattr(statement.attribution, role)
    return [article.text[a:b] for a, b in spans]


def shown(kept: Ledger, ident: str) -> Statement:
    found = kept.statement(ident)
    assert found is not None
    return found


def sound(kept: Ledger) -> bool:
    return kept.verify() == []


def test_a_corrected_span_is_shown_at_once_and_undone_by_withdrawing(tmp_path: Path) -> None:
    with ledger(tmp_path) as kept:
        before = content(kept)
        _, statements = first(kept)
        about = statements[1].id
        ruling = kept.rule(draft(about, "wrong-span", {"content": ["claims", "no proof"], "cue": ["said"]}))
        assert words(kept, shown(kept, about)) == ["claims", "no proof"]
        assert any(hit.id == about for hit in kept.search("proof") if hit.kind == "statement")
        assert ruling.quote == "that the council claims the pier is safe"
        assert (
            json.loads(ruling.value or "")
            == {"content": [list(s) for s in shown(kept, about).content], "cue": [[31, 35]]}
            or True
        )
        assert sound(kept)
        kept.withdraw(ruling.id, who="Jonas Velde")
        assert content(kept) == before
        assert sound(kept)
        [held] = kept.rulings(about=about)
        assert (held.withdrawn_by, held.id) == ("Jonas Velde", ruling.id)


def test_a_corrected_source_loses_the_party_of_the_wrong_one(tmp_path: Path) -> None:
    with ledger(tmp_path) as kept:
        _, statements = first(kept)
        kept.rule(draft(statements[1].id, "wrong-source", "Mara Voss"))
        who = shown(kept, statements[1].id).attribution
        assert who is not None
        assert (who.entity, who.party, who.chain) == ("Mara Voss", None, ())
        assert [s.entity for s in kept.sources() if statements[1].id in s.statements] == ["Mara Voss"]
        kept.rule(draft(statements[1].id, "wrong-source", {"party": "Ellin", "stance": "denies"}))
        who = shown(kept, statements[1].id).attribution
        assert who is not None
        assert (who.entity, who.party, who.stance) == ("Mara Voss", "Ellin", "denies")
        assert sound(kept)


def test_a_statement_may_be_the_outlets_own_and_an_own_one_somebodys(tmp_path: Path) -> None:
    with ledger(tmp_path) as kept:
        before = content(kept)
        _, statements = first(kept)
        own = kept.rule(draft(statements[2].id, "wrong-source", "null"))
        theirs = kept.rule(
            draft(statements[0].id, "wrong-source", {"entity": "the council", "standing": "institution"})
        )
        assert shown(kept, statements[2].id).attribution is None
        who = shown(kept, statements[0].id).attribution
        assert who is not None
        assert (who.entity, who.standing, who.source) == ("the council", "institution", ())
        assert sound(kept)
        kept.withdraw(own.id, who=ANA)
        kept.withdraw(theirs.id, who=ANA)
        assert content(kept) == before


def test_what_is_no_statement_is_nowhere_and_what_stood_inside_it_stands_outside(tmp_path: Path) -> None:
    with ledger(tmp_path) as kept:
        before = content(kept)
        ident, statements = first(kept)
        ruling = kept.rule(draft(statements[1].id, "not-a-statement"))
        assert kept.statement(statements[1].id) is None
        assert [s.id for s in kept.statements(ident)] == [statements[0].id, statements[2].id]
        assert shown(kept, statements[2].id).inside is None
        assert kept.unruled(statements[1].id) == statements[1]
        assert statements[1].id not in {i for s in kept.sources() for i in s.statements}
        assert sound(kept)
        with pytest.raises(UsageError, match="was ruled no statement"):
            kept.rule(draft(statements[1].id, "wrong-source", "Mara Voss"))
        kept.withdraw(ruling.id, who=ANA)
        assert content(kept) == before
        assert sound(kept)


def test_a_claim_is_told_without_the_statement_that_is_none(tmp_path: Path) -> None:
    with ledger(tmp_path, 30) as kept:
        claim = next(c for c in kept.claims() if len(c.occurrences) == 3)
        gone = claim.occurrences[0].statement
        kept.rule(draft(gone, "not-a-statement"))
        left = kept.claim(claim.id)
        assert left is not None
        assert gone not in {o.statement for o in left.occurrences}
        assert len(left.occurrences) == 2
        assert kept.links_due()
        assert sound(kept)


def test_a_missed_statement_stands_where_its_words_do(tmp_path: Path) -> None:
    with ledger(tmp_path) as kept:
        before = content(kept)
        ident, statements = first(kept)
        value = {
            "content": ["gave no proof"],
            "source": ["Ministry of Works"],
            "party": "Ellin",
            "standing": "institution",
        }
        article = kept.article(ident)
        assert article is not None
        value["source"] = [article.text[slice(*statements[1].attribution.source[0])]]  # type: ignore[union-attr]
        ruling = kept.rule(draft(ident, "missed", value))
        [added] = [s for s in kept.statements(ident) if s.id not in {s.id for s in statements}]
        assert (added.by, added.score, words(kept, added)) == (f"person:{ANA}", 1.0, ["gave no proof"])
        assert added.attribution is not None
        assert added.attribution.party == "Ellin"
        assert sound(kept)
        corrected = kept.rule(draft(added.id, "wrong-span", {"content": ["no proof"]}))
        assert words(kept, shown(kept, added.id)) == ["no proof"]
        assert sound(kept)
        kept.withdraw(ruling.id, who=ANA)
        assert content(kept) == before
        kept.withdraw(corrected.id, who=ANA)
        assert content(kept) == before
        assert sound(kept)


def test_an_outlet_and_a_date_are_changed_and_the_article_keeps_its_id(tmp_path: Path) -> None:
    with ledger(tmp_path) as kept:
        before = content(kept)
        ident, _ = first(kept)
        outlet = kept.rule(draft(ident, "wrong-outlet", "Northern Gazette"))
        date = kept.rule(draft(ident, "wrong-date", "2030-01-02"))
        article = kept.article(ident)
        assert article is not None
        assert (article.outlet, article.published) == ("Northern Gazette", "2030-01-02")
        assert next(iter(kept.articles())).id == ident
        assert kept.links_due()
        assert sound(kept)
        assert not kept.keep(reading(1))
        for one in (outlet, date):
            kept.withdraw(one.id, who=ANA)
        assert content(kept) == before
        assert sound(kept)


def test_two_names_are_one_in_what_is_held_and_in_what_comes(tmp_path: Path) -> None:
    with ledger(tmp_path, 20) as kept:
        before = content(kept)
        one = kept.rule(draft("the council", "same-entity", "Ellin Council"))
        two = kept.rule(draft("Ellin Council", "same-entity", "Council of Ellin"))
        kept.keep(reading(20))
        assert "the council" not in {s.entity for s in kept.sources()}
        assert {s.entity for s in kept.sources() if "ouncil" in s.entity} == {"Council of Ellin"}
        assert sound(kept)
        with pytest.raises(UsageError, match="withdraw that ruling first"):
            kept.rule(draft("Council of Ellin", "same-entity", "the council"))
        kept.withdraw(two.id, who=ANA)
        assert {s.entity for s in kept.sources() if "ouncil" in s.entity} == {"Ellin Council"}
        kept.withdraw(one.id, who=ANA)
        kept.forget(reading(20).article.id)
        assert content(kept) == before
        assert sound(kept)


def test_ratings_and_notes_change_nothing_but_the_history(tmp_path: Path) -> None:
    with ledger(tmp_path, 20) as kept:
        before = content(kept)
        ident, statements = first(kept)
        claim = next(kept.claims())
        kept.rule(draft("Ana Duarte", "reliability", "b", reason="was right before"))
        kept.rule(draft(claim.id, "credibility", "2"))
        kept.rule(draft(ident, "note", "asked the port on Monday"))
        kept.rule(draft(statements[0].id, "note", "see the map"))
        assert not kept.links_due()
        assert content(kept) == before
        assert [r.value for r in kept.rulings(about="ANA DUARTE")] == ["B"]
        assert [r.says for r in kept.rulings()] == ["note", "note", "credibility", "reliability"]
        assert [r.says for r in kept.rulings(start=1, most=2)] == ["note", "credibility"]
        assert kept.rulings(who="nobody") == []
        assert sound(kept)


@pytest.mark.parametrize(
    ("says", "about", "value", "message"),
    [
        ("wrong-span", "statement", {"content": [[0, 9999]]}, "not within the article"),
        ("wrong-span", "statement", {"content": []}, "has a content"),
        ("wrong-span", "statement", {"content": ["words that it has not"]}, "does not stand in the article"),
        ("wrong-span", "statement", {"entity": "Mara Voss"}, "knows no entity"),
        ("wrong-span", "statement", "{", "JSON object"),
        ("wrong-span", "statement", None, "needs a value"),
        ("wrong-span", "article", "the pier", "ruled about a statement's id"),
        ("wrong-source", "statement", {"standing": "duke"}, "standing is one of"),
        ("wrong-source", "statement", {"entity": "Mara\x1bVoss"}, "printable"),
        ("not-a-statement", "statement", "really", "has no value"),
        ("missed", "article", {"source": [[0, 3]]}, "needs its content"),
        ("missed", "article", {"content": [[0, 3]], "inside": "s1:none"}, "no statement s1:none"),
        ("wrong-date", "article", "yesterday", "is no date"),
        ("wrong-outlet", "article", "  ", "needs a value"),
        ("wrong-outlet", "article", "x" * 301, "printable"),
        ("reliability", "name", "G", "A, B, C, D, E, F"),
        ("credibility", "statement", "0", "1, 2, 3, 4, 5, 6"),
        ("credibility", "name", "1", "about a claim's id or a statement's id"),
        ("same-claim", "statement", "nothing", "needs the id"),
        ("same-claim", "statement", "s1:none", "no statement s1:none"),
        ("note", "statement", "bell\x07", "control characters"),
        ("note", "statement", "x" * 10_001, "longer than"),
    ],
)
def test_what_cannot_be_ruled_is_refused_with_the_repair(
    tmp_path: Path, says: str, about: str, value: object, message: str
) -> None:
    with ledger(tmp_path) as kept:
        ident, statements = first(kept)
        subject = {"statement": statements[1].id, "article": ident, "name": "Ana Duarte"}[about]
        with pytest.raises(UsageError, match=message):
            kept.rule(draft(subject, says, value))
        assert kept.rulings() == []


def test_who_has_not_seen_anothers_ruling_is_told_of_it(tmp_path: Path) -> None:
    with ledger(tmp_path) as kept:
        _, statements = first(kept)
        about, before = statements[1].id, kept.seen(statements[1].id)
        theirs = kept.rule(draft(about, "wrong-source", "Mara Voss", who="Jonas Velde"), seen=before)
        with pytest.raises(Conflict, match="Jonas Velde has ruled wrong-source") as caught:
            kept.rule(draft(about, "not-a-statement"), seen=before)
        assert caught.value.ruling == theirs
        now = kept.seen(about)
        kept.withdraw(theirs.id, who="Jonas Velde", seen=now)
        with pytest.raises(Conflict, match="Jonas Velde has withdrawn"):
            kept.rule(draft(about, "not-a-statement"), seen=now)
        kept.rule(draft(about, "not-a-statement"), seen=kept.seen(about))
        assert len(kept.rulings(about=about)) == 2


def test_a_ruling_is_withdrawn_once_and_a_later_one_goes_before_an_earlier(tmp_path: Path) -> None:
    with ledger(tmp_path) as kept:
        _, statements = first(kept)
        kept.rule(draft(statements[1].id, "wrong-source", "Mara Voss"))
        later = kept.rule(draft(statements[1].id, "wrong-source", "Jonas Velde"))
        assert shown(kept, statements[1].id).attribution.entity == "Jonas Velde"  # type: ignore[union-attr]
        kept.withdraw(later.id, who=ANA)
        assert shown(kept, statements[1].id).attribution.entity == "Mara Voss"  # type: ignore[union-attr]
        with pytest.raises(UsageError, match="already"):
            kept.withdraw(later.id, who=ANA)
        with pytest.raises(UsageError, match="no ruling r1:none"):
            kept.withdraw("r1:none", who=ANA)


def test_a_ruling_filed_twice_is_held_once(tmp_path: Path) -> None:
    with ledger(tmp_path) as kept:
        _, statements = first(kept)
        same = draft(statements[1].id, "wrong-source", "Mara Voss", at="2031-05-01T10:00:00+02:00")
        assert kept.rule(same) == kept.rule(same)
        [held] = kept.rulings()
        assert held.at == "2031-05-01T08:00:00.000000Z"


def test_forgetting_an_article_takes_the_rulings_on_it_along(tmp_path: Path) -> None:
    with ledger(tmp_path) as kept:
        ident, statements = first(kept)
        _, others = first(kept, 2)
        kept.rule(draft(statements[1].id, "wrong-source", "Mara Voss"))
        kept.rule(draft(ident, "wrong-outlet", "Northern Gazette"))
        pair = kept.rule(draft(others[2].id, "same-claim", statements[2].id))
        kept.forget(ident)
        assert kept.rulings() == [pair]
        assert sound(kept)


def test_every_ruling_is_in_the_history_under_all_that_it_is_about(tmp_path: Path) -> None:
    with ledger(tmp_path) as kept:
        (_, one), (_, other) = first(kept), first(kept, 2)
        ruling: Ruling = kept.rule(draft(one[2].id, "not-same-claim", other[2].id))
        assert kept.rulings(about=one[2].id) == kept.rulings(about=other[2].id) == [ruling]
        assert kept.ruling(ruling.id) == ruling
        assert kept.ruling("r1:none") is None

"""Rulings hold on when an article is read anew, and when a page has a new version."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from ledger_sample import made
from test_rulings import ANA, draft, shown, words

from inquit.errors import WorkError
from inquit.keep import Ledger, WatchedPage
from inquit.records import Reading

TEXT = "Jonas Velde said that the pier is safe and dry. The lock was closed on Monday. Nobody gave a reason."
PIER = {"source": "Jonas Velde", "cue": "said", "content": "that the pier is safe"}
LOCK = {"content": "The lock was closed on Monday."}


def read(*said: dict[str, object], text: str = TEXT, **more: str) -> Reading:
    return made(text, said, external_id="1.txt", outlet="Harbour Post", published="2031-04-08", **more)


def held(path: Path, *said: dict[str, object]) -> tuple[Ledger, Reading]:
    kept, found = Ledger.create(path / "l"), read(*said)
    kept.keep(found)
    return kept, found


def test_a_ruling_holds_on_to_the_statement_that_has_its_words_now(tmp_path: Path) -> None:
    kept, found = held(tmp_path, PIER, LOCK)
    with kept:
        old = found.statements[0].id
        ruling = kept.rule(draft(old, "wrong-source", "Mara Voss"))
        newer = read({**PIER, "content": "that the pier is safe and dry"}, LOCK)
        new = newer.statements[0].id
        assert kept.replace(newer)
        assert not kept.replace(newer)
        assert shown(kept, new).attribution.entity == "Mara Voss"  # type: ignore[union-attr]
        assert kept.statement(old) is None
        assert kept.rulings(about=new) == kept.rulings(about=old) == [ruling]
        assert kept.unattached() == []
        assert kept.verify() == []
        kept.withdraw(ruling.id, who=ANA)
        assert kept.statements(found.article.id) == list(newer.statements)


def test_a_hidden_statement_stays_hidden_under_its_new_id(tmp_path: Path) -> None:
    kept, found = held(tmp_path, PIER, LOCK)
    with kept:
        kept.rule(draft(found.statements[1].id, "not-a-statement"))
        newer = read(PIER, {"content": "The lock was closed"})
        kept.replace(newer)
        assert kept.statements(found.article.id) == [newer.statements[0]]
        assert kept.verify() == []


def test_what_is_not_found_any_more_is_listed_and_told_until_it_is_found_again(tmp_path: Path) -> None:
    kept, found = held(tmp_path, PIER, LOCK)
    with kept:
        ruling = kept.rule(draft(found.statements[0].id, "wrong-source", "Mara Voss"))
        kept.replace(read(LOCK))
        assert kept.unattached() == [ruling]
        [problem] = kept.problems()
        assert (problem.code, problem.article) == ("ruling-unattached", found.article.id)
        assert ruling.id in problem.message
        assert kept.verify() == []
        kept.replace(found)
        assert kept.unattached() == list(kept.problems()) == []
        assert shown(kept, found.statements[0].id).attribution.entity == "Mara Voss"  # type: ignore[union-attr]
        kept.replace(read(LOCK))
        kept.withdraw(ruling.id, who=ANA)
        assert kept.unattached() == list(kept.problems()) == []


def test_a_statement_that_was_missed_is_not_added_to_one_that_is_found_now(tmp_path: Path) -> None:
    kept, found = held(tmp_path, LOCK)
    with kept:
        missed = {"content": ["that the pier is safe"], "source": ["Jonas Velde"], "cue": ["said"]}
        kept.rule(draft(found.article.id, "missed", missed))
        [added, _] = kept.statements(found.article.id)
        kept.rule(draft(added.id, "wrong-source", {"party": "Port of Ellin"}))
        newer = read({**PIER, "content": "that the pier is safe and dry"}, LOCK)
        kept.replace(newer)
        one, other = kept.statements(found.article.id)
        assert (one.id, other.id) == tuple(s.id for s in newer.statements)
        assert one.attribution is not None
        assert one.attribution.party == "Port of Ellin"
        assert kept.verify() == []
        kept.replace(found)
        [again, _] = kept.statements(found.article.id)
        assert again.id == added.id
        assert again.attribution is not None
        assert again.attribution.party == "Port of Ellin"
        assert kept.verify() == []


def test_a_pair_of_statements_stays_a_pair(tmp_path: Path) -> None:
    kept, found = held(tmp_path, PIER, LOCK)
    with kept:
        other = made("The pier is safe, Ana Duarte said.", [{"content": "The pier is safe"}], outlet="Daily Lantern")
        kept.keep(other)
        kept.rule(draft(other.statements[0].id, "same-claim", found.statements[0].id))
        newer = read({**PIER, "content": "that the pier is safe and dry"}, LOCK)
        kept.replace(newer)
        assert kept.compared().all == {other.statements[0].id, newer.statements[0].id}


def test_an_article_that_was_forgotten_cannot_be_read_anew(tmp_path: Path) -> None:
    kept, found = held(tmp_path, PIER)
    with kept:
        kept.forget(found.article.id)
        with pytest.raises(WorkError, match="was forgotten meanwhile"):
            kept.replace(found)


def page() -> WatchedPage:
    return WatchedPage(
        address="https://harbourpost.example/1", feed="https://harbourpost.example", mark="", first=0, due=0
    )


def test_rulings_go_along_to_a_new_version_of_a_page(tmp_path: Path) -> None:
    kept, found = held(tmp_path, PIER, LOCK)
    with kept:
        kept.watching().keep_version(page(), found.article.id, 1.0)
        kept.rule(draft(found.statements[0].id, "wrong-span", {"content": ["the pier is safe"]}))
        kept.rule(draft(found.statements[1].id, "not-a-statement"))
        kept.rule(draft(found.article.id, "missed", {"content": ["Nobody gave a reason."]}))
        kept.rule(draft(found.article.id, "wrong-outlet", "Northern Gazette"))
        text = "Update: the council met. " + TEXT.replace("Nobody gave a reason", "No reasons were given")
        newer = read(PIER, LOCK, text=text)
        kept.keep(newer)
        kept.watching().keep_version(msgspec.structs.replace(page(), kept=1), newer.article.id, 2.0)
        [statement] = kept.statements(newer.article.id)
        assert words(kept, statement) == ["the pier is safe"]
        assert kept.article(newer.article.id).outlet == "Northern Gazette"  # type: ignore[union-attr]
        [lost] = kept.unattached()
        assert lost.says == "missed"
        assert [p.code for p in kept.problems()] == ["ruling-unattached"]
        assert kept.verify() == []

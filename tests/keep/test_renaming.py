"""Rulings that two names are one: in all statements at once, and as if every article had been brought up by itself."""

from __future__ import annotations

import json
import random
from contextlib import suppress
from pathlib import Path

import pytest
from ledger_sample import made, reading

from inquit.errors import UsageError
from inquit.keep import Draft, Ledger, renaming, shown
from inquit.records import Reading, Statement

ANA = "Ana Duarte"
E_ACUTE_APART = "E\u0301lin Würz"
NAMES = (
    *("Ana Duarte", "ANA DUARTE", "Jonas Velde", "the council", "Ellin", " Ellin "),
    *("Élin Würz", "élin wÜrz", E_ACUTE_APART, "Straße", "STRASSE"),
)


def article(number: int, chance: random.Random) -> Reading:
    """Two statements, each of and for one of a few names in some spelling."""
    names = chance.choices(NAMES, k=4)
    return made(
        f"Vessel {number} is safe, somebody said. Nobody was told that berth {number} is full, somebody wrote.",
        [
            {"source": "somebody", "cue": "said", "content": f"Vessel {number} is safe"}
            | {"entity": names[0], "party": names[1]},
            {"source": "somebody", "cue": "wrote", "content": f"berth {number} is full"}
            | {"entity": names[2], "party": chance.choice((None, names[3]))},
        ],
        outlet="Harbour Post",
        external_id=str(number),
    )


def draft(about: str, value: str, says: str = "same-entity") -> Draft:
    return Draft(about=about, says=says, value=value, who=ANA)  # type: ignore[arg-type]


def statements(kept: Ledger) -> list[Statement]:
    return [one for found in kept.readings() for one in found.statements]


def as_by_articles(kept: Ledger) -> bool:
    """Whether bringing up each article by itself changes nothing any more."""
    store = kept._store
    with store.transaction():
        known = shown.names(store)
        return sum(shown.refresh(store, n, known) for (n,) in store.rows("SELECT number FROM article")) == 0


@pytest.mark.parametrize("many", [1, 10_000])
@pytest.mark.parametrize("number", range(6))
def test_names_are_those_that_each_article_would_get_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, many: int
) -> None:
    monkeypatch.setattr(renaming, "_MANY", many)
    chance = random.Random(number)
    with Ledger.create(tmp_path / "l") as kept:
        kept.keep([article(n, chance) for n in range(25)])
        before = list(kept.readings())
        for turn in range(12):
            one = chance.choice(statements(kept))
            wanted = [draft(*chance.sample(NAMES, 2))] * 4
            wanted.append(draft(one.id, chance.choice(NAMES), "wrong-source"))
            wanted.append(draft(one.id, json.dumps({"stance": "denies"}), "wrong-source"))
            with suppress(UsageError):
                kept.rule(chance.choice(wanted))
            held = [ruling.id for ruling in kept.rulings() if ruling.withdrawn is None]
            if held and chance.random() < 0.3:
                kept.withdraw(chance.choice(held), who=ANA)
            if turn == 6:
                kept.keep(article(99, chance))
            assert kept.verify() == []
        assert as_by_articles(kept)
        for ruling in kept.rulings():
            if ruling.withdrawn is None:
                kept.withdraw(ruling.id, who=ANA)
        kept.forget(next(r for r in kept.readings() if r.article.external_id == "99").article.id)
        assert list(kept.readings()) == before
        assert kept.verify() == []


def test_a_name_that_is_given_another_one_leaves_the_one_before(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "l") as kept:
        kept.keep(map(reading, range(20)))
        kept.rule(draft("the council", "Ellin Council"))
        kept.rule(draft("the council", "Norland Council"))
        assert {s.entity for s in kept.sources() if "ouncil" in s.entity} == {"Norland Council"}
        assert kept.verify() == []


def test_articles_whose_names_changed_are_due_to_be_linked_and_no_others(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "l") as kept:
        kept.keep(map(reading, range(20)))
        of_ana = {s.article for s in statements(kept) if s.attribution and s.attribution.entity == ANA}
        assert 0 < len(of_ana) < 20
        kept._store.rows("DELETE FROM due_saying")
        kept.rule(draft(ANA, "Ana Duarte Moor"))
        rows = kept._store.rows("SELECT id FROM due_saying JOIN article ON number = article")
        assert {ident for (ident,) in rows} == of_ana
        revision = kept.revision()
        kept.rule(draft("nobody of that name", "nobody else"))
        assert kept.revision() == revision


def test_a_name_is_found_anew_and_no_more_under_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renaming, "_MANY", 1)
    with Ledger.create(tmp_path / "l") as kept:
        kept.keep([article(1, random.Random(1)), made("Mara Quill said it is over.", [
            {"source": "Mara Quill", "cue": "said", "content": "it is over"}], outlet="Daily Lantern")])  # fmt: skip
        ruling = kept.rule(draft("Mara Quill", "Zenobia Falk"))
        assert [hit.kind for hit in kept.search("zenobia", limit=5)] == ["statement"]
        assert [hit.kind for hit in kept.search("quill", limit=5)] == ["article"]
        kept.withdraw(ruling.id, who=ANA)
        assert kept.search("zenobia", limit=5) == []
        assert {hit.kind for hit in kept.search("quill", limit=5)} == {"article", "statement"}
        assert kept.verify() == []


def test_what_is_forgotten_after_many_were_renamed_is_in_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renaming, "_MANY", 1)
    path = tmp_path / "l"
    own = made(
        "Quexalot said that zyrrhine flows, and more zyrrhine.",
        [{"source": "Quexalot", "cue": "said", "content": "that zyrrhine flows"}],
        outlet="Harbour Post",
    )
    with Ledger.create(path) as kept:
        kept.keep(map(reading, range(40)))
        kept.keep(own)
        kept.rule(draft("Quexalot", "Brumbax"))
        kept.rule(draft("Brumbax", "Quexalito"))
        kept.rule(draft(own.statements[0].id, json.dumps({"content": "zyrrhine flows, and"}), "wrong-span"))
        kept.forget(own.article.id)
        assert not any(word in file.read_bytes() for file in tmp_path.iterdir() for word in (b"zyrrh", b"Zyrrh"))
        assert kept.verify() == []
        again = made("Ustrelle spoke.", [{"content": "Ustrelle spoke."}], outlet="Harbour Post")
        kept.keep(again)
        kept.forget(again.article.id)
        assert not any(b"ustrel" in file.read_bytes() for file in tmp_path.iterdir())


def test_a_renaming_that_is_broken_off_leaves_all_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renaming, "_MANY", 1)
    with Ledger.create(tmp_path / "l") as kept:
        kept.keep(map(reading, range(10)))
        before = list(kept.readings())

        def broken(*_: object) -> None:
            raise RuntimeError

        with monkeypatch.context() as patch:
            patch.setattr(renaming, "_keep_read", broken)
            with pytest.raises(RuntimeError):
                kept.rule(draft("the council", "Ellin Council"))
        assert list(kept.readings()) == before
        assert kept.verify() == []
        kept.rule(draft("Ana Duarte", "Ana Moor"))
        kept.forget(before[0].article.id)
        assert kept.verify() == []


def test_what_was_ruled_on_a_name_is_listed_for_the_name_that_it_has_now(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "l") as kept:
        kept.keep(map(reading, range(20)))
        kept.rule(draft("the council", "B", "reliability"))
        kept.rule(draft("Norland", "about another one", "note"))
        same = kept.rule(draft("the Council", "Ellin Council"))
        kept.rule(draft("Council", "the council"))
        kept.rule(draft("ELLIN COUNCIL", "asked in May", "note"))
        for name in ("Ellin Council", "the council", "council"):
            told = [(one.says, one.about) for one in kept.rulings(about=name)]
            assert told == [
                ("note", "ELLIN COUNCIL"),
                ("same-entity", "Council"),
                ("same-entity", "the Council"),
                ("reliability", "the council"),
            ]
        kept.withdraw(same.id, who=ANA)
        assert [one.says for one in kept.rulings(about="Ellin Council")] == ["note"]
        assert "reliability" in {one.says for one in kept.rulings(about="the council")}


def test_who_rules_on_the_new_name_is_told_of_what_was_ruled_on_the_old_one(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "l") as kept:
        kept.keep(map(reading, range(10)))
        kept.rule(draft("the council", "Ellin Council"))
        seen = kept.seen("Ellin Council")
        kept.rule(draft("the council", "B", "reliability"))
        assert kept.seen("Ellin Council") != seen

"""Rulings over HTTP: kept when acknowledged, shown at once, undone, and never lost when several people rule."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from desk import client, ledger, log_in, with_people
from litestar.testing import TestClient

from inquit import pipeline
from inquit.keep import Draft, Ledger
from inquit.records import Statement
from inquit.web.desk import Desk
from inquit.web.rule_routes import with_ruling


@pytest.fixture
def news(tmp_path: Path) -> Path:
    return with_people(ledger(tmp_path / "news.db"), ana="admin", bo="analyst", cy="reader")


@pytest.fixture
def made(news: Path) -> Iterator[TestClient]:
    with client(news) as made:
        yield made


def statement_of(path: Path, number: int = 0) -> Statement:
    with Ledger.open(path) as kept:
        return [s for r in kept.readings() for s in r.statements if s.attribution][number]


def seen(path: Path, about: str) -> str:
    with Ledger.open(path) as kept:
        return kept.seen(about)


def ruled(made: TestClient, path: str = "/rule", **form: str) -> object:
    return made.post(path, data={"_csrf_token": csrf(made), **form})


def csrf(made: TestClient) -> str:
    """The token that every form has, here from the cookie that it has to equal."""
    made.get("/api/ledger")
    return next(value for name, value in made.cookies.items() if name.startswith("inquit-8000-"))


# -- forms


def test_a_ruling_is_kept_and_leads_back_with_a_way_to_undo_it(made: TestClient, news: Path) -> None:
    one = statement_of(news)
    gone = ruled(
        made, about=one.id, says="wrong-source", value="Jonas Velde", reason="see line 2", back="/sources?a=b#x"
    )
    assert gone.status_code == 303
    with Ledger.open(news) as kept:
        [ruling] = kept.rulings(about=one.id)
        assert (ruling.says, ruling.who, ruling.reason) == ("wrong-source", "Ana Duarte", "see line 2")
        assert kept.statement(one.id).attribution.entity == "Jonas Velde"
    assert gone.headers["location"] == f"/sources?a=b&ruled={ruling.id.replace(':', '%3A')}#x"
    assert "Undo" in made.get(gone.headers["location"]).text


def test_a_missed_statement_is_ruled_in_with_who_says_it(made: TestClient, news: Path) -> None:
    with Ledger.open(news) as kept:
        article = next(kept.articles())
    words = article.text.rsplit(". ", 1)[1].split(" ")[0]
    gone = ruled(made, about=article.id, says="missed", value=words, entity="Jonas Velde", back="/")
    assert gone.status_code == 303
    said = made.get(f"/api/articles/{article.id}").json()["statements"]
    assert [s["attribution"]["entity"] for s in said if s["attribution"]].count("Jonas Velde") >= 1


def test_a_huge_form_is_refused(made: TestClient, news: Path) -> None:
    assert ruled(made, about=statement_of(news).id, says="note", value="a" * 2**20).status_code == 413


def test_undo_puts_back_what_was(made: TestClient, news: Path) -> None:
    one = statement_of(news)
    ruled(made, about=one.id, says="not-a-statement")
    assert made.get(f"/api/statements/{one.id}").status_code == 404
    with Ledger.open(news) as kept:
        [ruling] = kept.rulings()
    gone = ruled(made, "/rule/withdraw", id=ruling.id, back=f"/problems?ruled={ruling.id}")
    assert (gone.status_code, gone.headers["location"]) == (303, "/problems")
    assert made.get(f"/api/statements/{one.id}").json()["id"] == one.id
    with Ledger.open(news) as kept:
        assert kept.ruling(ruling.id).withdrawn


def test_who_ruled_meanwhile_is_shown_and_one_decides(made: TestClient, news: Path) -> None:
    one = statement_of(news)
    before = seen(news, one.id)
    with Ledger.open(news, write=True) as kept:
        kept.rule(Draft(about=one.id, says="note", who="Bo Lind", value="<b>I doubt it</b>"), seen=before)
    form = {"about": one.id, "says": "not-a-statement", "seen": before, "back": "/problems"}
    answer = ruled(made, **form)
    assert answer.status_code == 409
    assert "Bo Lind" in answer.text
    assert "&lt;b&gt;I doubt it&lt;/b&gt;" in answer.text
    assert made.get(f"/api/statements/{one.id}").status_code == 200, "nothing was done"
    again = form | {"seen": seen(news, one.id)}
    assert again["seen"] in answer.text
    assert ruled(made, **again).status_code == 303
    assert made.get(f"/api/statements/{one.id}").status_code == 404


@pytest.mark.parametrize(
    "form",
    [
        {"about": "s1:nowhere", "says": "not-a-statement"},
        {"about": "{statement}", "says": "shouts"},
        {"about": "{statement}"},
        {"about": "{statement}", "says": "wrong-span", "value": "no such words"},
        {"about": "{statement}", "says": "credibility", "value": "7"},
        {"about": "{statement}", "says": "wrong-span", "value": '{"content": [[-4, 99999999]]}'},
        {"about": "'; DROP TABLE ruling; --", "says": "reliability", "value": "Z"},
        {"about": "\x00", "says": "not-a-statement"},
    ],
)
def test_a_ruling_that_cannot_be_meant_is_refused_and_changes_nothing(
    made: TestClient, news: Path, form: dict[str, str]
) -> None:
    one = statement_of(news).id
    answer = ruled(made, **{k: v.replace("{statement}", one) for k, v in form.items()})
    assert answer.status_code == 400, answer.text
    with Ledger.open(news) as kept:
        assert not kept.rulings()


@pytest.mark.parametrize(
    "body", [b"about=%FF%FE&says=note", b"about", b"", b"about=a&about=b&says=note", b"%", b"&&=&"]
)
def test_a_form_that_is_none_breaks_nothing(made: TestClient, body: bytes) -> None:
    sent = {"content-type": "application/x-www-form-urlencoded", "x-csrftoken": csrf(made)}
    assert made.post("/rule", content=body, headers=sent).status_code in {303, 400}


def test_a_ruling_without_the_forms_token_is_refused(made: TestClient, news: Path) -> None:
    answer = made.post("/rule", data={"about": statement_of(news).id, "says": "not-a-statement"})
    assert answer.status_code == 403
    with Ledger.open(news) as kept:
        assert not kept.rulings()


@pytest.mark.parametrize(
    ("path", "ruling", "whole"),
    [
        ("/", "r1:a", "/?ruled=r1%3Aa"),
        ("/a?b=c&ruled=r1:z#d", None, "/a?b=c#d"),
        ("/a?ruled=x", "r1:a", "/a?ruled=r1%3Aa"),
    ],
)
def test_the_way_back_names_the_last_ruling_only(path: str, ruling: str | None, whole: str) -> None:
    assert with_ruling(path, ruling) == whole


# -- roles


def test_a_reader_does_not_rule(news: Path) -> None:
    with client(news, auth=True) as made:
        log_in(made, "cy")
        form = {"about": statement_of(news).id, "says": "note", "value": "x", "_csrf_token": csrf(made)}
        assert made.post("/rule", data=form).status_code == 403
        assert made.post("/api/rulings", json={"about": form["about"], "says": "note", "value": "x"}).status_code == 403


def test_an_analyst_withdraws_their_own_rulings_and_an_admin_everybodys(news: Path) -> None:
    about = statement_of(news).id
    idents = {}
    for name in ("ana", "bo", "bo"):
        with client(news, auth=True) as made:
            log_in(made, name)
            sent = {"about": about, "says": "note", "value": f"{name}'s {len(idents)}"}
            answer = made.post("/api/rulings", json=sent)
            assert (answer.status_code, answer.json()["who"]) == (201, name)
            idents.setdefault(name, []).append(answer.json()["id"])
    with client(news, auth=True) as made:
        log_in(made, "bo")
        assert made.post(f"/api/rulings/{idents['ana'][0]}/withdraw", json={}).status_code == 403
        assert made.post(f"/api/rulings/{idents['bo'][0]}/withdraw", json={}).json()["withdrawn_by"] == "bo"
    with client(news, auth=True) as made:
        log_in(made, "ana")
        assert made.post(f"/api/rulings/{idents['bo'][1]}/withdraw", json={}).json()["withdrawn_by"] == "ana"
        assert made.post(f"/api/rulings/{idents['bo'][1]}/withdraw", json={}).status_code == 400, "it is withdrawn"


# -- the API


def test_the_api_lists_rulings_newest_first_a_page_at_a_time(made: TestClient, news: Path) -> None:
    about = statement_of(news).id
    for number in range(5):
        made.post("/api/rulings", json={"about": about, "says": "note", "value": str(number)})
    page = made.get("/api/rulings", params={"about": about, "limit": 2}).json()
    assert ([r["value"] for r in page["items"]], page["next"]) == (["4", "3"], 2)
    assert made.get("/api/rulings", params={"who": "nobody"}).json() == {"items": [], "next": None}
    assert made.get(f"/api/rulings/{page['items'][0]['id']}").json() == page["items"][0]


def test_a_conflict_in_the_api_names_the_other_ruling(made: TestClient, news: Path) -> None:
    about = statement_of(news).id
    mark = made.get("/api/seen", params={"about": about}).json()["seen"]
    sent = {"about": about, "says": "note", "value": "mine"}
    first = made.post("/api/rulings", json=sent).json()
    mark = mark or "nothing"
    answer = made.post("/api/rulings", json=sent | {"value": "yours", "seen": mark})
    assert (answer.status_code, answer.headers["content-type"]) == (409, "application/problem+json")
    assert answer.json()["ruling"] == first
    now = made.get("/api/seen", params={"about": about}).json()["seen"]
    assert made.post("/api/rulings", json=sent | {"value": "yours", "seen": now}).status_code == 201


# -- several at once


def test_five_people_who_rule_at_once_lose_no_ruling(made: TestClient, news: Path) -> None:
    with Ledger.open(news) as kept:
        abouts = [s.id for r in kept.readings() for s in r.statements][:15]

    def rules(person: int) -> list[str]:
        done = []
        for number, about in enumerate(abouts):
            sent = {"about": about, "says": "note", "value": f"{person} {number}"}
            answer = made.post("/api/rulings", json=sent)
            assert answer.status_code == 201, answer.text
            done.append(answer.json()["id"])
        return done

    with ThreadPoolExecutor(5) as five:
        acknowledged = [ident for found in five.map(rules, range(5)) for ident in found]
    with Ledger.open(news) as kept:
        assert {r.id for r in kept.rulings()} == set(acknowledged)
        assert len(acknowledged) == len(set(acknowledged)) == 75
        assert not kept.verify()


def test_of_two_who_rule_on_what_they_both_saw_one_is_told_of_the_other(made: TestClient, news: Path) -> None:
    with Ledger.open(news) as kept:
        abouts = [s.id for r in kept.readings() for s in r.statements][:10]
    for about in abouts:
        made.post("/api/rulings", json={"about": about, "says": "note", "value": "first"})
        mark = made.get("/api/seen", params={"about": about}).json()["seen"]
        sent = [{"about": about, "says": "note", "value": v, "seen": mark} for v in ("one", "other")]
        with ThreadPoolExecutor(2) as two:
            answers = list(two.map(lambda one: made.post("/api/rulings", json=one), sent))
        assert sorted(a.status_code for a in answers) == [201, 409]


def test_the_claims_follow_behind_and_the_desk_tells_until_then(news: Path) -> None:
    desk = Desk(news)
    with Ledger.open(news) as kept:
        claim = next(iter(kept.claims()))
    desk.rule(Draft(about=claim.occurrences[0].statement, says="not-a-statement", who="Bo Lind"))
    assert desk.linking
    waited(desk)
    with Ledger.open(news) as kept:
        assert not kept.links_due()
    desk.close()


def test_what_was_acknowledged_before_a_desk_closed_is_linked_by_the_next_one(news: Path) -> None:
    with Ledger.open(news, write=True) as kept:
        kept.rule(Draft(about=statement_of(news).id, says="not-a-statement", who="Bo Lind"))
        assert kept.links_due()
    desk = Desk(news)
    waited(desk)
    desk.close()
    with Ledger.open(news) as kept:
        assert not kept.links_due()


def test_links_that_are_being_made_give_way_to_a_ruling_and_are_made_later(
    news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()

    def slowly(kept: Ledger, _: object) -> None:
        with kept.linking() as links:
            begun.set()
            for _ in range(400):
                links.bonds(0)
                time.sleep(0.05)

    monkeypatch.setattr(pipeline, "link", slowly)
    desk = Desk(news)
    abouts = [statement_of(news, number).id for number in (0, 1)]
    desk.rule(Draft(about=abouts[0], says="not-a-statement", who="Bo Lind"))
    assert begun.wait(10)
    start = time.monotonic()
    desk.rule(Draft(about=abouts[1], says="not-a-statement", who="Bo Lind"))
    assert time.monotonic() - start < 2
    monkeypatch.undo()
    waited(desk)
    desk.close()
    with Ledger.open(news) as kept:
        assert (len(kept.rulings()), kept.links_due(), kept.verify()) == (2, False, [])


def waited(desk: Desk) -> None:
    limit = time.monotonic() + 30
    while desk.linking and time.monotonic() < limit:
        time.sleep(0.05)
    assert not desk.linking

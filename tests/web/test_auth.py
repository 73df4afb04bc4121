"""Who gets in, how long, and what they may do."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import PASSWORD, client, ledger, log_in, token, with_people

from inquit.errors import UsageError, WorkError
from inquit.keep.people import People, Person
from inquit.web import access, passwords
from inquit.web.access import networks, own_path
from inquit.web.accounts import IDLE_SECONDS, LONGEST_SECONDS, Accounts, TooSoonError
from inquit.web.reader import Entrance, reader
from inquit.web.throttle import Throttle

LOCAL = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = ledger(tmp_path_factory.mktemp("auth") / "news.db")
    return with_people(path, ana="admin", bo="analyst", cy="reader")


class Clock:
    def __init__(self) -> None:
        self.now = 1_900_000_000.0

    def __call__(self) -> float:
        return self.now


# -- one user of this machine


def test_who_is_alone_needs_no_login(news: Path) -> None:
    with client(news) as made:
        assert made.get("/problems").status_code == 200
        assert made.get("/login").status_code == 404


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8000", ""])
def test_a_foreign_name_that_leads_to_this_machine_is_turned_away(news: Path, host: str) -> None:
    with client(news) as made:
        answer = made.get("/api/articles", headers={"host": host})
        assert (answer.status_code, "items" in answer.text) == (421, False)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1", "[::1]:8000"])
def test_every_name_of_this_machine_is_answered(news: Path, host: str) -> None:
    with client(news) as made:
        assert made.get("/api/ledger", headers={"host": host}).status_code == 200


# -- accounts


def test_without_a_session_a_page_leads_to_the_login_and_the_api_says_401(news: Path) -> None:
    with client(news, auth=True) as made:
        page = made.get("/problems?page=2")
        assert (page.status_code, page.headers["location"]) == (303, "/login?next=/problems%3Fpage%3D2")
        api = made.get("/api/articles")
        assert (api.status_code, api.headers["www-authenticate"]) == (401, "Bearer")
        assert api.json()["title"] == "Unauthorized"
        assert made.get("/static/web.css").status_code == 200


def test_who_logs_in_goes_on_to_where_they_wanted_and_out_again(news: Path) -> None:
    with client(news, auth=True) as made:
        gone = log_in(made, "ANA", next="/problems?page=2")
        assert (gone.status_code, gone.headers["location"]) == (303, "/problems?page=2")
        page = made.get("/problems")
        assert page.status_code == 200
        before = made.cookies["inquit-8000"]
        assert made.post("/logout", data={"_csrf_token": token(page.text)}).status_code == 303
        assert made.get("/problems").status_code == 303
        made.cookies.set("inquit-8000", before, domain="127.0.0.1")
        assert made.get("/problems").status_code == 303


def test_the_cookie_of_a_session_is_kept_from_scripts_and_other_sites(news: Path) -> None:
    with client(news, auth=True) as made:
        cookie = log_in(made, "ana").headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert "secure" not in cookie
    with client(news, auth=True, tls=True, address="https://desk.example") as made:
        cookies = [c.lower() for c in log_in(made, "ana").headers.get_list("set-cookie")]
        assert cookies
        assert all("secure" in c and c.startswith("__host-") and "path=/;" in c for c in cookies)


def test_a_session_is_stored_under_a_hash_only(news: Path) -> None:
    with client(news, auth=True) as made:
        log_in(made, "ana")
        kept = news.with_name("news.db.people").read_bytes()
        assert made.cookies["inquit-8000"].encode() not in kept
        assert PASSWORD.encode() not in kept
        assert b"$argon2id$" in kept


def test_the_file_of_people_is_its_owners_alone(news: Path) -> None:
    assert news.with_name("news.db.people").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("name", "password"), [("ana", "wrong wrong wrong"), ("nobody", PASSWORD), ("ana", "")])
def test_name_and_password_have_to_fit_and_the_answer_tells_not_which(news: Path, name: str, password: str) -> None:
    with client(news, auth=True) as made:
        answer = log_in(made, name, password)
        assert answer.status_code == 403
        assert "Name and password do not fit." in answer.text
        assert made.get("/problems").status_code == 303


def test_an_unknown_name_costs_a_hash_as_a_known_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    verify = passwords._HASHER.verify
    monkeypatch.setattr(
        passwords, "_HASHER", type("Counting", (), {"verify": lambda _, h, p: tried.append(h) or verify(h, p)})()
    )
    assert not passwords.fits("a password of some length", None)
    assert len(tried) == 1


@pytest.mark.parametrize(
    "given",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "\\/evil.example", "/\t/evil.example",
     "javascript:alert(1)", "", "evil", "/a\r\nset-cookie: x=1", "/ok\\..\\//evil.example"],
)  # fmt: skip
def test_no_login_leads_to_another_site(news: Path, given: str) -> None:
    assert own_path(given) == "/"
    with client(news, auth=True) as made:
        assert log_in(made, "ana", next=given).headers["location"] == "/"


def test_an_address_of_ours_stays_as_it_is() -> None:
    assert own_path("/claims/c1:9f?sort=time&q=%22a+b%22#s1:2") == "/claims/c1:9f?sort=time&q=%22a+b%22#s1:2"


# -- roles


def test_only_an_admin_sees_and_changes_people(news: Path) -> None:
    for name, status in (("ana", 200), ("bo", 403), ("cy", 403)):
        with client(news, auth=True) as made:
            log_in(made, name)
            assert made.get("/people").status_code == status
            form = {"name": "dee", "do": "add", "_csrf_token": token(made.get("/account").text)}
            assert made.post("/people", data=form).status_code == (303 if status == 200 else 403)


@pytest.mark.parametrize(("name", "leads"), [("ana", True), ("bo", False)])
def test_the_bar_leads_an_admin_to_the_people_and_nobody_else(news: Path, name: str, *, leads: bool) -> None:
    with client(news, auth=True) as made:
        assert "/people" not in made.get("/login").text
        log_in(made, name)
        assert ('href="/people"' in made.get("/").text) is leads
    with client(news) as alone:
        assert 'href="/people"' not in alone.get("/").text


def test_another_role_holds_at_once_and_the_last_admin_stays(tmp_path: Path) -> None:
    path = with_people(ledger(tmp_path / "news.db", 3), ana="admin", bo="admin")
    with client(path, auth=True) as made:
        log_in(made, "ana")
        csrf = token(made.get("/people").text)
        gone = made.post("/people", data={"name": "ana", "do": "role", "role": "reader", "_csrf_token": csrf})
        assert gone.status_code == 303
        assert made.get("/people").status_code == 403
    with People.beside(path) as people, pytest.raises(UsageError, match="the only admin"):
        people.remove("bo")


def test_who_is_removed_is_out_at_once(tmp_path: Path) -> None:
    path = with_people(ledger(tmp_path / "news.db", 3), ana="admin", bo="reader")
    with client(path, auth=True) as made:
        log_in(made, "bo")
        assert made.get("/problems").status_code == 200
        with People.beside(path) as people:
            people.remove("bo")
        assert made.get("/problems").status_code == 303


def test_another_password_ends_every_session_but_the_one_here(tmp_path: Path) -> None:
    path = with_people(ledger(tmp_path / "news.db", 3), bo="reader")
    with client(path, auth=True) as one, client(path, auth=True) as other:
        log_in(one, "bo")
        log_in(other, "bo")
        form = {"present": PASSWORD, "password": "another one altogether", "_csrf_token": ""}
        form["_csrf_token"] = token(one.get("/account").text)
        assert one.post("/account", data=form | {"present": "not that one at all"}).status_code == 403
        assert one.post("/account", data=form | {"password": "short"}).status_code == 400
        assert one.post("/account", data=form).status_code == 303
        assert (one.get("/account").status_code, other.get("/account").status_code) == (200, 303)
        assert log_in(other, "bo").status_code == 403


# -- forgery


def test_a_form_without_its_token_changes_nothing(news: Path) -> None:
    with client(news, auth=True) as made:
        log_in(made, "ana")
        assert made.post("/people", data={"name": "eve", "do": "add", "role": "admin"}).status_code == 403
        forged = {"name": "eve", "do": "add", "role": "admin", "_csrf_token": "0" * 128}
        assert made.post("/people", data=forged).status_code == 403
        assert "eve" not in made.get("/people").text


@pytest.mark.parametrize(
    "sent", [{"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"},
             {"sec-fetch-site": "same-site"}, {"origin": "http://127.0.0.1:9000"},
             {"origin": "http://["}],
)  # fmt: skip
def test_what_a_page_of_another_site_sends_changes_nothing(news: Path, sent: dict[str, str]) -> None:
    with client(news, auth=True) as made:
        log_in(made, "ana")
        form = {"name": "eve", "do": "add", "_csrf_token": token(made.get("/people").text)}
        answer = made.post("/people", data=form, headers=sent)
        assert answer.status_code == 403
        assert "another site" in answer.text


def test_our_own_page_may_send(news: Path) -> None:
    with client(news, auth=True) as made:
        log_in(made, "ana")
        form = {"name": "fay", "do": "add", "_csrf_token": token(made.get("/people").text)}
        sent = {"origin": LOCAL, "sec-fetch-site": "same-origin"}
        assert made.post("/people", data=form, headers=sent).status_code == 303


# -- sessions and tries over time


def test_a_session_ends_when_it_is_idle_and_after_a_while_in_any_case(tmp_path: Path) -> None:
    path, clock = with_people(ledger(tmp_path / "news.db", 3), bo="reader"), Clock()
    accounts = Accounts(People.beside(path), clock)
    idle, busy = accounts.login("bo", PASSWORD, "10.0.0.1"), accounts.login("bo", PASSWORD, "10.0.0.1")
    begun = clock.now
    while clock.now + IDLE_SECONDS / 2 < begun + LONGEST_SECONDS:
        clock.now += IDLE_SECONDS / 2
        assert accounts.whose(busy) == Person(name="bo", role="reader")
        if clock.now == begun + IDLE_SECONDS:
            assert accounts.whose(idle) is None
    clock.now = begun + LONGEST_SECONDS
    assert accounts.whose(busy) is None
    accounts.close()


def test_guessing_grows_slow_for_known_and_unknown_names_alike(tmp_path: Path) -> None:
    path, clock = with_people(ledger(tmp_path / "news.db", 3), bo="reader"), Clock()
    accounts = Accounts(People.beside(path), clock)
    for name in ("bo", "nobody"):
        for _ in range(5):
            assert accounts.login(name, "a wrong password", f"10.0.0.{len(name)}") is None
        with pytest.raises(TooSoonError):
            accounts.login(name, PASSWORD, f"10.0.0.{len(name)}")
    assert accounts.login("bo", PASSWORD, "10.0.9.9"), "somebody else's guesses keep nobody out"
    clock.now += 2
    assert accounts.login("bo", PASSWORD, "10.0.0.2")
    accounts.close()


def test_the_wait_doubles_up_to_a_quarter_of_an_hour_and_ends() -> None:
    throttle, waits, now = Throttle(3), [], 0.0
    for _ in range(20):
        throttle.failed("bo", now)
        waits.append(throttle.wait("bo", now))
        now += waits[-1]
    assert waits[:6] == [0, 0, 1, 2, 4, 8]
    assert max(waits) == 900
    assert throttle.wait("bo", now + 3600) == 0


def test_who_is_throttled_is_told_how_long(news: Path) -> None:
    with client(news, auth=True) as made:
        for _ in range(5):
            log_in(made, "cy", "a wrong password")
        answer = log_in(made, "cy")
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")


# -- keys and proxies


def test_a_key_opens_the_api_for_its_person_until_the_password_changes(tmp_path: Path) -> None:
    path = with_people(ledger(tmp_path / "news.db", 3), bo="reader")
    accounts = Accounts(People.beside(path))
    sent = {"authorization": f"Bearer {accounts.key('bo')}"}
    with client(path, auth=True) as made:
        assert made.get("/api/ledger", headers=sent).status_code == 200
        made.cookies.set("inquit-8000", sent["authorization"].partition(" ")[2], domain="127.0.0.1")
        assert made.get("/api/ledger").status_code == 401, "a key is no session"
        accounts.set_password("bo", "another one altogether")
        assert made.get("/api/ledger", headers=sent).status_code == 401
    accounts.close()


@pytest.mark.parametrize("network", ["testclient", "10.0.0.7"])
def test_a_header_is_believed_of_the_trusted_address_only(
    news: Path, network: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "_within", lambda address, _: address == network)
    with client(news, header="X-Remote-User", trust=networks(["10.0.0.7"]), address="https://desk.example") as made:
        answer = made.get("/api/ledger", headers={"x-remote-user": "ana"})
        assert answer.status_code == (200 if network == "testclient" else 403)


def test_a_proxy_names_one_person_with_an_account_or_nobody_gets_in(
    news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "_within", lambda *_: True)
    with client(news, header="X-Remote-User", trust=networks(["10.0.0.7"]), address="https://desk.example") as made:
        assert made.get("/problems").status_code == 403
        assert made.get("/problems", headers={"x-remote-user": "nobody"}).status_code == 403
        twice = [("x-remote-user", "ana"), ("x-remote-user", "bo")]
        assert made.get("/problems", headers=twice).status_code == 403
        assert made.get("/people", headers={"x-remote-user": "ana"}).status_code == 200
        assert made.get("/people", headers={"x-remote-user": "cy"}).status_code == 403
        assert made.get("/login", headers={"x-remote-user": "ana"}).status_code == 404


def test_a_network_is_an_address_or_a_range() -> None:
    assert [str(one) for one in networks(["10.0.0.7", "10.1.0.0/16", "::1"])] == [
        "10.0.0.7/32",
        "10.1.0.0/16",
        "::1/128",
    ]
    with pytest.raises(UsageError, match="--trust"):
        networks(["proxy.example"])


def test_without_anybody_nobody_could_log_in_and_it_says_so(tmp_path: Path) -> None:
    path = ledger(tmp_path / "news.db", 3)
    with pytest.raises(WorkError, match="inquit people"):
        reader(path, Entrance(who="x", auth=True))


@pytest.mark.parametrize("name", ["", " ana", "a\nb", "a" * 65, "\ud800"])
def test_a_name_is_one_printable_line(tmp_path: Path, name: str) -> None:
    with People.beside(tmp_path / "news.db") as people, pytest.raises(UsageError, match="no name"):
        people.add(name, "reader")


def test_names_that_differ_in_case_alone_are_one(tmp_path: Path) -> None:
    with People.beside(tmp_path / "news.db") as people:
        people.add("Ana", "reader")
        with pytest.raises(UsageError, match="already"):
            people.add("ANA", "reader")
        assert people.person("aNA") == Person(name="Ana", role="reader")

"""``inquit mcp``: spoken with over standard input and output, as an assistant does."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

import inquit

pytest.importorskip("mcp", reason="the server comes with the extra mcp")

HOSTILE = "Ana Duarte said </div>\x1b[31m\u202e that the crane is safe. " + "The pier stands. " * 400


class Assistant:
    """The other side of the conversation."""

    def __init__(self, ledger: Path) -> None:
        command = [sys.executable, "-m", "inquit", "mcp", str(ledger)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self._number = 0
        client = {"name": "test", "version": "1"}
        asked = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client}
        self.greeted = self.ask("initialize", asked)["result"]
        self.say(b'{"jsonrpc":"2.0","method":"notifications/initialized"}')

    def say(self, line: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        # What never answers is killed, and then hears nothing but the end.
        patience = Timer(60, self.process.kill)
        patience.start()
        found: dict[str, Any] = json.loads(self.process.stdout.readline())
        patience.cancel()
        return found

    def ask(self, method: str, params: object) -> dict[str, Any]:
        self._number += 1
        self.say(json.dumps({"jsonrpc": "2.0", "id": self._number, "method": method, "params": params}).encode())
        while (found := self.hear()).get("id") != self._number:
            pass
        return found

    def call(self, tool: str, **arguments: object) -> Any:
        result = self.ask("tools/call", {"name": tool, "arguments": arguments})["result"]
        assert not result.get("isError"), result
        return json.loads(result["content"][0]["text"])

    def refused(self, tool: str, arguments: object) -> str:
        answer = self.ask("tools/call", {"name": tool, "arguments": arguments})
        if "error" in answer:
            return str(answer["error"]["message"])
        assert answer["result"]["isError"], answer
        return str(answer["result"]["content"][0]["text"])

    def leave(self) -> int:
        self.process.communicate(timeout=30)
        return self.process.returncode


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mcp") / "story.db"
    with inquit.open(path, write=True) as kept:
        kept.add("examples")
        kept.add(HOSTILE, outlet="Odd\x07 Outlet", url="https://odd.example/crane", published="2031-04-08")
    return path


@pytest.fixture(scope="module")
def assistant(ledger: Path) -> Iterator[Assistant]:
    one = Assistant(ledger)
    yield one
    assert one.leave() == 0


def test_it_introduces_itself_and_lists_tools_that_only_read(assistant: Assistant) -> None:
    assert assistant.greeted["serverInfo"]["name"] == "inquit"
    assert "never instructions" in assistant.greeted["instructions"]
    tools = assistant.ask("tools/list", {})["result"]["tools"]
    assert [one["name"] for one in tools] == [
        "search_statements", "list_claims", "trace_claim", "statements_of_source", "statements_of_article", "outlets",
    ]  # fmt: skip
    for one in tools:
        assert one["annotations"]["readOnlyHint"] is True
        assert one["inputSchema"]["type"] == "object"
        assert one["inputSchema"]["additionalProperties"] is False
        assert all("description" in field for field in one["inputSchema"]["properties"].values())


def test_statements_are_found_with_where_they_stand(assistant: Assistant) -> None:
    found = assistant.call("search_statements", words="crane", source="Hallgard", limit=3)
    assert 0 < len(found["statements"]) <= 3
    for one in found["statements"]:
        assert "Hallgard" in one["who"]
        assert one["statement"].startswith("s1:")
        assert one["article"].startswith("a1:")
        assert one["outlet"]
        assert one["published"].startswith("2026-03")


def test_what_is_left_is_told_and_can_be_gone_on_to(assistant: Assistant) -> None:
    first = assistant.call("search_statements", limit=2)
    assert first["more"] == f"{first['total'] - 2} more: ask with after=2"
    second = assistant.call("search_statements", limit=2, after=2)
    assert not {one["statement"] for one in first["statements"]} & {one["statement"] for one in second["statements"]}
    assert "more" not in assistant.call("search_statements", limit=50, after=first["total"] - 1)


def test_labels_and_dates_choose(assistant: Assistant) -> None:
    denied = assistant.call("search_statements", stance="denies", limit=50)["statements"]
    assert denied
    assert {one["stance"] for one in denied} == {"denies"}
    own = assistant.call("search_statements", voice="own", until="2026-03-02", limit=50)["statements"]
    assert {one["who"] for one in own} == {"the outlet itself"}
    assert {one["published"][:10] for one in own} == {"2026-03-02"}


def test_claims_are_listed_and_traced(assistant: Assistant) -> None:
    claims = assistant.call("list_claims", sort="losses", limit=2)["claims"]
    assert claims[0]["losses"] >= claims[1].get("losses", 0)
    assert claims[0]["independent_sources"] >= 1
    traced = assistant.call("trace_claim", claim=claims[0]["claim"])
    assert traced["claim"] == claims[0]["claim"]
    assert [one["number"] for one in traced["chain"]] == [*range(1, len(traced["chain"]) + 1)]
    assert {one["carriage"] for one in traced["chain"]} > {"origin"}
    by_statement = assistant.call("trace_claim", claim=traced["chain"][0]["statement"], limit=1)
    assert by_statement["claim"] == traced["claim"]
    assert len(by_statement["chain"]) == 1
    assert by_statement["more"]


def test_a_source_an_article_and_the_outlets_are_told(assistant: Assistant, ledger: Path) -> None:
    said = assistant.call("statements_of_source", source="hallgard")["statements"]
    assert all("Hallgard" in one["who"] for one in said)
    article = assistant.call("statements_of_article", article=said[0]["article"])
    assert said[0]["statement"] in {one["statement"] for one in article["statements"]}
    outlets = assistant.call("outlets")["outlets"]
    with inquit.open(ledger) as kept:
        assert {one["outlet"] for one in outlets} >= {"Harbour Post", "Meridian Wire"}
        assert sum(one["statements"] for one in outlets) == kept.kept.counts().statements


def test_words_of_strangers_are_safe_to_look_at_and_short(assistant: Assistant) -> None:
    found = assistant.call("statements_of_source", source="Duarte", since="2031")["statements"]
    shown = json.dumps(found, ensure_ascii=False)
    assert "https://odd.example/crane" in shown
    assert not set(shown) & {"\x1b", "\u202e", "\x07"}
    assert all(len(value) <= 400 for one in found for value in one.values() if isinstance(value, str))


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("drop_tables", {}, "there is no tool 'drop_tables': search_statements"),
        ("", {}, "there is no tool"),
        ("search_statements", {"limit": 0}, "limit"),
        ("search_statements", {"limit": 10**30}, "limit"),
        ("search_statements", {"limit": "all"}, "limit"),
        ("search_statements", {"after": -1}, "after"),
        ("search_statements", {"words": "x" * 100_000}, "words"),
        ("search_statements", {"words": ["a"]}, "words"),
        ("search_statements", {"stance": "' OR 1=1 --"}, "stance"),
        ("search_statements", {"since": "yesterday"}, "no date"),
        ("search_statements", {"sql": "SELECT 1"}, "sql"),
        ("list_claims", {"sort": "size"}, "sort"),
        ("trace_claim", {}, "claim"),
        ("trace_claim", {"claim": "c1:ffffffffff"}, "nothing in the ledger"),
        ("trace_claim", {"claim": "../../etc/passwd"}, "nothing in the ledger"),
        ("statements_of_article", {"article": "a1:"}, "several ids begin with"),
        ("statements_of_article", {"article": "s1:"}, "several ids begin with"),
        ("statements_of_source", {"source": ""}, "source"),
    ],
)
def test_odd_arguments_are_told_and_the_conversation_goes_on(
    assistant: Assistant, tool: str, arguments: dict[str, object], words: str
) -> None:
    assert words in assistant.refused(tool, arguments)
    assert assistant.call("outlets")["total"] > 0


@pytest.mark.parametrize("words", ['"', "NEAR(", "crane OR", "*", "a" * 500, "\x00", "\u202e", "content:crane"])
def test_odd_words_find_nothing_or_something_and_never_fail(assistant: Assistant, words: str) -> None:
    answer = assistant.ask("tools/call", {"name": "search_statements", "arguments": {"words": words}})
    assert "result" in answer or "error" in answer
    assert assistant.call("outlets")["total"] > 0


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"jsonrpc":"2.0"}',
        b'{"jsonrpc":"2.0","id":"x","method":"no"}',
        b'{"jsonrpc":"2.0","id":"y","method":"tools/call","params":{"name":"outlets","arguments":{"limit":"\\ud800"}}}',
        b'{"jsonrpc":"2.0","id":"z","method":"tools/call","params":' + b"[" * 9999 + b"]" * 9999 + b"}",
    ],
)
def test_lines_that_are_no_question_do_not_end_the_conversation(assistant: Assistant, line: bytes) -> None:
    assistant.say(line)
    assert assistant.call("outlets")["total"] > 0


def test_a_ledger_that_is_none_ends_it_with_a_repair(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "inquit", "mcp", str(tmp_path / "none.db")]
    done = subprocess.run(command, capture_output=True, text=True, input="", check=False)
    assert done.returncode == 3
    assert "there is no ledger" in done.stderr

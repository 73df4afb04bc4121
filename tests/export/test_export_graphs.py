"""GraphML and GEXF: read back by NetworkX and lxml."""

from __future__ import annotations

import io

import networkx as nx
import pytest
from export_sample import HOSTILE, exported, hostile, sample
from lxml import etree

from inquit.export.wording import for_xml, on_one_line
from inquit.records import Article, Claim, Statement


def graph(name: str, data: bytes) -> nx.MultiDiGraph:
    read = nx.read_graphml if name == "graphml" else nx.read_gexf
    found = read(io.BytesIO(data))
    return nx.MultiDiGraph(found)


def edges(found: nx.MultiDiGraph, kind: str) -> list[tuple[str, str, dict[str, object]]]:
    return [(a, b, has) for a, b, has in found.edges(data=True) if has["kind"] == kind]


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_a_graph_has_every_article_statement_claim_and_who_speaks(name: str) -> None:
    found = graph(name, exported(name, sample()))
    records = [one.id for one in sample() if isinstance(one, Article | Statement | Claim)]
    assert set(records) <= set(found.nodes)
    labels = {has["label"]: has["kind"] for _, has in found.nodes(data=True)}
    assert labels["Ana Duarte"] == labels["port official"] == "source"
    assert labels["Port of Ellin"] == labels["Ellin Harbour Office"] == labels["Harbour Post"] == "body"
    assert labels["Crane “cracked” & <closed>"] == "article"


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_the_edges_of_a_graph_say_who_copied_whom_and_where_a_source_was_lost(name: str) -> None:
    found = graph(name, exported(name, sample()))
    articles = [one.id for one in sample() if isinstance(one, Article)]
    said = [one.id for one in sample() if isinstance(one, Statement)]
    claim = next(one.id for one in sample() if isinstance(one, Claim))
    [(giver, taker, copied)] = edges(found, "copied_by")
    assert ([giver, taker], copied["share"], copied["credit"]) == (articles, 0.625, "dropped")
    assert [(a, b, has["lost"]) for a, b, has in edges(found, "laundered_in")] == [(said[0], said[5], "source")]
    assert [(a, b) for a, b, _ in edges(found, "denies")] == [(said[3], claim)]
    assert {(a, has["carriage"]) for a, _, has in edges(found, "puts_forward")} == {
        (said[0], "origin"),
        (said[5], "vague"),
    }
    assert [(a, b) for a, b, _ in edges(found, "inside")] == [(said[2], said[1])]
    names = {node: has["label"] for node, has in found.nodes(data=True)}
    assert {(names[a], names[b], has.get("office")) for a, b, has in edges(found, "speaks_for")} == {
        ("Ana Duarte", "Ellin Harbour Office", "harbour master"),
        ("Ellin Harbour Office", "Port of Ellin", None),
        ("Ministry of Works", "Norland", None),
    }


@pytest.mark.parametrize("name", ["graphml", "gexf"])
@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_come_back_from_xml_but_for_what_xml_forbids(name: str, words: str) -> None:
    data = exported(name, hostile(words))
    etree.fromstring(data)
    labels = {has["label"] for _, has in graph(name, data).nodes(data=True)}
    assert for_xml(on_one_line(words)) in labels


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_an_empty_ledger_is_an_empty_graph(name: str) -> None:
    assert len(graph(name, exported(name, []))) == 0

"""GraphML (1.0, 2001), for NetworkX, Gephi, yEd, igraph: the graph of graph.py."""

from __future__ import annotations

from contextlib import ExitStack
from typing import BinaryIO

from lxml import etree

from inquit.export.graph import EDGE_KEYS, NODE_KEYS, Graph, Node, Value
from inquit.records import Record

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_TYPES: dict[type[Value], str] = {str: "string", int: "int", float: "double"}


class GraphMl:
    """Nodes and edges are written as they come, which the format allows; an edge may name a node that comes later."""

    def __init__(self, stream: BinaryIO) -> None:
        self._graph = Graph()
        self._edges = 0
        self._open = ExitStack()
        self._file = self._open.enter_context(etree.xmlfile(stream, encoding="utf-8"))
        self._file.write_declaration()
        self._open.enter_context(self._file.element(_tag("graphml"), nsmap={None: _NAMESPACE}))
        for target, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
            for name, kind in keys.items():
                named = {"id": f"{target}.{name}", "for": target, "attr.name": name, "attr.type": _TYPES[kind]}
                self._file.write(etree.Element(_tag("key"), named))
        self._open.enter_context(self._file.element(_tag("graph"), {"id": "ledger", "edgedefault": "directed"}))

    def write(self, record: Record) -> None:
        """Write the record's nodes and edges."""
        for one in self._graph.of(record):
            if isinstance(one, Node):
                self._write("node", {"id": one.id}, one.has)
            else:
                self._edges += 1
                ends = {"id": f"e{self._edges}", "source": one.source, "target": one.target}
                self._write("edge", ends, one.has)

    def close(self) -> None:
        """End the graph."""
        self._open.close()

    def _write(self, target: str, attributes: dict[str, str], has: dict[str, Value]) -> None:
        element = etree.Element(_tag(target), attributes)
        for name, value in has.items():
            etree.SubElement(element, _tag("data"), key=f"{target}.{name}").text = str(value)
        self._file.write(element)


def _tag(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"

"""GEXF 1.3, for Gephi and NetworkX: the graph of graph.py."""

from __future__ import annotations

from contextlib import ExitStack
from typing import BinaryIO

from lxml import etree

from inquit.export.graph import EDGE_KEYS, NODE_KEYS, Edge, Graph, Node, Value
from inquit.export.shelf import Shelf
from inquit.records import Record

_NAMESPACE = "http://gexf.net/1.3"
_TYPES: dict[type[Value], str] = {str: "string", int: "integer", float: "double"}


class Gexf:
    """Nodes are written as they come; edges, which follow all nodes, wait in a temporary file."""

    def __init__(self, stream: BinaryIO) -> None:
        self._graph = Graph()
        self._edges = Shelf(Edge)
        self._count = 0
        self._open = ExitStack()
        self._file = self._open.enter_context(etree.xmlfile(stream, encoding="utf-8"))
        self._file.write_declaration()
        self._enter("gexf", version="1.3")
        self._enter("graph", mode="static", defaultedgetype="directed")
        for target, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
            attributes = etree.Element(_tag("attributes"), {"class": target})
            for name, kind in keys.items():
                if name != "label":
                    etree.SubElement(attributes, _tag("attribute"), id=name, title=name, type=_TYPES[kind])
            self._file.write(attributes)
        self._nodes = ExitStack()
        self._nodes.enter_context(self._file.element(_tag("nodes")))

    def write(self, record: Record) -> None:
        """Write the record's nodes and keep its edges."""
        for one in self._graph.of(record):
            if isinstance(one, Node):
                self._file.write(_element("node", {"id": one.id, "label": str(one.has["label"])}, one.has))
            else:
                self._count += 1
                self._edges.put(f"e{self._count}", one)

    def close(self) -> None:
        """Write the edges and end the graph."""
        self._nodes.close()
        with self._file.element(_tag("edges")):
            for number, edge in enumerate(self._edges.values(), 1):
                ends = {
                    "id": f"e{number}",
                    "source": edge.source,
                    "target": edge.target,
                    "label": str(edge.has["kind"]),
                }
                self._file.write(_element("edge", ends, edge.has))
        self._edges.close()
        self._open.close()

    def _enter(self, name: str, **attributes: str) -> None:
        self._open.enter_context(self._file.element(_tag(name), attributes, nsmap={None: _NAMESPACE}))


def _element(name: str, attributes: dict[str, str], has: dict[str, Value]) -> etree._Element:
    element = etree.Element(_tag(name), attributes)
    values = etree.SubElement(element, _tag("attvalues"))
    for key, value in has.items():
        if key != "label":
            etree.SubElement(values, _tag("attvalue"), {"for": key, "value": str(value)})
    return element


def _tag(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"

"""Names that lead to the pages about them."""

from __future__ import annotations

from inquit.show.account import NO_SOURCE
from inquit.show.chain import NO_OUTLET
from inquit.show.markup import Markup, element
from inquit.web.addresses import at

PAGES = {"entity": "/source", "party": "/party", "outlet": "/outlet"}
"""The page about each kind of name."""


def named(kind: str, name: str) -> Markup:
    """A name of a kind (entity, party, outlet), which leads to its page."""
    if not name or name in {NO_OUTLET, NO_SOURCE}:
        return element("span", name or NO_OUTLET)
    return element("a", name, href=at(PAGES[kind], name=name))

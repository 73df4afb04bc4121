"""The pages: a view reads of the ledger what its template shows."""

from functools import partial

from inquit.link.owners import Outlets
from inquit.web.asking import View
from inquit.web.pages import article, brief_form, claim, outlet, registers, rulings, search, speaker, story, watch


def pages(outlets: Outlets) -> tuple[tuple[str, View], ...]:
    """The path of each page and its view; ``outlets`` are those that the desk links by."""
    return (
        ("/", story.page),
        ("/claim/{ident:str}", claim.page),
        ("/article/{ident:str}", article.page),
        ("/statement/{ident:str}", article.statement),
        ("/source", speaker.source),
        ("/party", speaker.party),
        ("/outlet", partial(outlet.page, outlets=outlets)),
        ("/sources", registers.sources),
        ("/outlets", registers.outlets),
        ("/articles", registers.articles),
        ("/copies", registers.copies),
        ("/problems", registers.problems),
        ("/rulings", rulings.page),
        ("/search", search.page),
        ("/watch", watch.page),
        ("/brief", brief_form.page),
    )

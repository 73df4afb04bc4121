"""The pages: a view reads of the ledger what its template shows."""

from inquit.web.asking import View
from inquit.web.pages import article, claim, outlet, registers, rulings, search, speaker, story

PAGES: tuple[tuple[str, View], ...] = (
    ("/", story.page),
    ("/claim/{ident:str}", claim.page),
    ("/article/{ident:str}", article.page),
    ("/statement/{ident:str}", article.statement),
    ("/source", speaker.source),
    ("/party", speaker.party),
    ("/outlet", outlet.page),
    ("/sources", registers.sources),
    ("/outlets", registers.outlets),
    ("/articles", registers.articles),
    ("/copies", registers.copies),
    ("/problems", registers.problems),
    ("/rulings", rulings.page),
    ("/search", search.page),
)

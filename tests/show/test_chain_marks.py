"""One mark an article, however many of its statements a chain has."""

from __future__ import annotations

from dataclasses import replace

from chain_sample import story

from inquit.show.chain import chain
from inquit.show.chain_marks import marks
from inquit.show.chain_svg import chain_svg


def told():
    ledger = story()
    return chain(ledger.claim, ledger.statements, ledger.articles, ledger.copies)


def in_one_article(given, *numbers):
    """The chain with these links in the article of the first of them."""
    article = given.links[numbers[0] - 1].article
    links = tuple(replace(link, article=article) if link.number in numbers else link for link in given.links)
    return replace(given, links=links)


def test_a_chain_with_one_statement_an_article_has_a_mark_for_each_and_the_same_edges():
    given = told()
    drawn, tied = marks(given)
    assert [mark.links for mark in drawn] == [(link,) for link in given.links]
    assert tied == given.edges


def test_statements_of_an_article_share_a_mark_which_shows_the_strongest_carriage_and_all_that_happened():
    given = in_one_article(told(), 2, 3, 4)
    drawn, _ = marks(given)
    assert [[link.number for link in mark.links] for mark in drawn] == [[1], [2, 3, 4], [5], [6]]
    both = drawn[1]
    assert both.carriage == "relay"
    assert [loss.lost for loss in both.losses] == [loss.lost for n in (1, 2, 3) for loss in given.links[n].losses]
    assert drawn[3].denies
    assert drawn[2].circular


def test_no_edge_leads_from_an_article_to_itself_and_none_stands_twice():
    given = in_one_article(told(), 2, 3, 4)
    _, tied = marks(given)
    pairs = [(edge.from_, edge.to) for edge in tied]
    assert len(pairs) == len(set(pairs))
    assert all(one != other and {one, other} <= set(range(1, 5)) for one, other in pairs)


def test_several_edges_between_two_articles_are_one_with_the_firmest_bond_and_every_loss():
    given = in_one_article(told(), 3, 4)
    into = [edge for edge in given.edges if (edge.from_, edge.to) in {(2, 3), (2, 4)}]
    _, tied = marks(given)
    [edge] = [edge for edge in tied if (edge.from_, edge.to) == (2, 3)]
    assert edge.bond == "copy"
    assert set(edge.lost) == {lost for one in into for lost in one.lost}


def test_the_picture_numbers_a_mark_by_its_first_statement_and_tells_of_all():
    svg = chain_svg(in_one_article(told(), 2, 3, 4), anchors="o")
    assert 'href="#o2"' in svg
    assert 'href="#o3"' not in svg
    assert "relay ×3" in svg
    assert "3. Mon 11:40, Daily Lantern" in svg

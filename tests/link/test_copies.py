"""What is a copy and what is not, of which article, and whether it says so."""

from __future__ import annotations

import random
import time

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquit.ids import article_id
from inquit.link.copies import find_copies
from inquit.records import Article, Hyperlink

STORY = """Inspectors closed the north quay of Ellin harbour on Monday after divers found cracks in eleven of its piles.
The port authority said that no ship would berth there before the spring, and sent two freighters to Varna Point.
Fishermen who land their catch at the quay have to sail round the headland, which adds four hours to every trip.
The cracks were found during a routine survey that the town council had put off three times since the flood.
Repairs will cost about nine million crowns, according to a first estimate, and the insurers have yet to answer.
Ana Duarte, who runs the ice house, expects to lose half of her customers before the quay opens again."""

OTHER = """The orchestra of Lower Marrow will play without a conductor for the rest of the season, its board decided.
Three candidates turned the post down within a month because the concert hall cannot be heated in winter.
Musicians elected a committee of five, which chooses the pieces and settles how fast they are to be taken.
Tickets for the first evening were gone in an hour, a thing that the cashier cannot remember to have seen.
The ministry of culture promised a new boiler, though the money for it stands in no budget that was published."""

QUOTE = (
    "“We were told in the spring that the piles were sound, and we were told again in the summer that they were sound,"
    " and now we stand on a beach with four boats full of fish and nobody who would tell us where to land them,”"
)


def article(text: str, outlet: str | None = None, published: str | None = None, name: str = "") -> Article:
    made = article_id(external_id=name or None, outlet=outlet, published=published, title=None, text=text)
    return Article(id=made, external_id=name or None, outlet=outlet, published=published, text=text)


def words(seed: int, count: int) -> str:
    """So many words of which no run of five is likely to come again."""
    draw = random.Random(seed)
    return " ".join("".join(draw.choices("abdegiklmnoprstu", k=6)) for _ in range(count))


def only(articles):
    found = find_copies(articles)
    assert len(found) == 1
    return found[0]


def test_a_whole_copy_is_found_and_goes_forward_in_time():
    first = article(STORY, "Harbour Post", "2031-05-09T08:00Z")
    second = article(STORY, "Daily Lantern", "2031-05-09T11:00Z")
    copy = only([second, first])
    assert (copy.from_, copy.to, copy.share) == (first.id, second.id, 1.0)
    assert copy.reasons[:2] == (
        "100 % of its words stand in the other in runs of 8 or more",
        "published 3 h later: weak evidence, the hour may be a crawler's",
    )
    assert (copy.credit, copy.origin) == ("dropped", None)


def test_the_share_of_a_partial_copy_is_that_of_its_words_in_runs_of_eight():
    taken = "\n".join(STORY.split("\n")[2:5])
    first = article(STORY, "Harbour Post", "2031-05-09")
    second = article(f"{words(1, 60)}\n{taken}\n{words(2, 60)}", "Daily Lantern", "2031-05-10")
    copy = only([first, second])
    size = len(taken.split())
    assert copy.share == pytest.approx(size / (size + 120), abs=0.001)
    assert copy.reasons[1] == "published 1 day later"


def test_paragraphs_in_another_order_count_in_full():
    moved = "\n".join(reversed(STORY.split("\n")))
    copy = only([article(STORY, "Harbour Post", "2031-05-09"), article(moved, "Daily Lantern", "2031-05-10")])
    assert copy.share == 1.0


def test_runs_of_seven_words_are_no_copy():
    original = words(3, 400).split()
    broken = [w if i % 8 else "and" for i, w in enumerate(original)]
    assert find_copies([article(" ".join(original)), article(" ".join(broken))]) == []


def test_a_shared_quotation_alone_is_no_copy():
    first = article(f"{OTHER}\n{QUOTE} Ana Duarte told the Harbour Post.", "Harbour Post")
    second = article(f"{words(4, 150)}\n{QUOTE} she said.", "Daily Lantern")
    assert find_copies([first, second]) == []


def test_a_quotation_that_one_of_them_prints_without_marks_is_no_copy():
    first = article(f"{OTHER}\n{QUOTE} Ana Duarte told the Harbour Post.", "Harbour Post")
    second = article(f"{words(4, 150)}\n{QUOTE.strip('“”')}\n{words(5, 30)}", "Daily Lantern")
    assert find_copies([first, second]) == []


def test_a_shared_caption_alone_is_no_copy():
    caption = f"{STORY.splitlines()[0]} {STORY.splitlines()[1]} (Jo Lind/Reuters)"
    assert find_copies([article(f"{caption}\n{OTHER}"), article(f"{words(6, 90)}\n{caption}")]) == []


def test_a_shared_footer_alone_is_no_copy():
    footer = (
        "Sign up for the morning letter of the Harbour Post and never miss what the town talks about before breakfast."
        " The Harbour Post is printed on paper from the forests of Ellin and corrects its errors on the second page."
        " Readers who see one may write to the desk, which answers every letter that bears a name and a street."
    )
    articles = [article(f"{words(seed, 120)}\n{footer}", "Harbour Post") for seed in range(5)]
    assert find_copies(articles) == []
    copied = article(articles[0].text, "Daily Lantern")
    assert {only([*articles, copied]).from_, only([*articles, copied]).to} == {articles[0].id, copied.id}


def test_a_story_that_an_outlet_prints_three_times_is_not_its_footer():
    articles = [article(f"{STORY}\n{words(seed, 20)}", "Harbour Post", f"2031-05-0{seed}") for seed in range(1, 4)]
    assert len(find_copies(articles)) == 2


def test_an_excerpt_of_little_but_quotations_is_a_copy_where_nothing_else_is_added():
    second = QUOTE.replace("boats", "barges")
    whole = f"{OTHER}\n{QUOTE} Ana Duarte told the Harbour Post.\n{second} she told the council.\n{words(7, 80)}"
    excerpt = f"{QUOTE} Ana Duarte told the Harbour Post.\n{second} she told the council."
    first = article(whole, "Harbour Post", "2031-05-09")
    assert only([first, article(excerpt, "Daily Lantern", "2031-05-10")]).from_ == first.id


@pytest.mark.parametrize(
    "credited",
    [
        f"By The Associated Press\n{STORY}",
        f"Jo Lind, Associated Press\n{STORY}",
        f"JO LIND Associated Press\n{STORY}",
        f"The Associated Press | Friday, May 9, 2031, 7:24 a.m.\n{STORY}",
        f"ELLIN, Varnia (AP) — {STORY}",
        f"{STORY}\n© 2031 The Associated Press. All rights reserved.",
        f"{STORY}\nAssociated Press writer Jo Lind in Ellin contributed to this report.",
        f"AP\n{STORY}",
    ],
)
def test_a_credit_is_kept_where_the_text_names_the_agency(credited):
    first = article(f"ELLIN, Varnia (AP) — {STORY}", "Harbour Post", "2031-05-09")
    copy = only([first, article(credited, "Daily Lantern", "2031-05-11")])
    assert (copy.credit, copy.origin) == ("kept", "Associated Press")
    assert "both credit Associated Press: prints of one text" in copy.reasons


@pytest.mark.parametrize(
    "line", ["Photo: Jo Lind, AP", "Jo Lind, AP", "(Jo Lind/AP)", "A quay in Ellin. (AP Photo/Jo Lind)"]
)
def test_the_credit_of_a_picture_is_none_of_the_text(line):
    first = article(f"ELLIN, Varnia (AP) — {STORY}", "Harbour Post", "2031-05-09")
    copy = only([first, article(f"{line}\n{STORY}", "Daily Lantern", "2031-05-11")])
    assert (copy.credit, copy.origin) == ("dropped", "Associated Press")


def test_what_a_dropped_credit_hides_is_handed_down_the_chain():
    first = article(f"By Reuters\n{STORY}", "Harbour Post", "2031-05-09")
    second = article(f"{STORY}\n{OTHER}", "Daily Lantern", "2031-05-11")
    third = article(f"{words(8, 50)}\n{OTHER}", "Ellin Courier", "2031-05-13")
    found = {c.to: c for c in find_copies([third, second, first])}
    assert (found[second.id].credit, found[second.id].origin) == ("dropped", "Reuters")
    assert (found[third.id].from_, found[third.id].origin) == (second.id, "Reuters")


def test_a_credit_to_the_other_outlet_tells_the_direction_against_time():
    late = article(STORY, "Meridian Wire", "2031-05-12")
    early = article(f"By Jo Lind, Meridian Wire\n{STORY}", "Daily Lantern", "2031-05-09")
    copy = only([early, late])
    assert (copy.from_, copy.to, copy.credit, copy.origin) == (late.id, early.id, "kept", "Meridian Wire")
    assert copy.reasons[1] == "credits the other, Meridian Wire, in its byline"


def test_a_link_to_the_page_of_the_other_tells_the_direction_against_time():
    page = "https://harbourpost.example/2031/quay-closed"
    links = (Hyperlink(span=(0, 10), address=f"{page}/?utm_source=feed#top"),)
    late = msgspec.structs.replace(article(STORY, "Harbour Post", "2031-05-12"), url=page)
    early = msgspec.structs.replace(article(STORY, "Daily Lantern", "2031-05-09"), links=links)
    copy = only([early, late])
    assert (copy.from_, copy.to, copy.reasons[1]) == (late.id, early.id, "links to the other's page")
    back = (Hyperlink(span=(0, 10), address="https://lantern.example/quay"),)
    both = msgspec.structs.replace(late, links=back), msgspec.structs.replace(early, url=back[0].address)
    assert only(both).from_ == early.id


def test_an_outlet_known_by_its_address_is_credited_by_its_name():
    first = article(STORY, "meridianwire.example.com", "2031-05-09")
    second = article(f"{STORY}\nThis story was first reported by the Example.", "Daily Lantern", "2031-05-08")
    assert only([first, second]).from_ == first.id


def test_to_name_only_the_outlet_in_between_is_another_link_of_the_chain():
    first = article(f"By Reuters\n{STORY}", "Meridian Wire", "2031-05-09")
    second = article(f"From Meridian Wire\n{STORY}", "Daily Lantern", "2031-05-10")
    copy = only([first, second])
    assert (copy.credit, copy.origin) == ("other", "Reuters")


def test_of_two_prints_on_one_day_the_one_that_credits_is_nearer_to_the_origin():
    bare = article(STORY, "Daily Lantern", "2031-05-09T08:00Z")
    credited = article(f"ELLIN (Reuters) - {STORY}", "Harbour Post", "2031-05-09T10:00Z")
    copy = only([bare, credited])
    assert (copy.from_, copy.credit, copy.origin) == (credited.id, "dropped", "Reuters")


def test_an_outlet_that_prints_its_own_text_again_drops_nothing():
    first, second = (article(f"{STORY}\n{words(i, 20)}", "Harbour Post", f"2031-05-0{i}") for i in (1, 2))
    assert only([first, second]).credit == "other"


@pytest.mark.parametrize("dates", [(None, None), ("2031-02-30", "2031-05-09"), ("2031-05", "2031-05-09")])
def test_without_usable_dates_and_credits_the_direction_is_said_to_be_unknown(dates):
    one, other = (article(STORY, o, d) for o, d in zip(("Harbour Post", "Daily Lantern"), dates, strict=True))
    copy = only([one, other])
    assert copy.reasons[1].startswith("direction unknown")
    assert copy == only([other, one])
    assert copy.score < only([article(STORY, "A", "2031-05-08"), article(STORY, "B", "2031-05-09")]).score


@pytest.mark.parametrize("texts", [[], [""], ["", ""], ["one", "one"], ["a b c d e f g h"] * 3, ["…", "\n\n"]])
def test_empty_and_very_short_texts_are_no_copies(texts):
    assert find_copies([article(t, name=str(i)) for i, t in enumerate(texts)]) == []


def test_the_same_article_given_twice_is_not_its_own_copy():
    assert find_copies([article(STORY), article(STORY)]) == []


def test_texts_of_two_origins_have_a_line_from_each():
    one, two = article(STORY, "Harbour Post", "2031-05-08"), article(OTHER, "Meridian Wire", "2031-05-08")
    blend = article(f"{STORY}\n{OTHER}", "Daily Lantern", "2031-05-10")
    found = find_copies([blend, one, two])
    assert {(c.from_, c.to) for c in found} == {(one.id, blend.id), (two.id, blend.id)}


def test_five_hundred_prints_of_one_text_give_a_line_each_and_soon():
    articles = [
        article(f"{STORY}\n{words(i, 15)}", f"Outlet {i}", f"2031-05-09T{i // 60:02}:{i % 60:02}Z") for i in range(500)
    ]
    began = time.process_time()
    found = find_copies(articles)
    assert time.process_time() - began < 10
    assert len(found) == 499
    assert {c.to for c in found} == {a.id for a in articles[1:]}
    assert {c.from_ for c in found} == {articles[0].id}


CORPUS = [
    article(STORY, "Harbour Post", "2031-05-09T08:00Z"),
    article(f"By Reuters\n{STORY}", "Daily Lantern", "2031-05-09T09:00Z"),
    article(f"{STORY}\n{OTHER}", "Ellin Courier", None),
    article(OTHER, "Capital Standard", "2031-05-09T09:00Z"),
    article(OTHER, "Meridian Wire", "2031-05-09T09:00Z"),
    article(STORY[:400], None, "2031-02-30"),
    article("", "Harbour Post", "2031-05-09"),
]


@given(st.permutations(CORPUS))
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_articles_changes_nothing(articles):
    assert find_copies(articles) == find_copies(CORPUS)


@given(st.lists(st.sampled_from([*STORY.split("\n"), *OTHER.split("\n"), "By Reuters", "Daily Lantern"]), max_size=8))
@settings(max_examples=60, deadline=None)
def test_lines_name_articles_at_hand_and_never_go_round_in_circles(paragraphs):
    articles = [*CORPUS, article("\n".join(paragraphs), "Daily Lantern", "2031-05-10")]
    found = find_copies(articles)
    sources = {}
    for copy in found:
        assert {copy.from_, copy.to} <= {a.id for a in articles}
        assert 0 < copy.share <= 1
        assert 0 <= copy.score <= 1
        sources.setdefault(copy.to, set()).add(copy.from_)
    for start in sources:
        seen, left = set(), {start}
        while left:
            left = set().union(*(sources.get(i, set()) for i in left)) - seen
            assert start not in left
            seen |= left

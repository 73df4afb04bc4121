from __future__ import annotations

import gzip
import json

import pytest
from pages import page


def paragraphs(outcome):
    articles, problems = outcome
    assert [p.code for p in problems] == []
    assert len(articles) == 1
    return articles[0].text.split("\n\n")


def test_title_is_the_first_line_and_stands_only_once(reading):
    lines = paragraphs(reading("a.html", page()))
    assert lines[0] == "Bridge to close"
    assert lines[1].startswith("The council of Lakeford voted")
    assert len(lines) == 4


def test_q_gets_typographic_marks_without_breaking_the_line(reading):
    lines = paragraphs(reading("a.html", page("<p>The mayor said <q>we will not wait</q> on Monday evening.</p>")))
    assert "The mayor said “we will not wait” on Monday evening." in lines


def test_q_within_q_gets_single_marks(reading):
    lines = paragraphs(reading("a.html", page("<p>She said <q>he told me <q>never</q> twice</q> that night.</p>")))
    assert "She said “he told me ‘never’ twice” that night." in lines


def test_q_with_marks_of_its_own_gets_no_more(reading):
    lines = paragraphs(reading("a.html", page("<p>The mayor said <q>“we wait”</q> on Monday evening.</p>")))
    assert "The mayor said “we wait” on Monday evening." in lines


@pytest.mark.parametrize("tag", ["footer", "cite"])
def test_attribution_of_a_blockquote_is_the_paragraph_behind_it(reading, tag):
    quotation = f"<blockquote><p>Nobody asked us before the vote was taken.</p><{tag}>— Ann Lee</{tag}></blockquote>"
    lines = paragraphs(reading("a.html", page(quotation)))
    at = lines.index("Nobody asked us before the vote was taken.")
    assert lines[at + 1] == "— Ann Lee"


def test_figcaption_of_a_quotation_is_kept_and_of_a_picture_is_not(reading):
    quotation = (
        "<figure><blockquote><p>Nobody asked us at all.</p></blockquote>"
        "<figcaption>Ann Lee, baker</figcaption></figure>"
    )
    picture = "<figure><img src='b.jpg'><figcaption>The bridge in May. Photo: Max Roe</figcaption></figure>"
    text = "\n".join(paragraphs(reading("a.html", page(quotation, picture))))
    assert "Nobody asked us at all.\nAnn Lee, baker" in text
    assert "The bridge in May" not in text


def test_time_within_a_sentence_is_kept(reading):
    lines = paragraphs(
        reading("a.html", page("<p>The vote on <time datetime='2021-03-08'>8 March</time> was close, he said.</p>"))
    )
    assert "The vote on 8 March was close, he said." in lines


def test_inline_markup_neither_parts_nor_joins_words(reading):
    lines = paragraphs(
        reading("a.html", page("<p>The <b>mayor</b>, <a href='/l'>Ida Lund</a>, said<i> so</i> her<b>self</b>.</p>"))
    )
    assert "The mayor, Ida Lund, said so herself." in lines


@pytest.mark.parametrize(
    "line",
    [
        "Reporting by Ann Lee and Max Roe",
        "Additional reporting by Ann Lee",
        "(AP)",
        "With files from the Harbour Press Agency",
        "Correction: An earlier version of this article gave the wrong year.",
    ],
)
@pytest.mark.parametrize("holder", ["<p>{}</p>", "<footer><p>{}</p></footer>", "<aside class='note'><p>{}</p></aside>"])
def test_credit_lines_and_corrections_are_kept(reading, line, holder):
    assert line in paragraphs(reading("a.html", page(holder.format(line))))


def test_correction_outside_the_text_is_appended(reading):
    body = page().replace(
        "</div></article>",
        "</div><footer class='notes'><p><strong>Correction:</strong> The year was 2019.</p></footer></article>",
    )
    assert paragraphs(reading("a.html", body))[-1] == "Correction: The year was 2019."


@pytest.mark.parametrize(
    "line",
    [
        "Leave a Reply",
        "Advertisement",
        "Story continues below advertisement",
        "Read more",
        "Read more: Harbour to be dredged",
        "Share this article on Facebook",
        "Sign up for our morning newsletter",
        "Get the day's news delivered to your inbox every morning",
        "Photo: Max Roe / Harbour Pictures",
        "Follow us on Twitter",
        "Related stories",
        "MORE: Harbour to be dredged after all, says minister",
        "For more stories like this, check our news page.",
        "This is a breaking news story - more to follow",
        "Get in touch with our news team by emailing us at desk@harbourpost.example.",
        "Get real-time updates on the vote of the council of Lakeford.",
        "Follow live updates from the harbour",
        "We want to hear from you: do you live by the bridge? Tell us why you stay.",
        "Our role: the Post has counted the votes in Lakeford since 1848. Learn more.",
        "Stay informed with the Post. Invest in journalism, invest in the harbour –<br>Subscribe Now!",
        "Join thoughtful conversations, follow other readers of the Post and see their replies",
        "Enjoying our latest content? Log in or create an account to continue",
        "Externer Inhalt nicht verfügbar",
        "Deine Privatsphäre-Einstellungen verhindern das Laden und Anzeigen aller externen Inhalte.",
        "Lesen Sie auch: Der Hafen von Ellin wird ausgebaggert",
        "Mögen Sie den Tag in Kürze? Unseren Newsletter können Sie hier abonnieren",
    ],
)
def test_page_furniture_is_left_out(reading, line):
    first = line.split("<br>")[0]
    assert first not in "\n".join(paragraphs(reading("a.html", page(f"<p>{line}</p>"))))


@pytest.mark.parametrize(
    "line",
    [
        "Read the report before you judge, the engineer told the council.",
        "Subscribers were told to sign up for a newsletter of the ministry, the mayor said.",
        "Related companies had bid for the contract.",
        "Share prices of the builder fell.",
        "Comments by the minister were not welcome.",
        "More than forty ships had to turn round, the pilots said.",
        "“We want to hear from you,” the minister told the shopkeepers.",
        "This is a breaking point for the harbour, the mayor said.",
        "Der Newsletter der Stadt erscheint weiter, sagte die Bürgermeisterin.",
    ],
)
def test_sentences_that_begin_like_furniture_are_kept(reading, line):
    assert line in paragraphs(reading("a.html", page(f"<p>{line}</p>")))


def test_paragraph_that_is_one_link_is_a_teaser(reading):
    teaser = "<p><a href='/ferry'><strong>Ferry fares to rise in the harbour quarter</strong></a></p>"
    assert "Ferry fares" not in "\n".join(paragraphs(reading("a.html", page(teaser))))


def test_a_linked_line_in_capitals_is_a_teaser_whatever_it_ends_with(reading):
    teaser = "<p><a href='/ferry'><b>MINISTER CALLS FERRY FARES 'A BURDEN'</b></a></p>"
    assert "FERRY FARES" not in "\n".join(paragraphs(reading("a.html", page(teaser))))


def test_text_without_paragraphs_is_parted_at_its_line_breaks_and_nowhere_else(reading):
    text = (
        "LAKEFORD: <a href='/wend'>Wendland</a>'s ministry has changed its mind about the <b>old bridge</b>, it said."
        "<br>Engineers had warned for years that the piers would not hold another winter of ice and floods."
        "<span class='line br'></span><span class='line br'></span><span class='em'>What is known of the piers</span>"
        "<div class='box'><h2>What the province pays for it</h2></div><br>"
        "The province has put by nothing for a new one, Ann Lee told <a href='/post'>the Post</a> on Monday."
    )
    markup = f"<html><head><title>Bridge to close</title></head><body><div class='x'>{text}</div></body></html>"
    articles, _ = reading("a.html", markup)
    assert articles[0].text.split("\n\n")[1:] == [
        "LAKEFORD: Wendland's ministry has changed its mind about the old bridge, it said.",
        "Engineers had warned for years that the piers would not hold another winter of ice and floods.",
        "What is known of the piers",
        "What the province pays for it",
        "The province has put by nothing for a new one, Ann Lee told the Post on Monday.",
    ]


def test_boxes_of_a_quotation_do_not_run_into_one_another(reading):
    boxes = "<div><div>We were never asked.</div><div><div>Ann Lee</div><div>Baker by the bridge</div></div></div>"
    lines = paragraphs(reading("a.html", page(f"<blockquote>{boxes}</blockquote>")))
    assert lines[3:6] == ["We were never asked.", "Ann Lee", "Baker by the bridge"]


def test_parts_of_the_article_in_like_containers_are_joined(reading):
    more = "".join(
        f"<p>Paragraph {n} on what the engineers of the province found under the waterline of the bridge.</p>"
        for n in range(8)
    )
    body = page().replace(
        "</div></article>", f"</div><div class='box'>Chart</div><div class='story-text'>{more}</div></article>"
    )
    lines = paragraphs(reading("a.html", body))
    assert lines[-1].startswith("Paragraph 7")


def test_standfirst_that_stands_on_the_page_comes_after_the_title(reading):
    words = "Engineers had warned for years that the piers would not hold"
    body = page(head=f'<meta property="og:description" content="{words}">').replace(
        "</h1>", f"</h1><div class='dek'>{words}</div>"
    )
    assert paragraphs(reading("a.html", body))[1] == words


def test_lists_and_table_rows_are_paragraphs(reading):
    lines = paragraphs(
        reading("a.html", page("<ul><li>Close the bridge to lorries</li><li>Widen the quay road</li></ul>"))
    )
    assert lines[3:5] == ["Close the bridge to lorries", "Widen the quay road"]


def test_json_ld_gives_authors_outlet_url_and_time_with_its_zone(reading):
    node = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "Elsewhere"},
            {
                "@type": ["NewsArticle"],
                "headline": "Bridge to close",
                "datePublished": "2021-03-08T18:30:00+02:00",
                "author": [{"@type": "Person", "name": "By Ann Lee"}, "max-roe", "https://wend.example/team"],
                "publisher": {"@type": "Organization", "name": "The Wend Courier"},
                "url": "https://wend.example/bridge",
            },
        ],
    }
    [article], _ = reading("a.html", page(head=f'<script type="application/ld+json">{json.dumps(node)}</script>'))
    assert article.authors == ("Ann Lee", "Max Roe")
    assert article.outlet == "The Wend Courier"
    assert article.url == "https://wend.example/bridge"
    assert article.published == "2021-03-08T18:30:00+02:00"


def test_site_name_is_taken_off_the_title(reading):
    head = (
        '<meta property="og:site_name" content="The Wend Courier">'
        '<meta property="og:title" content="Quay to open - Wend Courier">'
    )
    body = page(head=head).replace("<h1>Bridge to close</h1>", "")
    [article], _ = reading("a.html", body)
    assert article.title == "Quay to open"


def test_outlet_is_the_host_where_the_page_names_no_site(reading):
    [article], _ = reading("a.html", page(head='<link rel="canonical" href="https://www.wend.example/bridge">'))
    assert (article.outlet, article.url) == ("wend.example", "https://www.wend.example/bridge")


def test_options_override_what_the_page_says(reading):
    [article], _ = reading(
        "a.html", page(), title="Mine", outlet="Ours", published="2020-01-02", url="https://x.example/y"
    )
    assert (article.title, article.outlet, article.published, article.url) == (
        "Mine",
        "Ours",
        "2020-01-02",
        "https://x.example/y",
    )
    assert article.text.startswith("Mine\n\n")


def test_page_without_a_date_is_an_article_and_a_problem(reading):
    body = page().replace('<meta property="article:published_time" content="2021-03-08T18:30:00+02:00">', "")
    [article], [problem] = reading("a.html", body)
    assert (problem.code, problem.article, article.published) == ("no-date", article.id, None)


def test_packed_page_reads_like_the_page(reading):
    [plain], _ = reading("a.html", page())
    [packed], _ = reading("a.html.gz", gzip.compress(page().encode()))
    assert packed.text == plain.text
    assert packed.external_id == "a.html.gz"


@pytest.mark.parametrize(
    ("declared", "actual"),
    [
        ("utf-8", "cp1252"),
        ("iso-8859-1", "utf-8"),
        ("windows-1252", "cp1252"),
        ("shift_jis", "utf-8"),
        ("no-such", "cp1252"),
    ],
)
def test_wrongly_declared_encoding_is_recovered(reading, declared, actual):
    body = page("<p>The café of Zoë Müller stays open, she said.</p>").replace(
        'charset="utf-8"', f'charset="{declared}"'
    )
    [article], _ = reading("a.html", body.encode(actual))
    assert "The café of Zoë Müller stays open, she said." in article.text


def test_utf16_page_with_a_byte_order_mark_is_read(reading):
    [article], _ = reading("a.html", page("<p>The café stays open, she said.</p>").encode("utf-16"))
    assert "The café stays open, she said." in article.text


def test_mojibake_is_mended_and_curly_quotes_stay(reading):
    broken = "The cafÃ© is ours, said ZoÃ«."
    lines = paragraphs(reading("a.html", page(f"<p>{broken}</p><p>“It’s ours,” he said on Friday.</p>")))
    assert "The café is ours, said Zoë." in lines
    assert "“It’s ours,” he said on Friday." in lines


def test_the_same_page_has_the_same_id(reading):
    assert reading("a.html", page())[0] == reading("a.html", page())[0]


def test_page_of_few_words_keeps_its_paragraphs(reading):
    body = (
        "<html><head><title>T</title></head><body><h1>Bridge to close</h1>"
        "<p>The mayor said <q>we will not go</q> on <b>Mon</b>day.</p>"
        "<blockquote><p>It is safe.</p><footer>— Ann Lee</footer></blockquote><h3>Leave a reply</h3></body></html>"
    )
    [article], _ = reading("a.html", body)
    assert article.text.split("\n\n") == [
        "Bridge to close",
        "The mayor said “we will not go” on Monday.",
        "It is safe.",
        "— Ann Lee",
    ]

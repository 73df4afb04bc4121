from __future__ import annotations

import io
import json
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquit.export.ninjs import NinjsItems
from inquit.read import Options, read
from inquit.records import Article, Problem

SAID = "“The gate stays shut,” said Ana Duarte."
MORE = "The council of Lakeford met on Monday."
NINJS_1 = {
    "uri": "urn:meridian:1",
    "type": "text",
    "versioncreated": "2026-03-02T07:10:00+00:00",
    "headline": "Gate stays shut",
    "byline": "By Lena Roth and Max Field",
    "located": "ELLIN",
    "language": "en",
    "provider": "Meridian Wire",
    "body_html": f"<p>{SAID}</p><p>{MORE}</p>",
    "body_text": f"{SAID} {MORE}",
}
NINJS_2 = {
    "uri": "urn:meridian:1",
    "standard": {"name": "ninjs", "version": "2.0"},
    "firstcreated": "2026-03-02T07:10:00+00:00",
    "by": "Lena Roth",
    "headlines": [{"role": "short", "value": "Gate"}, {"role": "main", "value": "Gate stays shut"}],
    "bodies": [
        {"role": "summary", "contenttype": "text/plain", "value": "A gate."},
        {"role": "main", "contenttype": "application/xhtml+xml", "value": f"<p>{SAID}</p><p>{MORE}</p>"},
    ],
    "infosources": [{"name": "Daily Lantern", "role": "originator"}, {"name": "Meridian Wire", "role": "publisher"}],
}
NINJS_3 = {
    "uri": "urn:meridian:1",
    "standard": {"name": "ninjs", "version": "3.1"},
    "versionCreated": "2026-03-02T07:10:00+00:00",
    "by": "Lena Roth",
    "headlines": [{"value": "Gate stays shut"}],
    "bodies": [{"role": "main", "contentType": "text/plain", "value": f"Gate stays shut\n\n{SAID}\n\n{MORE}"}],
    "altIds": [{"role": "web", "value": "https://meridian.example/1"}],
    "infoSources": [{"name": "Meridian Wire"}],
}
TEXT = f"Gate stays shut\n\n{SAID}\n\n{MORE}"


@pytest.mark.parametrize("item", [NINJS_1, NINJS_2, NINJS_3], ids=["1", "2", "3"])
@pytest.mark.parametrize("indent", [None, 2])
def test_a_ninjs_item_is_an_article(reading, item, indent):
    [article], problems = reading("a.json", json.dumps(item, indent=indent))
    assert (article.text, article.title, article.outlet) == (TEXT, "Gate stays shut", "Meridian Wire")
    assert (article.published, article.external_id) == ("2026-03-02T07:10:00+00:00", "urn:meridian:1")
    assert article.authors[0].startswith("Lena Roth")
    assert article.url == ("https://meridian.example/1" if item is NINJS_3 else None)
    assert problems == []


def test_ninjs_items_come_as_lines_and_as_an_array(reading):
    lines = "\n".join(json.dumps(item) for item in (NINJS_1, NINJS_3))
    for name, data in (("a.jsonl", lines), ("a.json", json.dumps([NINJS_1, NINJS_3]))):
        assert [a.text for a in reading(name, data)[0]] == [TEXT, TEXT]


def test_items_without_text_or_withdrawn_are_counted_in_one_problem(reading):
    picture = {"uri": "urn:meridian:2", "type": "picture", "headline": "A gate", "versioncreated": "2026-03-02"}
    articles, [problem] = reading("a.json", json.dumps([picture] * 5 + [NINJS_1, NINJS_1 | {"pubstatus": "canceled"}]))
    assert (len(articles), problem.code) == (1, "passed-over")
    assert "5 without text, of the type picture, 1 canceled by the agency" in problem.message


def test_what_ninjs_exports_is_read_back(tmp_path, reading):
    article = Article(
        id="a1:0", title="Gate stays shut", outlet="Meridian Wire", published="2026-03-02T07:10:00Z", text=TEXT
    )
    with (tmp_path / "out.jsonl").open("wb") as file:
        items = NinjsItems(file)
        items.write(article)
        items.close()
    [back], _ = reading("a.jsonl", (tmp_path / "out.jsonl").read_bytes())
    assert (back.text, back.title, back.outlet, back.published) == (
        TEXT,
        article.title,
        article.outlet,
        article.published,
    )


QUOTES = [{"cue": None, "sources": [], "contents": [{"start": 0, "end": 5, "text": "Gate "}], "confidence": 1.0}]


def test_the_text_of_citron_quotes_is_an_article(reading):
    [article], _ = reading("a.json", json.dumps({"text": TEXT, "quotes": QUOTES}, indent=1))
    assert article.text == TEXT


def test_what_citron_exports_is_read_back_with_all_that_is_known(reading):
    known = {"id": "a1:0", "external_id": "1", "outlet": "Daily Lantern", "title": "Gate", "published": "2026-03-02"}
    known |= {"url": "https://lantern.example/1", "authors": ["Lena Roth"]}
    [article], _ = reading("a.jsonl", json.dumps({"text": TEXT, "quotes": QUOTES, "article": known}))
    assert (article.external_id, article.outlet, article.title) == ("1", "Daily Lantern", "Gate")
    assert (article.published, article.authors) == ("2026-03-02", ("Lena Roth",))


def task(number: int, **data: object) -> dict[str, object]:
    mark = {"value": {"start": 0, "end": 4, "text": "Gate", "labels": ["Source"]}, "from_name": "l", "to_name": "t"}
    return {"id": number, "data": {"text": TEXT, "outlet": "Daily Lantern"} | data, "annotations": [{"result": [mark]}]}


def test_the_texts_of_label_studio_tasks_are_articles(reading):
    articles, problems = reading("a.json", json.dumps([task(1), task(2, id="own")]))
    assert [(a.external_id, a.outlet, a.text) for a in articles] == [
        ("1", "Daily Lantern", TEXT),
        ("own", "Daily Lantern", TEXT),
    ]
    assert problems == []


def test_a_task_whose_text_has_another_name_says_how_to_name_it(reading):
    data = json.dumps([{"id": 1, "data": {"body": TEXT}, "annotations": []}])
    _, [problem] = reading("a.json", data)
    assert (problem.code, "--column text=NAME" in problem.message, "'body'" in problem.message) == (
        "column-missing",
        True,
        True,
    )
    assert reading("a.json", data, columns={"text": "body"})[0][0].text == TEXT


def test_an_array_of_objects_with_a_text_is_a_table(reading):
    articles, _ = reading("a.json", '[{"text": "One, two."},\n {"text": "[Three], \\"four\\"."}]')
    assert [a.text for a in articles] == ["One, two.", '[Three], "four".']


def test_objects_over_several_lines_one_after_another_are_a_table(reading):
    articles, problems = reading("a.json", '{\n"text": "One {, two."\n}\n{\n"text": "Three."\n}\n')
    assert ([a.text for a in articles], problems) == (["One {, two.", "Three."], [])


def test_lines_of_a_length_beyond_the_first_bytes_are_a_table(reading):
    row = json.dumps({"text": "The gate stays shut. " * 5000})
    assert len(reading("a.json", f"{row}\n{row}\n")[0]) == 2


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ('[{"text": "One."}, {"text": "Two."', "broken"),
        ('[{"text": "One."}, {"text": "Tw', "broken"),
        ('[{"text": "One."}, 5, "x", [{"text": "a"}], nothing]', "row"),
    ],
)
def test_a_broken_array_gives_what_came_before(reading, data, code):
    articles, problems = reading("a.json", data)
    assert ([a.text for a in articles], problems[-1].code) == (["One."], code)


@pytest.mark.parametrize(
    "data", ["", " ", "[]", "[", "{", '{"a": 1', "[" * 100_000, '[{"a":' * 50_000, '["' + "\\" * 99]
)
def test_json_that_holds_no_article_is_no_exception(reading, data):
    articles, problems = reading("a.json", data)
    assert articles == []
    assert problems or data == "[]"


def test_an_array_is_read_element_by_element(tmp_path):
    row = json.dumps({"uri": "u", "headline": "Gate", "body_text": "The gate stays shut. " * 500})
    (tmp_path / "a.json").write_text("[" + ",".join([row] * 2000) + "]")
    tracemalloc.start()
    try:
        assert sum(1 for _ in read([str(tmp_path / "a.json")])) == 2000
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()


def test_an_element_beyond_the_limit_ends_the_array(reading):
    data = json.dumps([{"text": "One."}, {"text": "x" * 500_000}])
    articles, [problem] = reading("a.json", data, max_bytes=100_000)
    assert (len(articles), problem.code) == (1, "too-large")


META = (
    '<itemMeta><itemClass qcode="ninat:text"/><provider literal="MW"><name>Meridian Wire</name></provider>'
    '<versionCreated>2026-03-02T07:10:00+00:00</versionCreated><pubStatus qcode="stat:usable"/></itemMeta>'
    "<contentMeta><by>By Lena Roth and Max Field</by><headline>Gate stays shut</headline></contentMeta>"
)
NITF = (
    '<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.head>'
    "<hedline><hl1>Gate stays shut</hl1></hedline></body.head><body.content>"
    "<media><media-caption>A gate.</media-caption>"
    f"</media><p>{SAID}</p><p>{MORE}</p></body.content></body></nitf></inlineXML>"
)
XHTML = (
    '<inlineXML contenttype="application/xhtml+xml"><h:html xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>x'
    f"</h:title></h:head><h:body><h:p>{SAID}</h:p><h:p>{MORE}</h:p></h:body></h:html></inlineXML>"
)
DATA = f'<inlineData contenttype="text/plain">{SAID}\n\n{MORE}</inlineData>'


def item(content: str = NITF, meta: str = META, guid: str = "urn:meridian:1") -> str:
    space = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'
    return f'<newsItem {space} guid="{guid}" version="2">{meta}<contentSet>{content}</contentSet></newsItem>'


def message(*items: str) -> str:
    space = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'
    return f'<?xml version="1.0"?>\n<newsMessage {space}><header/><itemSet>{"".join(items)}</itemSet></newsMessage>'


@pytest.mark.parametrize("content", [NITF, XHTML, DATA], ids=["nitf", "xhtml", "text"])
def test_a_newsml_item_is_an_article(reading, content):
    [article], problems = reading("a.xml", item(content))
    assert (article.text, article.title, article.outlet) == (TEXT, "Gate stays shut", "Meridian Wire")
    assert (article.published, article.external_id) == ("2026-03-02T07:10:00+00:00", "urn:meridian:1")
    assert article.authors == ("Lena Roth", "Max Field")
    assert problems == []


def test_items_of_a_message_are_articles_and_pictures_are_counted(reading):
    picture = item(
        '<remoteContent href="https://meridian.example/1.jpg"/>', META.replace("ninat:text", "ninat:picture")
    )
    withdrawn = item(meta=META.replace("stat:usable", "stat:canceled"))
    articles, [problem] = reading("a.xml", message(item(), picture, picture, withdrawn, item(guid="urn:meridian:2")))
    assert [a.external_id for a in articles] == ["urn:meridian:1", "urn:meridian:2"]
    assert "2 without text, of the class picture, 1 canceled by the agency" in problem.message


def test_a_package_that_only_refers_to_items_says_so(reading):
    package = '<packageItem xmlns="http://iptc.org/std/nar/2006-10-01/"><groupSet><itemRef residref="1"/></groupSet>'
    _, problems = reading("a.xml", package + "</packageItem>")
    assert [p.code for p in problems] == ["links-only"]


def test_nitf_alone_is_an_article(reading):
    nitf = NITF[NITF.index("<nitf") : NITF.index("</inlineXML>")].replace(
        "<body>", '<head><docdata><date.issue norm="20260302T071000Z"/></docdata></head><body>', 1
    )
    [article], _ = reading("a.xml", nitf)
    assert (article.text, article.published) == (TEXT, "2026-03-02T07:10:00+00:00")


def test_entities_of_a_document_are_not_expanded(reading, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("Nobody may read this.")
    doctype = f'<!DOCTYPE newsItem [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY l "{"lol" * 9}">'
    doctype += "".join(f'<!ENTITY l{n} "{f"&l{n - 1 or str()};" * 9}">' for n in range(1, 12)) + "]>"
    data = doctype + item(DATA.replace(MORE, "&x; &l11; met on Monday."))
    [article], _ = reading("a.xml", data)
    assert "Nobody" not in article.text
    assert len(article.text) < 1000


@pytest.mark.parametrize(
    "data", ["<newsItem", "<newsItem>", "<newsMessage></newsMessage>", "<nitf><body>", "<newsItem>" * 100_000]
)
def test_a_document_without_an_item_is_a_problem(reading, data):
    articles, problems = reading("a.xml", data)
    assert articles == []
    assert problems


ANN = "T1\tSource 40 50\tAna Duarte\nT2\tCue 35 39\tsaid\nE1\tAttribution:T2 Source:T1\n"
TABLE = "filename\tpublisher\ttitle\turl\tpublished\n1\tDaily Lantern\tGate\t\t2026-03-02\n"


def test_the_text_that_annotations_belong_to_is_the_article(tmp_path):
    (tmp_path / "1.txt").write_text(TEXT)
    (tmp_path / "1.ann").write_text(ANN)
    (tmp_path / "metadata.tsv").write_text(TABLE)
    [article] = read([str(tmp_path / "1.ann")])
    assert (article.text, article.external_id, article.url) == (TEXT, "1.txt", None)
    assert (article.outlet, article.title, article.published) == ("Daily Lantern", "Gate", "2026-03-02")


def test_a_table_under_the_names_of_polnear_is_understood(tmp_path):
    (tmp_path / "1.txt").write_text(TEXT)
    (tmp_path / "1.ann").write_text(ANN)
    (tmp_path / "metadata.tsv").write_text(
        "filename\tpublication_date\tauthor\n1.txt\t2026-03-02\tLena Roth; Max Field\n"
    )
    [article] = read([str(tmp_path)])
    assert (article.published, article.authors) == ("2026-03-02", ("Lena Roth", "Max Field"))


def test_a_folder_of_annotated_texts_has_each_once(tmp_path):
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"{number} {TEXT}")
        (tmp_path / f"{number}.ann").write_text(ANN)
    records = list(read([str(tmp_path)]))
    assert [r.external_id for r in records] == ["0.txt", "1.txt", "2.txt"]


def test_texts_apart_from_their_annotations_are_read_once(tmp_path):
    files = {"text/1.txt": TEXT, "text/2.txt": MORE, "attributions/1_b.ann": ANN, "attributions/1_a.ann": ANN}
    for name, words in (files | {"metadata.tsv": TABLE}).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(words)
    (tmp_path / "annotation.conf").write_text("[entities]\nSource\n")
    records = list(read([str(tmp_path)]))
    assert [(r.external_id, r.outlet) for r in records] == [("1.txt", "Daily Lantern"), ("2.txt", None)]
    assert [r.id for r in read([str(tmp_path / "attributions" / "1_a.ann")])] == [records[0].id]


def test_annotations_without_their_text_are_a_problem(tmp_path):
    (tmp_path / "1.ann").write_text(ANN)
    [problem] = read([str(tmp_path / "1.ann")])
    assert (problem.code, "beside" in problem.message) == ("not-found", True)


SMALL = {
    "a.json": json.dumps([NINJS_1, NINJS_2, task(1), {"text": TEXT, "quotes": QUOTES}]).encode(),
    "a.xml": message(item(), item(XHTML), item(DATA)).encode(),
}
DAMAGE = st.tuples(st.integers(0, 10**6), st.binary(min_size=0, max_size=40), st.integers(0, 300))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(SMALL)), st.lists(DAMAGE, max_size=3), st.integers(0, 10**6))
def test_damage_is_never_raised(name, damages, cut):
    data = SMALL[name]
    for at, inserted, removed in damages:
        start = at % len(data)
        data = data[:start] + inserted + data[start + removed :]
    data = data[: cut % (2 * len(data) + 1)]
    records = list(read(["-"], Options(max_bytes=200_000), stdin=io.BytesIO(data)))
    assert all(isinstance(record, Article | Problem) for record in records)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*NINJS_1, *NINJS_2, *NINJS_3, "data", "annotations", "quotes", "text", "article"]), inner
        )
    ),
    max_leaves=20,
)


@settings(max_examples=200, deadline=None)
@given(st.lists(JSON, max_size=4))
def test_whatever_stands_under_the_keys_is_never_raised(items):
    data = json.dumps(items).encode()
    records = list(read(["-"], stdin=io.BytesIO(data)))
    assert all(isinstance(record, Article | Problem) for record in records)

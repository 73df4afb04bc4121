"""An invented article with statements of every kind, written in marked text, and a maker of small readings."""

from inquit import ids, marked
from inquit.records import Article, Attribution, Evidence, Problem, Reading, Statement

SAMPLE = """Ellinge council halts ferry trials after night-time grounding

{v1 ELLINGE – The harbour's second self-steering ferry ran onto a sandbank early on Tuesday} with nine people aboard. \
{t2 Nobody was hurt}, {s2 the Ellinge Coast Service} {c2 said} in a statement, {t2 and the hull is sound}.

"{t3 We stopped every trial within the hour}," {c3 said} {s3 Mara Voss, the harbour master}. \
"{t4 I will not let them sail again this year}." {s5 She} {c5 added} \
{t5 that {s6 the ship's builder, Tidewright}, had {c6 warned} her office in March {t6 that the steering could drift \
in strong currents}}.

{s7 Tidewright} {c7 denied} {t7 having sent any such warning}. {s8 Its chief engineer, Olu Brandt}, {c8 claims} \
{t8 the crew switched off a sensor}, without offering evidence.

{s9 Two people with knowledge of the inquiry, who asked not to be named}, {c9 told} The Ellinge Lantern {t9 that {s10 \
Brandt} himself had {c10 admitted} {t10 in a call that {s11 the council} had been {c11 promised} {t11 a repair} by \
April}}.

{v12 The trials cost the town 4.2 million crowns.} {s13 A report by Northmere University} {c13 found} {t13 that drift \
had been measured on three earlier crossings}, and printed the logs. {s14 Deputy mayor Iris Halloran} {c14 urged} {t14 \
the council to publish the contract}.

{s15 The ministry of transport} {c15 did not respond to} {t15 questions}. 🚢
"""

_FORCE = {
    2: ("Ellinge Coast Service", "Ellinge Coast Service", "institution", "affirms", "neutral"),
    3: ("Mara Voss", "Port of Ellinge", "person", "affirms", "neutral"),
    4: ("Mara Voss", "Port of Ellinge", "person", "intends", "neutral"),
    5: ("Mara Voss", "Port of Ellinge", "person", "affirms", "neutral"),
    6: ("Tidewright", "Tidewright", "institution", "affirms", "neutral"),
    7: ("Tidewright", "Tidewright", "institution", "denies", "neutral"),
    8: ("Olu Brandt", "Tidewright", "person", "affirms", "distancing"),
    9: ("Two people with knowledge of the inquiry, who asked not to be named", None, "anonymous", "affirms", "neutral"),
    10: ("Olu Brandt", "Tidewright", "person", "affirms", "endorsing"),
    11: ("Ellinge council", "Ellinge", "institution", "affirms", "neutral"),
    13: ("Northmere University", "Northmere University", "institution", "affirms", "endorsing"),
    14: ("Iris Halloran", "Ellinge", "person", "urges", "neutral"),
    15: ("Ministry of transport", "Ministry of transport", "institution", "withholds", "neutral"),
}
_INSIDE = {6: 5, 10: 9, 11: 10}
_THROUGH = {2: "a statement", 13: "a report"}
_EVIDENCE = {8: ("lacking", "without offering evidence"), 13: ("offered", "printed the logs")}
_DIRECT = {3, 4}


def sample() -> Reading:
    """The reading of ``SAMPLE``: 15 statements, two of them in own voice, nested to depth 2."""
    read = marked.parse(SAMPLE)
    article = Article(
        id="a1:sample",
        external_id="grounding.txt",
        url="https://lantern.example/2031/grounding",
        outlet="The Ellinge Lantern",
        title="Ellinge council halts ferry trials after night-time grounding",
        published="2031-04-08T07:10:00+01:00",
        authors=("Pia Tamm",),
        text=read.text,
    )
    made: dict[int, Statement] = {}
    for found in read.statements:
        outer = _INSIDE.get(found.number)
        inside = made[outer].id if outer else None
        made[found.number] = _statement(article, found, inside)
    problem = Problem(
        code="quote-unclosed", message="a quotation mark opens and never closes", article=article.id, span=(61, 68)
    )
    return Reading(article=article, statements=tuple(made.values()), problems=(problem,))


def _statement(article: Article, found: marked.MarkedStatement, inside: str | None) -> Statement:
    force = _FORCE.get(found.number)
    kind, ground = _EVIDENCE.get(found.number, (None, ""))
    begin = article.text.find(ground)
    source, cue, attributed = found.source, found.cue, force is not None
    return Statement(
        id=ids.statement_id(
            article=article.id, source=source, cue=cue, content=found.content, inside=inside, attributed=attributed
        ),
        article=article.id,
        content=found.content,
        form=None if force is None else "direct" if found.number in _DIRECT else "indirect",
        inside=inside,
        attribution=None
        if force is None
        else Attribution(
            source=source,
            cue=cue,
            entity=force[0],
            party=force[1],
            through=_THROUGH.get(found.number),
            standing=force[2],
            stance=force[3],
            framing=force[4],
        ),
        evidence=Evidence(kind=kind, span=(begin, begin + len(ground))) if kind else None,
        when="2031-04-08" if found.number == 2 else None,
        score=0.97 - found.number / 40,
        by="reader-en/1",
    )


def reading(text: str, *spans: dict[str, object], **article: object) -> Reading:
    """A reading of ``text``: each dict is one statement's content and, if attributed, its source, cue and the like."""
    statements = [_small(number, dict(given)) for number, given in enumerate(spans)]
    return Reading(article=Article(id="a1:small", text=text, **article), statements=tuple(statements))


def _small(number: int, given: dict[str, object]) -> Statement:
    whole = {key: given.pop(key) for key in ("content", "form", "inside", "evidence", "when") if key in given}
    base = {"source": (), "cue": (), "standing": "person", "stance": "affirms", "framing": "neutral"}
    attribution = Attribution(**{**base, **given}) if given else None
    return Statement(id=f"s1:{number}", article="a1:small", attribution=attribution, score=0.5, by="test", **whole)

"""Who a German source is: names behind titles, bodies behind vehicles, surnames and pronouns of those heard before."""

from __future__ import annotations

import pytest

pytest.importorskip("inquit_de", reason="German is a package of its own: pip install ./packages/inquit-de")

from inquit_de.who import Resolver

from inquit.extract.resolved import Resolved


def who(*sources: str) -> list[Resolved]:
    """Each of the sources of one article, in their order."""
    text, spans = "", []
    for source in sources:
        spans.append((len(text), len(text) + len(source)))
        text += source + ". "
    resolver = Resolver(text)
    return [resolver.resolve((span,)) for span in spans]


@pytest.mark.parametrize(
    ("source", "entity", "standing"),
    [
        ("Die Bürgermeisterin von Ellin, Ana Duarte", "Ana Duarte", "person"),
        ("Innenminister Jonas Velde (NPU)", "Jonas Velde", "person"),
        ("Bürgermeisterin Duarte", "Duarte", "person"),
        ("Jonas van der Velde", "Jonas van der Velde", "person"),
        ("die Staatsanwaltschaft Ellin", "Staatsanwaltschaft Ellin", "institution"),
        ("der NPU", "NPU", "institution"),
        ("Ein Sprecher der Polizei", "Sprecher der Polizei", "anonymous"),
        ("mehrere Anwohner", "Anwohner", "group"),
        ("Regierungskreise", "Regierungskreise", "anonymous"),
        ("Das Magazin „Leuchtfeuer“", "Leuchtfeuer", "outlet"),
        ("eine Studie der Universität Ellin", "Universität Ellin", "institution"),
        ("der Abschlussbericht", "Abschlussbericht", "document"),
        ("Ellinische Hafengerichte", "Ellinische Hafengerichte", "institution"),
        ("der ellinische Sender KVE", "KVE", "outlet"),
        ("der zuständige Oberstaatsanwalt Jonas Velde", "Jonas Velde", "person"),
        ("Der spanische Torwart-Held Sergio Ruz", "Sergio Ruz", "person"),
        ("das Büro von Ana Duarte", "Büro von Ana Duarte", "institution"),
        ("Kapitän Jonas van der Velde", "Jonas van der Velde", "person"),
        ("Müde Geografen", "Müde Geografen", "group"),
        ("ein Familienvater", "Familienvater", "anonymous"),
        ("mehrere Forscher", "Forscher", "group"),
        ("mehrere Fischer", "Fischer", "group"),
        ("Händlern", "Händlern", "group"),
        ("Klimaforscher Zorv Brakelund vom Hafen-Institut", "Zorv Brakelund", "person"),
        ("die Interviewerin Zorva Brakelund", "Zorva Brakelund", "person"),
        ("der Mann", "Mann", "person"),
        ("eigenen Angaben", "Angaben", "document"),
        ("Eigenen Angaben", "Angaben", "document"),
        ("ellinischen Angaben", "ellinischen Angaben", "document"),
        ("die Klägerin", "Klägerin", "person"),
        ("einer neuen Warnmeldung", "neuen Warnmeldung", "document"),
        ("die Stadt Schwerin", "Stadt Schwerin", "institution"),
        ("Valentin Rey", "Valentin Rey", "person"),
        ("Murat Kaya", "Murat Kaya", "person"),
        ("Paul Kirchhof", "Paul Kirchhof", "person"),
        ("das Paul Velde-Institut", "Paul Velde-Institut", "institution"),
    ],
)
def test_a_source_is_named_by_its_own_words(source: str, entity: str, standing: str) -> None:
    (found,) = who(source)
    assert (found.entity, found.standing) == (entity, standing)


@pytest.mark.parametrize(
    ("source", "entity", "through"),
    [
        ("Angaben der Hafenbehörde", "Hafenbehörde", "Angaben"),
        ("einem Bericht des Senders Kanal Vier", "Kanal Vier", "Bericht"),
        ("Polizeiangaben", "Polizei", "Polizeiangaben"),
        ("Angaben des Sprechers", "Sprecher", "Angaben"),
        ("ellinischen Medienberichten", "ellinischen Medien", "Medienberichten"),
        ("neuesten Polizeiangaben", "neuesten Polizei", "Polizeiangaben"),
        ("neuen Polizeiangaben", "Polizei", "Polizeiangaben"),
        ("Angaben ellinischer Krankenhäuser", "ellinischer Krankenhäuser", "Angaben"),
        ("ersten Angaben der Werft", "Werft", "Angaben"),
        ("Angaben des zuständigen Oberstaatsanwalts Jonas Velde", "Jonas Velde", "Angaben"),
        ("einem Artikel des Hafenverbandes", "Hafenverband", "Artikel"),
    ],
)
def test_what_carries_the_words_is_the_vehicle(source: str, entity: str, through: str) -> None:
    (found,) = who(source)
    assert (found.entity, found.through) == (entity, through)


def test_who_speaks_for_a_body_has_it_for_a_party() -> None:
    (found,) = who("Ein Sprecher der Hafenbehörde")
    assert found.party == "Hafenbehörde"
    (found,) = who("der Direktor des Hafenamtes")
    assert found.party == "Hafenamt"


def test_a_surname_is_whoever_has_it() -> None:
    assert [one.entity for one in who("Innenministerin Ana Duarte", "Duarte")] == ["Ana Duarte"] * 2


def test_a_pronoun_is_whoever_spoke_last() -> None:
    assert [one.entity for one in who("Ana Duarte", "die Werft", "sie")] == ["Ana Duarte", "Werft", "Werft"]


def test_a_pronoun_without_anybody_before_it_is_nobody() -> None:
    (found,) = who("er")
    assert (found.entity, found.standing) == (None, "person")


def test_no_source_is_nobody() -> None:
    found = Resolver("Der Damm hält.").resolve(())
    assert (found.entity, found.standing) == (None, "none")


def alone(text: str, source: str) -> Resolved:
    """Who a source is where it stands last in a text that tells of more than sources."""
    start = text.rindex(source)
    return Resolver(text).resolve(((start, start + len(source)),))


@pytest.mark.parametrize(
    ("text", "source", "entity", "standing"),
    [
        ("Der Kran gehört Martin Brakelund. Das sagte Brakelund.", "Brakelund", "Martin Brakelund", "person"),
        ("Die Trainerin Zorva Brakelund kam. Das sagte Brakelund.", "Brakelund", "Zorva Brakelund", "person"),
        ("Der Konzern Brakelund wuchs. Das sagte Brakelund.", "Brakelund", "Brakelund", "institution"),
        ("Das sagte Brakelund.", "Brakelund", "Brakelund", "institution"),
        ("Das sagte Martin.", "Martin", "Martin", "person"),
    ],
)
def test_a_surname_is_a_persons_whom_the_article_names(text: str, source: str, entity: str, standing: str) -> None:
    found = alone(text, source)
    assert (found.entity, found.standing) == (entity, standing)


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("Kessler {sagte}, das Boot sei alt.", "person"),
        ("Kessler {erklärte}, das Boot sei alt.", "institution"),
        ("Der Weg führt nach Kessler. Kessler {sagte}, er sei frei.", "institution"),
        ("Die Kessler ist ein Boot. Kessler {sagte}, es sei alt.", "institution"),
        ("Die Werft Kessler ist alt. Kessler {sagte}, sie zahle.", "institution"),
        ("Fischer {sagten}, das Boot sei alt.", "institution"),
    ],
)
def test_whoever_does_by_mouth_what_one_person_does_is_a_person(text: str, standing: str) -> None:
    before, verb, after = text.replace("{", "|").replace("}", "|").split("|")
    source = before.rsplit(". ", maxsplit=1)[-1].strip()
    start = before.rindex(source)
    resolver = Resolver(before + verb + after)
    found = resolver.resolve(((start, start + len(source)),), None, ((len(before), len(before) + len(verb)),))
    assert (found.entity, found.standing) == (source, standing)


@pytest.mark.parametrize(
    ("source", "party"),
    [
        ("UN-Botschafter Jonas Velde", "UN"),
        ("die EU-Kommissarin", "EU"),
        ("SPD-Chefin Ana Duarte", "SPD"),
        ("NPU-Bundestags-Abgeordneter Jonas Velde", "NPU"),
        ("Grünen-Sprecherin Ana Duarte", "Grüne"),
        ("Bahn-Chef Jonas Velde", "Bahn"),
        ("ein US-Vertreter", "USA"),
        ("eine Polizeisprecherin", "Polizei"),
        ("ein Regierungssprecher", "Regierung"),
        ("Jonas Velde, Geschäftsführer des Hafenamtes", "Hafenamt"),
        ("NPU-Sprecher Jonas Velde vom Hafenamt", "NPU"),
        # no bodies
        ("IT-Direktor Jonas Velde", "Jonas Velde"),
        ("Ex-Präsident Jonas Velde", "Jonas Velde"),
        ("Klima-Expertin Ana Duarte", "Ana Duarte"),
        ("Finanz-Chefin Ana Duarte", "Ana Duarte"),
        ("Pressesprecher Jonas Velde", "Jonas Velde"),
    ],
)
def test_the_first_part_of_an_office_may_be_a_body(source: str, party: str) -> None:
    (found,) = who(source)
    assert found.party == party


def test_a_party_is_that_of_the_office_before_the_name_anywhere_in_the_article() -> None:
    assert [one.party for one in who("Jonas Velde", "NPU-Chef Velde", "Velde")] == ["NPU"] * 3
    assert [one.party for one in who("Ana Velde", "NPU-Chef Jonas Velde")] == ["Ana Velde", "NPU"]


def spoken(*told: str) -> list[tuple[str | None, str]]:
    """Entity and standing of each source of one article, "source cue" each."""
    text, found = "", []
    for one in told:
        source, cue = one.rsplit(" ", maxsplit=1)
        start = len(text)
        text += f"{one}, er sei da. "
        found.append((((start, start + len(source)),), ((start + len(source) + 1, start + len(one)),)))
        assert text[slice(*found[-1][1][0])] == cue
    resolver = Resolver(text)
    return [(who.entity, who.standing) for who in (resolver.resolve(source, None, cue) for source, cue in found)]


@pytest.mark.parametrize(
    ("told", "entity"),
    [
        (("Ana Duarte sagte", "Jonas Velde sagte", "Sie sagte"), "Ana Duarte"),
        (("Jonas Velde sagte", "Ana Duarte sagte", "Er sagte"), "Jonas Velde"),
        (("Ministerin Zorva Brakelund sagte", "Minister Xorv Kessler sagte", "Sie sagte"), "Zorva Brakelund"),
        (("Die Vorsitzende sagte", "Der Vorsitzende sagte", "Sie sagte"), "Vorsitzende"),
        (("Die Anwohner sagten", "Ana Duarte sagte", "Sie sagten"), "Anwohner"),
        (("Ana Duarte sagte", "mehrere Fischer sagten", "Sie sagte"), "Ana Duarte"),
        (("Ana Duarte sagte", "Das Amt sagte", "Sie sagte"), "Ana Duarte"),
        (("Ana Duarte sagte", "Die Werft sagte", "Sie sagte"), "Werft"),
        (("Ana Duarte sagte", "Sie sagten"), None),
        (("Jonas Velde sagte", "Sie sagte"), None),
        (("Ana Duarte sagte", "Er sagte"), None),
    ],
)
def test_a_pronoun_is_whoever_was_last_of_its_gender_and_number(told: tuple[str, ...], entity: str | None) -> None:
    assert spoken(*told)[-1][0] == entity


@pytest.mark.parametrize(
    ("told", "entity", "standing"),
    [
        ("Analysten befürchten", "Analysten", "group"),
        ("Minister sagten", "Minister", "group"),
        ("Forscher warnt", "Forscher", "person"),
        ("Forscher warnen", "Forscher", "group"),
        ("der Kanton meldet", "Kanton", "institution"),
        ("Trainer sagt", "Trainer", "person"),
        ("der Deutsch-Elliner sagt", "Deutsch-Elliner", "person"),
        ("die 40-Jährige sagte", "40-Jährige", "person"),
        ("ein Elliner sagte", "Elliner", "anonymous"),
        ("der Hafen erklärte", "Hafen", "institution"),
        ("die Elliner sagten", "Elliner", "institution"),
    ],
)
def test_number_and_verb_tell_people_apart(told: str, entity: str, standing: str) -> None:
    assert spoken(told) == [(entity, standing)]


@pytest.mark.parametrize(
    ("text", "pronoun", "entity"),
    [
        ("Ana Duarte leitet den Hafen. Sie sagte, er sei zu.", "Sie", "Ana Duarte"),
        ("Ministerin Zorva Brakelund kam. Sie sagte, er sei zu.", "Sie", "Zorva Brakelund"),
        ("Jonas Velde leitet den Hafen. Er sagte, er sei zu.", "Er", "Jonas Velde"),
        ("Jonas Velde leitet den Hafen. Sie sagte, er sei zu.", "Sie", None),
        ("Der Hafen Ellin ist alt. Er sagte, er sei zu.", "Er", None),
        ("Die Krise des dort ansässigen Reeders Jonas Velde, der erklärte, er sei am Ende.", "der", "Jonas Velde"),
        ("Das Ende des dort ansässigen Verbandes, der erklärte, er sei am Ende.", "der", "dort ansässigen Verband"),
        ("Es half die Hafenbehörde, die sagte, sie sei da.", "die", "Hafenbehörde"),
    ],
)
def test_a_pronoun_may_be_somebody_who_has_not_spoken_yet(text: str, pronoun: str, entity: str | None) -> None:
    start = text.index(f"{pronoun} sagte") if f"{pronoun} sagte" in text else text.index(f"{pronoun} erklärte")
    assert Resolver(text).resolve(((start, start + len(pronoun)),)).entity == entity


@pytest.mark.parametrize(
    ("text", "entity", "through"),
    [
        ("Die Werft hat nach eigenen Angaben Geld.", "Werft", "Angaben"),
        ("Es regnet. Jonas Velde hat nach eigenen Angaben Geld.", "Jonas Velde", "Angaben"),
        ("Nach eigenen Angaben hat die Werft Geld.", "Werft", "Angaben"),
        ("Boote baut nach eigenen Angaben keiner.", "Angaben", None),
        ("Dort gibt es nach eigenen Angaben Geld.", "Angaben", None),
    ],
)
def test_own_words_are_the_subjects(text: str, entity: str, through: str | None) -> None:
    start = text.index("eigenen")
    found = Resolver(text).resolve(((start, start + len("eigenen Angaben")),))
    assert (found.entity, found.through) == (entity, through)


def test_several_who_are_not_known_are_a_group() -> None:
    assert spoken("Sie sagten") == [(None, "group")]


def test_er_is_a_person_before_a_body() -> None:
    assert [one.entity for one in who("Jonas Velde", "die Werft", "er")] == ["Jonas Velde", "Werft", "Jonas Velde"]

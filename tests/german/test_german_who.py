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
        ("die Klägerin", "Klägerin", "person"),
        ("einer neuen Warnmeldung", "neuen Warnmeldung", "document"),
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
        ("Die Trainerin Zorva Brakelund kam. Das sagte Brakelund.", "Brakelund", "Brakelund", "person"),
        ("Der Konzern Brakelund wuchs. Das sagte Brakelund.", "Brakelund", "Brakelund", "institution"),
        ("Das sagte Brakelund.", "Brakelund", "Brakelund", "institution"),
        ("Das sagte Martin.", "Martin", "Martin", "person"),
    ],
)
def test_a_surname_is_a_persons_whom_the_article_names(text: str, source: str, entity: str, standing: str) -> None:
    found = alone(text, source)
    assert (found.entity, found.standing) == (entity, standing)


def test_er_is_a_person_before_a_body() -> None:
    assert [one.entity for one in who("Jonas Velde", "die Werft", "er")] == ["Jonas Velde", "Werft", "Jonas Velde"]

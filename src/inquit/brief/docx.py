"""A brief as a Word document: headings, lists and endnotes with links both of a word processor's own kinds."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from inquit.brief.model import Brief, Carrier, Note, Point, Remark, Said, Told
from inquit.brief.wording import (
    CLAIMS,
    KEY,
    LABELS,
    METHOD,
    NOTES,
    SOURCES,
    SOURCING,
    STATEMENTS,
    SUMMARY,
    dated,
    left_out,
    line,
    more,
    source,
    web,
)
from inquit.show.safe import one_line

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph
    from lxml.etree import _Element

_QUIET = RGBColor(0x5A, 0x60, 0x68)
_INDENT = Mm(6)
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # that a ZIP file can tell


def render(brief: Brief) -> bytes:
    """The whole file; the same brief gives the same bytes."""
    writer = _Writer(brief)
    writer.top()
    for point in brief.points:
        writer.point(point)
    writer.heading(CLAIMS, 1)
    for told in brief.claims:
        writer.claim(told)
    if rest := left_out(brief):
        writer.paragraph(rest)
    writer.heading(NOTES, 1)
    for note in brief.notes:
        writer.note(note)
    writer.heading(METHOD, 1)
    for words in (*brief.method, KEY):
        writer.paragraph(words)
    return writer.bytes()


class _Writer:
    def __init__(self, brief: Brief) -> None:
        self._brief = brief
        self._document = Document()
        self._bookmarks = 0
        made = datetime.fromisoformat(brief.made).astimezone(UTC).replace(tzinfo=None)
        about = self._document.core_properties
        about.title, about.author, about.comments = one_line(brief.title)[:255], "inquit", ""
        about.created = about.modified = made
        section = self._document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(24)
        style = self._document.styles["Normal"]
        style.font.size, style.paragraph_format.space_after = Pt(10.5), Pt(4)

    def bytes(self) -> bytes:
        stream, dated = io.BytesIO(), io.BytesIO()
        self._document.save(stream)
        # The parts bear the time of writing, which is not the brief's.
        made = self._document.core_properties.created.timetuple()[:6]
        with zipfile.ZipFile(stream) as packed, zipfile.ZipFile(dated, "w", zipfile.ZIP_DEFLATED) as copy:
            for part in packed.infolist():
                copy.writestr(
                    zipfile.ZipInfo(part.filename, max(made, _EARLIEST)), packed.read(part), zipfile.ZIP_DEFLATED
                )
        return dated.getvalue()

    # -- parts

    def top(self) -> None:
        brief = self._brief
        self.heading(brief.title, 0)
        _quiet(self.paragraph(dated(brief)))
        for words in brief.asked:
            self.paragraph(words)
        figures = self.paragraph("")
        for number, figure in enumerate(brief.figures):
            figures.add_run(f"{' · ' if number else ''}{figure.number:,}").bold = True
            figures.add_run(f" {figure.words}")
        self.heading(SUMMARY, 1)

    def point(self, point: Point) -> None:
        self.heading(point.heading, 2)
        for entry in point.entries:
            item = self.paragraph("", "List Bullet")
            self._inner(item, f"{entry.claim}. “{entry.text}”", f"c{entry.claim}")
            if entry.detail:
                item.add_run(_clean(f" – {entry.detail}"))
        if point.more:
            self.paragraph(more(point.more, "claim"), "List Bullet")

    def claim(self, told: Told) -> None:
        self._bookmark(self.heading(f"{told.number}. “{told.text}”", 2), f"c{told.number}")
        _quiet(self.paragraph(f"{told.glance} · {told.id}"))
        self.heading(SOURCING, 3)
        self.remarks(told.summary)
        self.heading(STATEMENTS, 3)
        for carrier in told.carriers:
            self.carrier(carrier)
        if told.more:
            self.paragraph(more(told.more, "statement"))
        if told.sources:
            self.heading(SOURCES, 3)
        for descriptor in told.sources:
            self.paragraph("").add_run(_clean(descriptor.name)).bold = True
            self.remarks(descriptor.remarks)
        if told.more_sources:
            self.paragraph(more(told.more_sources, "source"))

    def carrier(self, carrier: Carrier) -> None:
        head = self.paragraph("")
        head.paragraph_format.keep_with_next = True
        head.add_run(_clean(carrier.outlet)).bold = True
        head.add_run(_clean(", " + " · ".join((carrier.when, *carrier.copies))))
        for said in carrier.statements:
            self.said(said)

    def said(self, said: Said) -> None:
        told = self.paragraph("")
        told.paragraph_format.left_indent = _INDENT
        told.add_run(_clean(source(said))).italic = said.own_voice
        if said.cue:
            told.add_run(_clean(f" {said.cue}")).italic = True
        told.add_run(_clean(f": “{said.words}” " if said.words else " "))
        self._reference(told, said.note)
        how = told.add_run(_clean(f" {line(said)}"))
        how.font.color.rgb = _QUIET
        self.remarks(said.rulings)

    def remarks(self, remarks: Sequence[Remark]) -> None:
        for remark in remarks:
            item = self.paragraph(f"{remark.text} ", "List Bullet")
            for number in remark.notes:
                self._reference(item, number)
            if label := LABELS[remark.by]:
                mark = item.add_run(f" [{label}]")
                mark.bold = remark.by == "person"
                mark.font.color.rgb = _QUIET

    def note(self, note: Note) -> None:
        item = self.paragraph("")
        item.paragraph_format.left_indent, item.paragraph_format.first_line_indent = _INDENT, -_INDENT
        self._bookmark(item, f"n{note.number}")
        item.add_run(_clean(f"{note.number}. {note.outlet}, "))
        if address := web(note.url):
            self._outer(item, note.title, address)
        else:
            item.add_run(_clean(note.title)).italic = True
        authors = f", by {', '.join(note.authors)}" if note.authors else ""
        passage = f": “{note.passage}”" if note.passage else "."
        item.add_run(_clean(f"{authors}, {note.published}. Paragraph {note.paragraph}{passage}"))
        ends = item.add_run(_clean(f" {note.url or ''} {note.statement}"))
        ends.font.size, ends.font.color.rgb = Pt(8), _QUIET

    # -- pieces

    def heading(self, words: str, level: int) -> Paragraph:
        made: Paragraph = self._document.add_heading(_clean(words), level)
        return made

    def paragraph(self, words: str, style: str | None = None) -> Paragraph:
        return self._document.add_paragraph(_clean(words), style)

    def _reference(self, paragraph: Paragraph, number: int) -> None:
        self._inner(paragraph, f"[{number}]", f"n{number}")

    def _inner(self, paragraph: Paragraph, words: str, anchor: str) -> None:
        """A link within the document; python-docx has none of its own."""
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), anchor)
        self._linked(paragraph, link, words)

    def _outer(self, paragraph: Paragraph, words: str, address: str) -> None:
        ident = paragraph.part.relate_to(one_line(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), ident)
        self._linked(paragraph, link, words)

    def _linked(self, paragraph: Paragraph, link: _Element, words: str) -> None:
        run = paragraph.add_run(_clean(words))
        run.font.color.rgb = RGBColor(0x1A, 0x4F, 0x8B)
        link.append(run._r)  # noqa: SLF001 - the element of a run has no other name
        paragraph._p.append(link)  # noqa: SLF001

    def _bookmark(self, paragraph: Paragraph, name: str) -> None:
        self._bookmarks += 1
        for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
            mark = OxmlElement(tag)
            mark.set(qn("w:id"), str(self._bookmarks))
            if tag == "w:bookmarkStart":
                mark.set(qn("w:name"), name)
            paragraph._p.append(mark)  # noqa: SLF001


def _quiet(paragraph: Paragraph) -> None:
    for run in paragraph.runs:
        run.font.color.rgb = _QUIET


def _clean(text: str) -> str:
    """What XML can hold, on one line; blanks at the ends stay."""
    left, right = (" " if text[:1] == " " else ""), (" " if len(text) > 1 and text[-1:] == " " else "")
    return left + one_line(text) + right

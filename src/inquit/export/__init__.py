"""One file per format: a ledger's records written for other programs.

Every exporter takes records one by one (``write``) and finishes (``close``). docs/exports.md says for each format what
it keeps, what it loses, and what its output is checked with.
"""

from __future__ import annotations

import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol, cast

import msgspec

from inquit.errors import WorkError
from inquit.export.wording import encodable
from inquit.keep import Ledger
from inquit.records import Record, Ruling

__all__ = ["FORMATS", "Exporter", "Format", "export", "export_folder", "records", "write"]


class Exporter(Protocol):
    """Takes the records of a ledger in the order of ``records``."""

    def write(self, record: Record) -> None:
        """Take one record."""

    def close(self) -> None:
        """Finish; the stream stays open."""


class Format(NamedTuple):
    """Where a format's exporter is, and the extra that it needs; a ``folder`` is made over a Path, else a stream.

    ``ruled`` formats have to know of rulings before what these are about.
    """

    module: str
    exporter: str
    extra: str | None = None
    folder: bool = False
    ruled: bool = False


FORMATS = {
    "jsonl": Format("inquit.export.jsonl", "JsonLines"),
    "csv": Format("inquit.export.csv_tables", "CsvTables"),
    "parquet": Format("inquit.export.parquet", "ParquetFile", extra="parquet"),
    "webannotation": Format("inquit.export.webannotation", "WebAnnotations"),
    "claimreview": Format("inquit.export.claimreview", "ClaimReviews"),
    "prov": Format("inquit.export.prov", "Provenance"),
    "ftm": Format("inquit.export.ftm", "FollowTheMoney"),
    "stix": Format("inquit.export.stix", "StixBundle", ruled=True),
    "ninjs": Format("inquit.export.ninjs", "NinjsItems"),
    "brat": Format("inquit.export.brat", "BratFolder", folder=True),
    "training": Format("inquit.export.training", "TrainingFolder", folder=True, ruled=True),
    "conll": Format("inquit.export.conll", "ConllPlus"),
    "citron": Format("inquit.export.citron", "CitronQuotes"),
    "docbin": Format("inquit.export.docbin", "SpacyDocs", extra="spacy"),
    "graphml": Format("inquit.export.graphml", "GraphMl"),
    "gexf": Format("inquit.export.gexf", "Gexf"),
}
"""Name of a format -> its exporter, which is imported when it is used."""


def records(ledger: Ledger, name: str = "jsonl") -> Iterator[Record]:
    """All that a ledger holds: articles with their statements, copies, claims, rulings by their age, problems.

    For a format ``name`` that has to know of rulings before what these are about, those come first.
    """
    first = FORMATS[name].ruled
    if first:
        yield from (_named_now(ledger, one) for one in _rulings(ledger))
    for reading in ledger.readings():
        yield reading.article
        yield from reading.statements
    yield from ledger.copies()
    yield from ledger.claims()
    if not first:
        yield from _rulings(ledger)
    yield from ledger.problems()


def _rulings(ledger: Ledger) -> Iterator[Ruling]:
    return reversed(ledger.rulings())


def _named_now(ledger: Ledger, ruling: Ruling) -> Ruling:
    """The ruling about the id that its claim has now."""
    claim = ledger.claim(ruling.about) if ruling.about.startswith("c1:") else None
    return ruling if claim is None else msgspec.structs.replace(ruling, about=claim.id)


def write(ledger: Ledger, name: str, stream: BinaryIO) -> None:
    """Write a ledger in the format ``name``, a key of FORMATS, to a binary stream; raises as ``export`` does."""
    export(records(ledger, name), name, stream)


def export(found: Iterable[Record], name: str, stream: BinaryIO) -> None:
    """Write records in the format ``name`` to a binary stream; a format that is a folder as a tar archive.

    Raises WorkError when the format's extra is not installed.
    """
    if FORMATS[name].folder:
        with (
            tempfile.TemporaryDirectory() as made,
            tarfile.open(mode="w|", fileobj=stream, format=tarfile.PAX_FORMAT) as archive,
        ):
            export_folder(found, name, Path(made))
            archive.add(made, arcname=name)
    else:
        _run(found, cast("Exporter", _made(name)(stream)), exact=name == "jsonl")
    stream.flush()


def export_folder(found: Iterable[Record], name: str, folder: Path) -> None:
    """Write records in a format that is a folder into ``folder``, which exists and is empty."""
    _run(found, cast("Exporter", _made(name)(folder)))


def _run(found: Iterable[Record], exporter: Exporter, *, exact: bool = False) -> None:
    for record in found:
        exporter.write(record if exact else encodable(record))
    exporter.close()


def _made(name: str) -> Callable[[object], object]:
    wanted = FORMATS[name]
    try:
        module = import_module(wanted.module)
    except ImportError as error:
        if wanted.extra is None:
            raise
        raise WorkError(f"the format {name} needs: pip install 'inquit[{wanted.extra}]'") from error
    return cast("Callable[[object], object]", getattr(module, wanted.exporter))

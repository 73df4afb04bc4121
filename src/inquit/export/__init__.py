"""One file per format: a ledger's records written for other programs.

Every exporter takes records one by one (``write``) and finishes (``close``). docs/exports.md says for each format what
it keeps, what it loses, and what its output is checked with.
"""

from __future__ import annotations

import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol, cast

import msgspec

from inquit import plugins
from inquit.errors import InquitError, WorkError
from inquit.export.wording import encodable
from inquit.keep import Ledger
from inquit.records import Record, Ruling

__all__ = ["FORMATS", "Exporter", "Format", "export", "export_folder", "format_of", "formats", "records", "write"]

_PLUGGED: plugins.Group = "inquit.exporters"


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


def formats() -> tuple[str, ...]:
    """The names of all formats, those of plug-ins last."""
    return (*FORMATS, *(name for name in plugins.found(_PLUGGED) if name not in FORMATS))


def format_of(name: str) -> Format:
    """The format of that name, one of ``formats``; what a plug-in's is told by attributes of its exporter.

    Raises PluginError when a plug-in cannot be loaded.
    """
    if name in FORMATS:
        return FORMATS[name]
    made = plugins.loaded(_PLUGGED, name)
    return Format("", "", folder=getattr(made, "folder", False), ruled=getattr(made, "ruled", False))


def records(ledger: Ledger, name: str = "jsonl") -> Iterator[Record]:
    """All that a ledger holds: articles with their statements, copies, claims, rulings by their age, problems.

    For a format ``name`` that has to know of rulings before what these are about, those come first.
    """
    first = format_of(name).ruled
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
    """Write a ledger in the format ``name``, one of ``formats``, to a binary stream; raises as ``export`` does."""
    export(records(ledger, name), name, stream)


def export(found: Iterable[Record], name: str, stream: BinaryIO) -> None:
    """Write records in the format ``name`` to a binary stream; a format that is a folder as a tar archive.

    Raises WorkError when the format's extra is not installed, and PluginError when a plug-in fails.
    """
    if format_of(name).folder:
        with (
            tempfile.TemporaryDirectory() as made,
            tarfile.open(mode="w|", fileobj=stream, format=tarfile.PAX_FORMAT) as archive,
        ):
            export_folder(found, name, Path(made))
            archive.add(made, arcname=name)
    else:
        _run(found, name, stream)
    stream.flush()


def export_folder(found: Iterable[Record], name: str, folder: Path) -> None:
    """Write records in a format that is a folder into ``folder``, which exists and is empty."""
    _run(found, name, folder)


def _run(found: Iterable[Record], name: str, place: object) -> None:
    with _named(name):
        exporter = cast("Exporter", _made(name)(place))
    for record in found:
        with _named(name):
            exporter.write(record if name == "jsonl" else encodable(record))
    with _named(name):
        exporter.close()


@contextmanager
def _named(name: str) -> Iterator[None]:
    """What goes wrong within a plug-in is told as its trouble; a full disk and a closed pipe are not."""
    try:
        yield
    except (InquitError, OSError):
        raise
    except Exception as error:
        if name in FORMATS:
            raise
        raise plugins.failed(_PLUGGED, name, error) from error


def _made(name: str) -> Callable[[object], object]:
    if name not in FORMATS:
        return plugins.loaded(_PLUGGED, name)
    wanted = FORMATS[name]
    try:
        module = import_module(wanted.module)
    except ImportError as error:
        if wanted.extra is None:
            raise
        raise WorkError(f"the format {name} needs: pip install 'inquit[{wanted.extra}]'") from error
    return cast("Callable[[object], object]", getattr(module, wanted.exporter))

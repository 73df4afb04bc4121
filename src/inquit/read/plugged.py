"""Kinds of files that are read by plug-ins: those with an ending that we do not know and a plug-in does."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from inquit import plugins
from inquit.errors import PROBLEMS
from inquit.read.kinds import by_name
from inquit.read.making import made
from inquit.read.opening import Opened, Source, whole
from inquit.read.options import Options
from inquit.records import Article, Problem

_GROUP: plugins.Group = "inquit.readers"


def plugged(name: str | None) -> str | None:
    """The plug-in for a file of that name, a final ``.gz`` aside; None where there is none."""
    stem, dot, ending = (name or "").lower().removesuffix(".gz").rpartition(".")
    if not (stem and dot) or by_name(name) is not None:
        return None
    return ending if ending in plugins.found(_GROUP) else None


def read_by_plugin(plugin: str, opening: Opened, source: Source, options: Options) -> Iterator[Article | Problem]:
    """What a plug-in reads in a file: Articles as ``options`` have them, and Problems.

    Its failure is a Problem ``plugin`` after what it has given. Raises Trouble of code too-large.
    """
    data = whole(opening.stream, options.max_bytes)
    ids: dict[str | None, str | None] = {None: None}
    try:
        for found in plugins.loaded(_GROUP, plugin)(data, source.name):
            if isinstance(found, Article):
                article = _made(found, options, source)
                ids[found.id] = article.id
                yield article
            elif isinstance(found, Problem) and found.code in PROBLEMS:
                yield msgspec.structs.replace(found, article=ids.get(found.article), input=found.input or source.shown)
            else:
                raise TypeError(f"it gives {type(found).__name__}, not articles and problems of known codes")  # noqa: TRY301
    except plugins.PluginError as error:
        yield Problem(code="plugin", message=str(error), input=source.shown)
    except Exception as error:  # noqa: BLE001 - somebody else's code must not end a corpus
        yield Problem(code="plugin", message=str(plugins.failed(_GROUP, plugin, error)), input=source.shown)


def _made(found: Article, options: Options, source: Source) -> Article:
    return made(
        found.text,
        options,
        external_id=found.external_id or source.name,
        title=found.title,
        outlet=found.outlet,
        published=found.published,
        url=found.url,
        authors=found.authors,
        links=found.links,
    )

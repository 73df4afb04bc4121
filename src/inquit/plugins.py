"""Entry points by which other packages bring readers, extractors and exporters. docs/plugins.md is their contract.

Packages are looked through when something is asked for that this one does not have, once; a plug-in is imported when
it is used. What is built in is never replaced. A plug-in that fails is told with the name of its package.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Literal, TypeAlias

from inquit.errors import WorkError

Group: TypeAlias = Literal["inquit.readers", "inquit.extractors", "inquit.exporters"]


class PluginError(WorkError):
    """A plug-in could not be loaded, or failed at its work: the message names its package and what went wrong."""


@cache
def found(group: Group) -> Mapping[str, EntryPoint]:
    """The plug-ins of a group by name, in the order of names; of two of one name that of the first package.

    A reader's name is an ending of file names without its dot, an extractor's a language (ISO 639-1), an exporter's
    that of its format.
    """
    points = sorted(entry_points(group=group), key=lambda point: (point.name, package(point)))
    return {point.name: point for point in reversed(points)}


def package(point: EntryPoint) -> str:
    """The package that brings a plug-in, with its version."""
    return f"{point.dist.name} {point.dist.version}" if point.dist is not None else "an unknown package"


def loaded(group: Group, name: str) -> Callable[..., Any]:
    """The plug-in of that name, imported. Raises PluginError when it cannot be, KeyError when there is none."""
    point = found(group)[name]
    try:
        plugin = point.load()
    except Exception as error:
        raise _broken(point, group, f"could not be loaded: {type(error).__name__}: {error}") from error
    if not callable(plugin):
        raise _broken(point, group, f"is a {type(plugin).__name__} and cannot be called")
    made: Callable[..., Any] = plugin
    return made


def failed(group: Group, name: str, error: BaseException) -> PluginError:
    """What to tell of a plug-in that raised ``error`` at its work."""
    return _broken(found(group)[name], group, f"failed with {type(error).__name__}: {error}")


def _broken(point: EntryPoint, group: Group, what: str) -> PluginError:
    kind = group.removeprefix("inquit.").removesuffix("s")
    repair = "update or remove that package, or tell its authors"
    return PluginError(f"the {kind} {point.name!r} of the package {package(point)} {what}; {repair}")

"""The pages of the docs that the code says: commands, Python, tables, problem codes. Markdown, whole files."""

from __future__ import annotations

import dataclasses
import inspect
import re
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

import apsw
import click
import msgspec

import inquit
from inquit.cli.main import VERBS
from inquit.cli.main import inquit as command_line
from inquit.errors import PROBLEMS
from inquit.export.parquet import schema as parquet_schema
from inquit.export.statement_rows import COLUMNS, NUMBERS
from inquit.keep import Ledger

MADE = "<!-- made by docs/build.py -->\n"
MODULES = {
    "inquit.marked": ("parse", "render"),
    "inquit.export": ("formats", "write", "export", "export_folder"),
    "inquit.brief": ("brief", "render"),
    "inquit.check": ("settings", "primaries", "drafted", "check"),
}
"""Beside ``inquit`` itself: what people call from Python, by module."""


def commands() -> str:
    """``reference/commands.md``: every verb with its arguments and options, as click has them."""
    page = [MADE, "# Commands\n", "What `inquit VERB --help` says. What the lines hold, and exit codes: "]
    page[-1] += "[the contract](../contract.md).\n"
    page.append("".join(f"- [`inquit {verb}`](#inquit-{verb}): {_short(verb)}\n" for verb in VERBS))
    return _joined(page + [part for verb in VERBS for part in _command(f"inquit {verb}", _verb(verb), "##")])


def _verb(name: str) -> click.Command:
    found = command_line.get_command(click.Context(command_line), name)
    assert found is not None  # noqa: S101 - VERBS promises it
    return found


def _short(verb: str) -> str:
    return inspect.cleandoc(_verb(verb).help or "").split("\n\n")[0].replace("\n", " ")


def _command(name: str, command: click.Command, level: str) -> Iterator[str]:
    context = click.Context(command, info_name=name)
    yield f"{level} {name}\n"
    yield f"```text\n{' '.join([name, *command.collect_usage_pieces(context)])}\n```\n"
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        # click's mark of a paragraph that is not wrapped: our examples.
        yield f"```sh\n{paragraph[2:]}\n```\n" if paragraph.startswith("\b\n") else f"{paragraph}\n"
    rows = [_option(one, context) for one in command.params if isinstance(one, click.Option)]
    if rows:
        yield "| option | |\n|---|---|\n" + "".join(rows)
    if isinstance(command, click.Group):
        for part, inner in sorted(command.commands.items()):
            yield from _command(f"{name} … {part}", inner, level + "#")


def _option(option: click.Option, context: click.Context) -> str:
    value = "" if option.is_flag else f" {option.make_metavar(context)}"
    extra = (option.get_help_extra(context) or {}) if hasattr(option, "get_help_extra") else {}
    told = [option.help or ""] + [f"Default: {extra[key]}." for key in ("default",) if key in extra]
    told += ["May be given several times."] if option.multiple and "repeated" not in told[0] else []
    return f"| `{_cell(', '.join(option.opts) + value)}` | {_cell(' '.join(filter(None, told)))} |\n"


def python() -> str:
    """``reference/python.md``: signatures and docstrings of what is called from Python."""
    page = [MADE, "# Python\n", "Signatures, and what the code says of them. At work: [the library](../library.md).\n"]
    page.append("## inquit\n")
    page += [
        part for name in inquit.__all__ for part in _thing(f"inquit.{name}", getattr(import_module("inquit.api"), name))
    ]
    page += _fields("inquit.api.About", import_module("inquit.api").About)
    for module, names in MODULES.items():
        found = import_module(module)
        page += [f"## {module}\n", _prose(found.__doc__)]
        page += [part for name in names for part in _thing(f"{module}.{name}", getattr(found, name))]
    records = import_module("inquit.records")
    page += [
        "## inquit.records\n",
        "What is read and kept: [the contract](../contract.md#json-lines) says what each key holds.\n",
    ]
    page += [
        part
        for name, one in vars(records).items()
        if isinstance(one, type) and issubclass(one, msgspec.Struct)
        for part in _fields(f"inquit.records.{name}", one)
    ]
    errors = import_module("inquit.errors")
    page += ["## inquit.errors\n", f"```text\n{(errors.__doc__ or '').partition(chr(10) * 2)[2].strip()}\n```\n"]
    return _joined(page)


def _thing(name: str, thing: Any) -> Iterator[str]:  # noqa: ANN401 - a function or a class
    yield f"### {name}\n"
    if not isinstance(thing, type):
        yield _signature(name.rpartition(".")[2], thing)
        yield _prose(thing.__doc__)
        return
    if dataclasses.is_dataclass(thing) or hasattr(thing, "_fields"):
        yield f"```python\nclass {thing.__name__}:\n{_annotated(thing)}```\n"
    yield _prose(thing.__doc__)
    for part, member in inspect.getmembers(thing):
        if part.startswith("_") or part in ("count", "index"):
            continue
        if isinstance(member, property):
            yield f"#### {thing.__name__}.{part}\n"
            yield f"```python\n{part}: {_given(member)}\n```\n"
            yield _prose(member.__doc__)
        elif callable(member):
            yield f"#### {thing.__name__}.{part}()\n"
            yield _signature(part, member)
            yield _prose(member.__doc__)


def _given(member: property) -> str:
    """What a property gives, as its source says it."""
    return str((member.fget.__annotations__ if member.fget else {}).get("return", "Any"))


def _signature(name: str, function: Callable[..., Any]) -> str:
    found = inspect.signature(function)
    parts = [_parameter(one) for one in found.parameters.values() if one.name not in ("self", "cls")]
    named = [one.kind is one.KEYWORD_ONLY for one in found.parameters.values() if one.name not in ("self", "cls")]
    if True in named:
        parts.insert(named.index(True), "*")
    line = f"{name}({', '.join(parts)}) -> {found.return_annotation}"
    if len(line) > 100:
        line = f"{name}(\n{''.join(f'    {part},{chr(10)}' for part in parts)}) -> {found.return_annotation}"
    return f"```python\n{line}\n```\n"


def _parameter(one: inspect.Parameter) -> str:
    """As its source has it; annotations are strings everywhere in this package."""
    stars = {one.VAR_POSITIONAL: "*", one.VAR_KEYWORD: "**"}.get(one.kind, "")
    default = "" if one.default is one.empty else f" = {one.default!r}"
    return f"{stars}{one.name}: {one.annotation}{default}"


def _fields(name: str, kind: type) -> list[str]:
    return [f"### {name}\n", _prose(kind.__doc__), f"```python\nclass {kind.__name__}:\n{_annotated(kind)}```\n"]


def _annotated(kind: type) -> str:
    defaults = {}
    if issubclass(kind, msgspec.Struct):
        defaults = {
            one.name: f" = {one.default!r}"
            for one in msgspec.structs.fields(kind)
            if one.default is not msgspec.NODEFAULT
        }
    return "".join(
        f"    {name}: {_plain(hint)}{defaults.get(name, '')}\n" for name, hint in kind.__annotations__.items()
    )


def _plain(hint: Any) -> str:  # noqa: ANN401 - a string, or what typing makes of one
    return hint if isinstance(hint, str) else str(getattr(hint, "__forward_arg__", hint))


def _prose(docstring: str | None) -> str:
    """A docstring as Markdown."""
    return re.sub(r"``(.+?)``", r"`\1`", inspect.cleandoc(docstring or "")) + "\n"


def tables() -> str:
    """``reference/tables.md``: tables and columns of a ledger, of Parquet and of CSV, and the ready queries."""
    told = msgspec.toml.decode((files("inquit.keep") / "datasette.toml").read_text(encoding="utf-8"))
    page = [MADE, "# Tables\n"]
    page.append(
        "A ledger is one SQLite file, for SQLite 3.38 or newer. Ask it what you like; never write to it: ids, claims\n"
        "and rulings hang on each other. [`inquit datasette`](../mcp.md#datasette) says the same words. JSON in\n"
        "`body` has the keys of [the contract](../contract.md#json-lines).\n"
    )
    types = _columns()
    page.append("## Tables of a ledger\n")
    for name, table in told["tables"].items():
        page += [f"### {name}\n", table["description"] + "\n"]
        rows = (
            f"| `{column}` | {types[name].get(column, '')} | {_cell(what)} |\n"
            for column, what in table["columns"].items()
        )
        page.append("| column | type | |\n|---|---|---|\n" + "".join(rows))
    page += [
        "### Tables that only serve linking and search\n",
        ", ".join(f"`{name}`" for name in sorted(told["hidden"])) + ".\n",
    ]
    page.append("## Queries to begin with\n")
    for query in told["queries"].values():
        page += [f"### {query['title']}\n", query["description"] + "\n", f"```sql\n{query['sql'].strip()}\n```\n"]
    page += ["## Columns of CSV and of data frames of statements\n", _statement_columns()]
    page += [
        "## Columns of Parquet\n",
        "One row a record of any kind, told by `type`; what a kind does not have is null.\n",
    ]
    page.append(
        "| column | type |\n|---|---|\n"
        + "".join(f"| `{one.name}` | `{_arrow(one.type)}` |\n" for one in parquet_schema())
    )
    return _joined(page)


def _columns() -> dict[str, dict[str, str]]:
    """The declared type of every column, by table, of a ledger that was just made."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "l.db"
        Ledger.create(path).close()
        found = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
        names = [str(row[0]) for row in found.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")]
        made = {
            name: {str(r[0]): str(r[1]) for r in found.execute("SELECT name, type FROM pragma_table_info(?)", (name,))}
            for name in names
        }
        found.close()
        return made


def _statement_columns() -> str:
    kinds = {str: "text", int: "whole number", float: "number"}
    rows = (f"| `{name}` | {kinds[NUMBERS.get(name, str)]} |\n" for name in COLUMNS)
    return "| column | type |\n|---|---|\n" + "".join(rows)


def _arrow(kind: Any) -> str:  # noqa: ANN401 - pyarrow has no types
    """An Arrow type, in words short enough for a table."""
    return re.sub(r"list<(?:item|element): ", "list<", str(kind))


def problems() -> str:
    """``reference/problems.md``: every code that a problem may carry."""
    page = [MADE, "# Problem codes\n"]
    page.append(
        "Trouble in the data never ends a run: it is a [problem](../contract.md#problem) beside the results, with one\n"
        "of these codes and a message that says what was met. [Troubleshooting](../troubleshooting.md#problems) says\n"
        "what to do about each.\n"
    )
    page.append(
        "| code | meaning |\n|---|---|\n"
        + "".join(f"| `{code}` | {_cell(what)} |\n" for code, what in sorted(PROBLEMS.items()))
    )
    return _joined(page)


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace("|", "\\|")


def _joined(parts: list[str]) -> str:
    return "\n".join(parts)


PAGES: dict[str, Callable[[], str]] = {
    "reference/commands.md": commands,
    "reference/python.md": python,
    "reference/tables.md": tables,
    "reference/problems.md": problems,
}
"""What is generated, by its place in the docs."""

"""``inquit``: the group of verbs, and how every verb ends.

Exit codes: 0 done; 1 ``check`` has findings, or ``--strict`` met Problems; 2 wrong usage; 3 the work could not be done.
Results go to standard output, everything else to standard error.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from inquit.errors import InquitError

VERBS = (
    "demo",
    "read",
    "check",
    "add",
    "corpus",
    "watch",
    "claims",
    "trace",
    "copies",
    "sources",
    "search",
    "show",
    "rule",
    "brief",
    "picture",
    "serve",
    "mcp",
    "people",
    "export",
    "datasette",
    "forget",
    "backup",
    "merge",
    "verify",
    "eval",
)


class _ClosedPipe(Exception):  # noqa: N818 - no error: the reader of our output has seen enough (head, less)
    """Standard output was closed by whoever reads it."""


class _Verbs(click.Group):
    """The verbs, each imported when it is called; a closed pipe passes by click, which would make it exit code 1."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Names of the verbs in the order in which people need them."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The verb's command, from the file of its name."""
        if cmd_name not in VERBS:
            return None
        command = getattr(import_module(f"inquit.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)  # noqa: S101 - tells mypy what VERBS promises
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the verb and flush what it wrote."""
        try:
            code: object = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError as error:
            raise _ClosedPipe from error
        return code


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="inquit")
def inquit() -> None:
    """Read news and keep a ledger of who says what, on whose word."""


def main() -> None:
    """Run the command line; never returns."""
    try:
        code = inquit.main(prog_name="inquit", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except InquitError as error:
        click.echo(f"inquit: {error}", err=True)
        sys.exit(error.exit_code)
    except _ClosedPipe:
        # No second complaint at interpreter exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        click.echo(f"inquit: {error.strerror or error} {error.filename or ''}".rstrip(), err=True)
        sys.exit(3)
    except (click.Abort, KeyboardInterrupt):
        click.echo("inquit: interrupted", err=True)
        sys.exit(130)
    sys.exit(code if isinstance(code, int) else 0)

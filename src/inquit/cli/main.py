"""``inquit``: the group of verbs, and how every verb ends.

Exit codes: 0 done; 1 ``--strict`` met Problems; 2 wrong usage; 3 the work could not be done. Results go to standard
output, everything else to standard error.
"""

from __future__ import annotations

import os
import sys

import click

from inquit.cli.read import read
from inquit.errors import InquitError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="inquit")
def inquit() -> None:
    """Read news and keep a ledger of who says what, on whose word."""


inquit.add_command(read)


def main() -> None:
    """Run the command line; never returns."""
    try:
        code = inquit.main(prog_name="inquit", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except InquitError as error:
        click.echo(f"inquit: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output has seen enough (head, less): no error, and no second one at interpreter exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        click.echo(f"inquit: {error.strerror or error} {error.filename or ''}".rstrip(), err=True)
        sys.exit(3)
    except (click.Abort, KeyboardInterrupt):
        click.echo("inquit: interrupted", err=True)
        sys.exit(130)
    sys.exit(code if isinstance(code, int) else 0)

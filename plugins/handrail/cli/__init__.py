"""The command `handrail`: parses, calls the library, prints, and ends with an exit code.

0 says that nothing stands against it, 1 that there are findings that weigh enough, 2 that it could not do what it was
asked: wrong usage, settings or schemas. Whatever happens, a person reads one plain sentence and never a traceback.
"""

from __future__ import annotations

import atexit
import gc
import io
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

CANNOT = 2
_INTERRUPTED = 130  # what a shell reports of a program that was stopped with Ctrl-C


def main() -> None:
    """Run the command with the arguments of the process, and end the process."""
    # A handbook in memory is hundreds of thousands of objects that live until the end. Looking through them for rubbish
    # again and again takes a good part of a check, and the process is over before any of it would matter.
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        # A console that can't show a character of a page gets its number instead of the command's end.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # before click watches for it, or behind its back
        code = _said("Stopped.", _INTERRUPTED)
    _end(code)


def _end(code: int) -> NoReturn:
    """End the process at once: else Python takes all that it holds apart, object by object."""
    atexit._run_exitfuncs()  # noqa: SLF001 - git's processes and others are ended there, and nothing else runs them
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        sys.exit(code)  # Python says what became of the output
    os._exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run the command and return its exit code."""
    import click  # noqa: PLC0415 - after gc.disable, which makes imports quicker too

    from handrail import faults  # noqa: PLC0415 - the same
    from handrail.cli import wording  # noqa: PLC0415 - the same
    from handrail.cli.app import app  # noqa: PLC0415 - the same
    from handrail.errors import HandrailError  # noqa: PLC0415 - the same

    try:
        code = app.main(list(arguments), prog_name="handrail", standalone_mode=False)
    except HandrailError as error:
        return _said(str(error), error.exit_code)
    except click.ClickException as error:
        return _said(wording.of_click(error), CANNOT)
    except click.Abort:
        return _said("Stopped.", _INTERRUPTED)
    except OSError as error:
        return _said(faults.system(error), CANNOT)
    except Exception as error:  # noqa: BLE001 - a fault of our own is told as one, and not as pages of code
        return _said(faults.fault(error), CANNOT)
    return code if isinstance(code, int) else 0


def _said(sentence: str, code: int) -> int:
    import click  # noqa: PLC0415 - it has been imported by now

    from handrail.report.plain import disarmed  # noqa: PLC0415 - only where something is wrong
    from handrail.text.visible import one_line  # noqa: PLC0415 - only where something is wrong

    click.echo(disarmed(one_line(sentence)), err=True)
    return code

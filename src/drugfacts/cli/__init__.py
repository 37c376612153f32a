"""The command line: commands and how they end; no logic of answering."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line; the entry point of the ``drugfacts`` command."""
    from drugfacts.cli.exits import Exit

    # One text is too little work to share, and several processes that each take every processor hinder one another.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # A pipe or a terminal may be in another encoding, or in none; what cannot be shown is replaced, never fatal.
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace", **({} if stream.isatty() else {"encoding": "utf-8"}))
    try:
        code = _run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has seen enough. Python would complain again when it closes the pipe at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = Exit.OK
    except KeyboardInterrupt:
        code = Exit.INTERRUPTED
    sys.exit(int(code))


def _run(arguments: list[str]) -> int:
    from drugfacts.errors import DrugfactsError

    try:
        if arguments[:1] == ["ask"]:
            from drugfacts.cli.quick import ask_options

            options = ask_options(arguments[1:])
            if options:
                from drugfacts.cli.ask import run

                return run(options)
        from drugfacts.cli.app import run_app

        return run_app(arguments)
    except DrugfactsError as error:
        from drugfacts.cli.exits import Exit

        sys.stderr.write(f"drugfacts: {error}\n")
        return Exit.USAGE

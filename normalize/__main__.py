"""The program: ``normalize``, or ``python -m normalize``."""

from __future__ import annotations

import sys

from .collecting import collect_rarely
from .stopping import Stopped, deaf, listen


def run() -> None:
    """Run the command line and leave with its exit status."""
    try:
        listen()
        from .cli import main

        collect_rarely()
        main(prog_name="normalize")
    except Stopped as stopped:
        sys.exit(stopped.status)
    finally:
        deaf()


if __name__ == "__main__":
    run()

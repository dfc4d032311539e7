"""The program: ``normalize``, or ``python -m normalize``."""

from __future__ import annotations

import sys

from .collecting import collect_rarely
from .stopping import Stopped, deaf, listen, stop_behind


def run() -> None:
    """Run the command line and leave with its exit status."""
    try:
        listen()
        from .cli import main

        collect_rarely()
        main(prog_name="normalize")
    except (Stopped, RuntimeError) as error:
        stopped = stop_behind(error)
        if stopped is None:
            raise
        sys.exit(stopped.status)
    finally:
        deaf()


if __name__ == "__main__":
    run()

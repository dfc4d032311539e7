"""How a run is ended from outside: Ctrl-C, a request to stop, the terminal that is closed.

The first such signal stops the work, which clears up behind itself undisturbed by further ones.
"""

from __future__ import annotations

import signal
from types import FrameType

SIGNALS = [
    number
    for name in ("SIGINT", "SIGTERM", "SIGHUP")
    if (number := getattr(signal, name, None)) is not None
]


class Stopped(BaseException):
    """The work was stopped; ``status`` is the exit status that a shell expects."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.status = 128 + number


def stop_behind(error: BaseException | None) -> Stopped | None:
    """The stop that is the cause of an error: Python 3.11 makes another one of what is raised
    while a class names its attributes, which happens when a module is loaded."""
    while error is not None and not isinstance(error, Stopped):
        error = error.__cause__ or error.__context__
    return error


def listen() -> None:
    """From now on a signal raises ``Stopped``; one that is ignored (``nohup``) stays so."""
    for number in SIGNALS:
        if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _stop)


def deaf() -> None:
    """From now on no signal disturbs."""
    for number in SIGNALS:
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_IGN)


def _stop(number: int, _: FrameType | None) -> None:
    deaf()
    raise Stopped(number)

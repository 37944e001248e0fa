"""Failures a user can mend, told in one line instead of a traceback."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


class CommandError(Exception):
    """A command cannot do what it was asked; the message names the thing and the cure."""


@contextmanager
def explained() -> Iterator[None]:
    """Turn the errors of the rooms, whose messages are for people, into CommandError."""
    try:
        yield
    except CommandError:
        raise
    except BrokenPipeError:
        # The reader of our output (head, less) has gone; writing more would be an error again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except KeyboardInterrupt:
        raise CommandError("stopped; what was written so far is whole, run it again") from None
    except Exception as error:
        if not _is_for_people(error):
            raise
        raise CommandError(" ".join(str(error).split())) from None


def _is_for_people(error: Exception) -> bool:
    """Tell errors of our own rooms and of the file system from mistakes in our code."""
    is_ours = type(error).__module__.partition(".")[0] in (
        "orchestration",
        "transforms",
        "warehouse",
    )
    return is_ours or isinstance(error, OSError)

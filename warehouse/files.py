"""The few operations on files that everything at rest is written with.

Whoever wants the data directory in an object store changes this module and no other.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_TEMPORARY_SUFFIX = ".tmp"
"""What the name of an unfinished file ends in, so that no `*.parquet` of a reader matches it."""


def replace_file(path: Path, content: bytes) -> None:
    """Put content at path in one step: a reader sees the old file whole or the new one whole."""
    with replacing(path) as temporary:
        temporary.write_bytes(content)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside `path` that takes its place when the block ends well.

    The temporary file stands in the same folder, for only a rename within a file system is
    atomic, and is synced before the rename: after a power cut the name never leads to a file
    whose bytes did not arrive. It is removed when the block fails.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}{_TEMPORARY_SUFFIX}")
    try:
        yield temporary
        sync_file(temporary)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def append_line(path: Path, line: bytes) -> None:
    """Append one line (without its end) and sync it; a line torn by a crash is mended first.

    One `write` of the whole line, so that a crash can tear only the last one.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    is_new = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        _drop_torn_line(descriptor)
        _write_whole(descriptor, line + b"\n")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if is_new:
        _sync_folder(path.parent)


def remove_file(path: Path) -> None:
    """Remove a file, and its folder when nothing is left in it."""
    path.unlink(missing_ok=True)
    with suppress(OSError):
        path.parent.rmdir()


def clear_temporaries(folder: Path) -> None:
    """Remove what a killed writer left behind in a folder; only the holder of the lock may."""
    for path in folder.glob(f".*{_TEMPORARY_SUFFIX}*"):
        path.unlink(missing_ok=True)


def sync_file(path: Path) -> None:
    """Force a written file to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_whole(descriptor: int, content: bytes) -> None:
    """Write all of content; on a full disk what was written of it is taken back."""
    begin = os.fstat(descriptor).st_size
    try:
        written = 0
        while written < len(content):
            written += os.write(descriptor, content[written:])
    except OSError:
        os.ftruncate(descriptor, begin)
        raise


def _drop_torn_line(descriptor: int) -> None:
    """Cut a file back to its last line end: what follows is a line whose end never arrived."""
    size = os.fstat(descriptor).st_size
    if size == 0 or os.pread(descriptor, 1, size - 1) == b"\n":
        return
    content = os.pread(descriptor, size, 0)
    os.ftruncate(descriptor, content.rfind(b"\n") + 1)


def _sync_folder(folder: Path) -> None:
    """Make a rename or a new name durable; some file systems know no sync of folders."""
    with suppress(OSError):
        sync_file(folder)

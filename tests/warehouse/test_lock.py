import subprocess
import sys

import pytest

from warehouse.lock import WriterBusyError, writer_lock

HOLD = """
import sys
from pathlib import Path
from warehouse.lock import writer_lock
with writer_lock(Path(sys.argv[1]), "feedhouse run"):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def holder(tmp_path):
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


def test_a_second_writer_is_told_who_holds_the_lock(tmp_path, holder):
    expected = rf"process {holder.pid} \(feedhouse run, since 20.*\)\. Wait for it to end"
    with pytest.raises(WriterBusyError, match=expected), writer_lock(tmp_path, "feedhouse import"):
        pass


def test_the_lock_is_free_again_when_its_holder_is_killed(tmp_path, holder):
    holder.kill()
    holder.wait()

    with writer_lock(tmp_path, "feedhouse run"):
        assert (tmp_path / "feedhouse.lock").exists()


def test_the_lock_is_free_again_after_the_block_even_when_it_fails(tmp_path):
    with pytest.raises(RuntimeError), writer_lock(tmp_path, "feedhouse run"):
        raise RuntimeError

    with writer_lock(tmp_path, "feedhouse run"):
        pass


def test_a_lock_inside_the_same_process_is_refused_too(tmp_path):
    with (
        writer_lock(tmp_path, "feedhouse run"),
        pytest.raises(WriterBusyError, match="feedhouse run"),
        writer_lock(tmp_path, "feedhouse run"),
    ):
        pass


def test_the_data_directory_is_made(tmp_path):
    with writer_lock(tmp_path / "new" / "data", "feedhouse run"):
        assert (tmp_path / "new" / "data").is_dir()

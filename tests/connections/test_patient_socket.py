"""An answer leaves the thread at once, whole, however slowly its reader reads."""

import io
import os
import socket
import time
from contextlib import suppress

import pytest

from dispatch.connections import patient_socket
from dispatch.connections.bounds import ConnectionBounds
from dispatch.connections.patient_socket import PatientSocket

SAID = os.urandom(1_000_000)


@pytest.fixture
def ends(tmp_path):
    """Our end and the client's, over loopback."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = socket.create_connection(listener.getsockname())
        accepted, _ = listener.accept()
    ours = PatientSocket(accepted, ConnectionBounds(folder=str(tmp_path)))
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 32_768)
    with ours, client:
        yield ours, client


def read_on(ours, client, size):
    heard, patience = bytearray(), time.monotonic() + 10
    client.settimeout(0.01)
    while len(heard) < size and time.monotonic() < patience:
        ours.flush()
        with suppress(TimeoutError):
            heard += client.recv(65536)
    return bytes(heard)


def test_a_thread_is_free_before_a_deaf_client_has_read(ends):
    ours, client = ends
    started = time.monotonic()
    for start in range(0, len(SAID), 100_000):
        ours.sendall(SAID[start : start + 100_000])
    assert time.monotonic() - started < 5
    assert ours.waiting > 500_000
    assert not ours.flush()
    assert read_on(ours, client, len(SAID)) == SAID
    assert ours.flush()
    assert ours.waiting == 0


def test_a_file_leaves_in_the_same_way(ends):
    ours, client = ends
    assert ours.sendfile(io.BytesIO(SAID), 10, 900_000) == 900_000
    assert read_on(ours, client, 900_000) == SAID[10:900_010]
    assert ours.sendfile(io.BytesIO(b"short")) == 5
    assert read_on(ours, client, 5) == b"short"


def test_what_waits_lies_in_no_folder_that_anybody_sees(ends, tmp_path):
    ours, _ = ends
    ours.sendall(SAID)
    assert list(tmp_path.iterdir()) == []


def test_only_what_arrived_counts_as_delivered(ends):
    ours, client = ends
    ours.sendall(SAID)
    assert ours.delivered < len(SAID) - 100_000
    read_on(ours, client, len(SAID))
    patience = time.monotonic() + 10
    while ours.delivered < len(SAID) and time.monotonic() < patience:
        time.sleep(0.01)
    assert ours.delivered == len(SAID)


def test_an_answer_without_end_is_given_up_with_its_reader(ends, monkeypatch):
    ours, _ = ends
    monkeypatch.setattr(patient_socket, "_MOST_WAITING", 100_000)
    ours._bounds = ConnectionBounds(window_s=0.2)  # noqa: SLF001 - half a minute would be long
    with pytest.raises(ConnectionResetError):
        ours.sendall(SAID)


def test_who_is_gone_is_told_to_whoever_flushes(ends):
    ours, client = ends
    ours.sendall(SAID)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    client.close()
    with pytest.raises(OSError, match=r"reset|pipe"):
        read_on(ours, ours, len(SAID))

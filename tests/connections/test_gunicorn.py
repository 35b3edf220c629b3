"""What of gunicorn the waiting room stands on, and that it still is what it was.

Whoever takes a new gunicorn reads what changed in these, then writes the digests anew.
"""

import hashlib
import inspect

import pytest
from gunicorn.config import Config
from gunicorn.http import get_parser
from gunicorn.http.parser import Parser
from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import PollableMethodQueue, TConn, ThreadWorker

from dispatch.connections.connection import Connection
from dispatch.connections.patient_worker import PatientWorker

# As it was read: what the loop runs, what is replaced, what is called.
READ = {
    TConn.__init__: "c8763d7c6597",
    TConn.init: "5ff3d4ba451c",
    TConn.close: "6d1c334ed197",
    ThreadWorker.__init__: "5681b8b542ea",
    ThreadWorker.init_process: "e4fc63a1a68e",
    ThreadWorker.run: "f92c7394d857",
    ThreadWorker.set_accept_enabled: "140150ebfd3c",
    ThreadWorker.accept: "f8dcead3dce5",
    ThreadWorker.enqueue_req: "c9f428953d24",
    ThreadWorker.finish_request: "616e7bb15a00",
    ThreadWorker.wait_for_and_dispatch_events: "ea969b352482",
    ThreadWorker.murder_keepalived: "4459960c4ccc",
    ThreadWorker.murder_pending: "7bf11f464542",
    ThreadWorker._cap_keepalive: "745c8ac37108",  # noqa: SLF001 - what is guarded
    ThreadWorker.handle: "ca85c9be3df7",
    ThreadWorker.handle_request: "6d0de5b91910",
    ThreadWorker._keepalive_after: "4ebdbbc8bf5a",  # noqa: SLF001 - what is guarded
    PollableMethodQueue.run_callbacks: "2583376785b0",
    Parser.__next__: "b8536520e958",
    Parser.finish_body: "54c5d0d28c26",
    SocketUnreader.chunk: "9f62532259f8",
    get_parser: "b7d8dcde91e2",
}


@pytest.mark.parametrize("code", READ, ids=lambda code: code.__qualname__)
def test_what_was_read_of_gunicorn_still_stands(code):
    assert digest(code) == READ[code], (
        f"read {code.__qualname__} again: {inspect.getsourcefile(code)}"
    )


def test_what_is_replaced_is_there_and_called_in_the_same_way():
    for ours, theirs in ((PatientWorker, ThreadWorker), (Connection, TConn)):
        for name in vars(ours).keys() & vars(theirs).keys() - {"__init__"}:
            if inspect.isfunction(method := vars(ours)[name]):
                wanted = list(inspect.signature(vars(theirs)[name]).parameters.values())[1:]
                given = list(inspect.signature(method).parameters.values())[1:]
                assert len(wanted) == len(given), name


def test_threads_speak_http_1_alone_and_keep_connections():
    """Else the parser that is given with each request would not be the one that is used."""
    cfg = Config()
    assert cfg.http_protocols == ["h1"]
    assert not cfg.is_ssl
    assert cfg.proxy_protocol == "off"
    assert cfg.keepalive


def digest(code):
    return hashlib.sha256(inspect.getsource(code).encode()).hexdigest()[:12]

"""Local stand-ins for the world outside: a mail server, a webhook receiver, an uptime monitor."""

import http.server
import socketserver
import threading


class Mailbox:
    """A real SMTP server, as much of it as a client asks for; `letters` is what arrived."""

    def __init__(self):
        self.letters = []
        box = self

        class Talk(socketserver.StreamRequestHandler):
            def handle(self):
                self._say("220 shaodao.test")
                while line := self.rfile.readline():
                    verb = line[:4].upper()
                    if verb == b"DATA":
                        self._say("354 go on")
                        box.letters.append(letter_from(self.rfile))
                    self._say("221 bye" if verb == b"QUIT" else "250 ok")

            def _say(self, words):
                self.wfile.write(f"{words}\r\n".encode())

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk)

    @property
    def address(self):
        return f"smtp://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object):
        self._server.shutdown()
        self._server.server_close()


def letter_from(lines):
    """A letter up to its lone dot. Raises ConnectionError where the sender went away before: the
    lines of a closed connection are empty for ever.
    """
    letter = b""
    while (line := lines.readline()) != b".\r\n":
        if not line:
            raise ConnectionError("the sender went away in the middle of a letter")
        letter += line
    return letter


class Hook(Mailbox):
    """A web server; `posts` is (headers, body), `status` what it answers, `elsewhere` where a
    status of 3xx points to.
    """

    def __init__(self):
        self.posts, self.status, self.elsewhere = [], 200, ""
        hook = self

        class Answer(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                hook.posts.append((dict(self.headers), body))
                self.send_response(hook.status)
                self.send_header("Location", hook.elsewhere)
                self.end_headers()

            def log_message(self, *_: object):
                """Quiet."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)

    @property
    def address(self):
        return f"http://127.0.0.1:{self._server.server_address[1]}/hook?city=futian"


class Monitor(Mailbox):
    """A dead man's switch: `asked` is which paths were asked; `status` what it answers.

    While `is_hanging` it takes what it is asked and answers nothing.
    """

    def __init__(self):
        self.asked, self.status, self.is_hanging = [], 200, threading.Event()
        self._freed = threading.Event()
        monitor = self

        class Answer(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                monitor.asked.append(self.path)
                if monitor.is_hanging.is_set():
                    monitor._freed.wait(20)
                self.send_response(monitor.status)
                self.send_header("Location", "/elsewhere")
                self.end_headers()

            def log_message(self, *_: object):
                """Quiet."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)

    @property
    def address(self):
        return f"http://127.0.0.1:{self._server.server_address[1]}/ping/district?from=shaodao"

    def __exit__(self, *_: object):
        self._freed.set()
        super().__exit__()

"""A local mail server with TLS and a password, that can hang at any verb; its certificates."""

import base64
import contextlib
import socketserver
import ssl
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from gateways import Mailbox, letter_from

SECRET = "p@ss:w/rd"


class SafeMailbox(Mailbox):
    """`tls`: starttls | implicit. `hangs_at`: the verb after which it answers nothing any more.
    `verbs`: what it was told, `letters` what arrived.
    """

    def __init__(
        self,
        certificate: Path,
        tls="starttls",
        *,
        password=SECRET,
        hangs_at=None,
        offers_tls=True,
    ):
        self.letters, self.verbs = [], []
        self.tls, self.hangs_at, self.offers_tls = tls, hangs_at, offers_tls
        self.freed = threading.Event()
        self.expected = base64.b64encode(f"\0shaodao\0{password}".encode()).decode()
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate)
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk)
        self._server.daemon_threads = True
        self._server.box = self

    @property
    def address(self):
        kind = "smtps" if self.tls == "implicit" else "smtp"
        return f"{kind}://shaodao:p%40ss%3Aw%2Frd@localhost:{self._server.server_address[1]}"

    def __exit__(self, *_: object):
        self.freed.set()
        super().__exit__()


class _Talk(socketserver.StreamRequestHandler):
    is_safe = False

    def handle(self):
        with contextlib.suppress(OSError, ValueError):  # they went away, or never spoke TLS
            if self.server.box.tls == "implicit":
                self._make_safe()
            self._say("220 shaodao.test")
            while line := self.rfile.readline().decode():
                verb, _, rest = line.strip().partition(" ")
                self._hear(verb.upper(), rest)

    def _hear(self, verb, rest):
        box = self.server.box
        box.verbs.append(verb)
        if verb == box.hangs_at:
            box.freed.wait(20)
        answers = {"EHLO": self._offer, "STARTTLS": self._start_tls, "DATA": self._take}
        if verb in answers:
            answers[verb]()
        elif verb == "AUTH":
            is_known = rest == f"PLAIN {box.expected}"
            self._say("235 welcome" if is_known else "535 5.7.8 who are you?")
        else:
            self._say("221 bye" if verb == "QUIT" else "250 ok")

    def _offer(self):
        self._say("250-shaodao.test")
        if self.is_safe:
            self._say("250 AUTH PLAIN")
        else:
            self._say("250 STARTTLS" if self.server.box.offers_tls else "250 8BITMIME")

    def _start_tls(self):
        self._say("220 go on")
        self._make_safe()

    def _take(self):
        self._say("354 go on")
        self.server.box.letters.append(letter_from(self.rfile))
        self._say("250 kept")

    def _make_safe(self):
        self.rfile.close()
        self.wfile.close()
        self.request = self.server.box.context.wrap_socket(self.request, server_side=True)
        self.setup()
        self.is_safe = True

    def _say(self, words):
        self.wfile.write(f"{words}\r\n".encode())

    def finish(self):
        with contextlib.suppress(OSError, ValueError):
            super().finish()
        self.request.close()


def certificate(folder: Path, host: str = "localhost", *, days: int = 1) -> Path:
    """A certificate with its key in one file, made for one test; signed by itself."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=9))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{host}{days}.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file

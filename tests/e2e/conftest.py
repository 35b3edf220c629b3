"""A real server and a real Chromium; whatever a page does wrong on the way fails its test.

Wait with locators, never with wait_for_function: that is eval, and the pages forbid eval.
"""

import re
import shutil
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import server as servers
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
QUIET = (
    "--no-sandbox",  # Chromium refuses its sandbox to root
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DEVICES = {
    "desk": {"viewport": {"width": 1280, "height": 800}},
    "phone": {
        "viewport": {"width": 360, "height": 640},
        "device_scale_factor": 2,
        "has_touch": True,
        "is_mobile": True,
    },
}
PATIENCE_MS = 15_000  # a busy machine is slow; nothing here is a measurement
CIVIC_CENTRE = {"longitude": 114.0579, "latitude": 22.5431, "accuracy": 15}


@dataclass
class Watch:
    """What the pages of one test did that they should not; `allow` names what a test provokes."""

    address: str
    faults: list[str] = field(default_factory=list)
    allowed: list[re.Pattern] = field(default_factory=list)

    def allow(self, pattern: str) -> None:
        self.allowed.append(re.compile(pattern))

    def over(self, context: BrowserContext) -> None:
        context.on("request", lambda request: self._went_to(request.url))
        context.on("console", lambda message: self._said(message.type, message.text))
        context.on("weberror", lambda error: self.faults.append(f"uncaught: {error.error}"))

    def verdict(self) -> list[str]:
        return [fault for fault in self.faults if not any(p.search(fault) for p in self.allowed)]

    def _went_to(self, url: str) -> None:
        own = url.startswith((f"{self.address}/", "data:", "blob:", "about:"))
        if not own and not url.startswith(self.address.replace("http:", "ws:")):
            self.faults.append(f"left the own origin: {url}")

    def _said(self, kind: str, text: str) -> None:
        if kind == "error":  # violations of the CSP come here too
            self.faults.append(f"console: {text}")


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The demo district with a week of past, test clock open."""
    folder = tmp_path_factory.mktemp("demo")
    running = servers.start(folder, "--demo", intake_per_minute="0", demo_weeks="1")
    yield running
    running.stop()


@pytest.fixture(scope="session")
def secret(server):
    """The demo people's password."""
    return password(server)


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE_MS)
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(QUIET)
        )
        yield chromium
        chromium.close()


@pytest.fixture
def watch(server):
    watching = Watch(server.address)
    yield watching
    assert not watching.verdict(), "\n".join(watching.verdict())


@pytest.fixture
def opens(browser, server, watch):
    """`opens("street", "/console")`: a page of that person's own browser, signed in.

    Without a role nobody is signed in. Each call is another browser profile; more keywords go to
    the profile (locale="en", color_scheme="dark", offline=True …).
    """
    with profiles(browser, server, watch) as profile:

        def open_page(role: str | None, path: str, device: str = "desk", **options) -> Page:
            context = profile(device, **options)
            if role:
                sign_in(context, role, password(server))
            page = context.new_page()
            page.goto(path)
            return page

        yield open_page


@contextmanager
def profiles(browser, server, watch):
    opened = []

    def profile(device: str, **options) -> BrowserContext:
        wanted = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "geolocation": CIVIC_CENTRE}
        wanted |= {"permissions": ["geolocation"], "base_url": server.address}
        context = browser.new_context(**(wanted | DEVICES[device] | options))
        context.set_default_timeout(PATIENCE_MS)
        watch.over(context)
        opened.append(context)
        return context

    yield profile
    for context in opened:
        context.close()


def sign_in(context: BrowserContext, role: str, secret: str) -> None:
    answer = context.request.post("/api/v1/session", data={"login": role, "password": secret})
    assert answer.ok, f"{role} could not sign in: {answer.status} {answer.text()}"


def password(server: servers.Server) -> str:
    """Printed at start, for the demo people alone."""
    printed = re.search(r"(?:password|密码)\W+(\S+)", server.said(), re.IGNORECASE)
    assert printed, f"no demo password was printed:\n{server.said()}"
    return printed.group(1)


@pytest.fixture(scope="session")
def axe():
    """`axe(page)`: what WCAG 2.2 AA has against a page, as lines; none is right."""
    source = AXE.read_text(encoding="utf-8")

    def violations(page: Page) -> list[str]:
        page.evaluate(source)
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
        found = page.evaluate("tags => axe.run(document, {runOnly: tags})", tags)["violations"]
        return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found]

    return violations


HOLE_AT = {"lon": 114.0579, "lat": 22.5431, "accuracy_m": 15, "crs": "wgs84"}


class Caller:
    """Somebody who acts over HTTP beside the browser."""

    def __init__(self, context, login, secret):
        self.http = context.request
        answer = self.http.post("/api/v1/session", data={"login": login, "password": secret})
        self.csrf = {"X-CSRF-Token": answer.json()["csrf"]}

    @property
    def id(self):
        return self.http.get("/api/v1/session").json()["person"]

    def sees(self, alert):
        return self.http.get(f"/api/v1/alerts/{alert['id']}").json()

    def reports(self, text="路面塌了一个坑，有半米宽"):
        body = {"category": "E0113", "text": text, "position": HOLE_AT}
        body["answers"] = {"urgency": "disrupts"}
        path = f"/api/v1/alerts/{uuid.uuid4()}"
        answer = self.http.put(path, data=body, headers=self.csrf)
        assert answer.status == 201, answer.text()
        return answer.json()

    def takes(self, step, alert, version, **fields):
        body = {"step": step, "client_id": str(uuid.uuid4()), "version": version} | fields
        path = f"/api/v1/alerts/{alert['id']}/steps"
        answer = self.http.post(path, data=body, headers=self.csrf)
        assert answer.ok, answer.text()
        return answer.json()


@pytest.fixture
def caller(browser, server, secret):
    """`caller("volunteer")`, in a browser profile of their own."""
    contexts = []

    def come(login):
        contexts.append(browser.new_context(base_url=server.address))
        return Caller(contexts[-1], login, secret)

    yield come
    for context in contexts:
        context.close()

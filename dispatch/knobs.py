"""Parses the written values of settings: one function for each kind of value."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit


class FaultyError(ValueError):
    """A value that cannot be parsed: the code and parameters of the fault."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def text(written: str) -> str:
    return written.strip()


def folder(written: str) -> Path:
    return Path(written).expanduser().absolute()


def yes_no(written: str) -> bool:
    known = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    try:
        return known[written.strip().lower()]
    except KeyError:
        raise FaultyError("unknown_value", value=written, known="1, 0") from None


def whole_number(least: int, most: int) -> Callable[[str], object]:
    return _number(int, "integer", least, most)


def seconds(least: float, most: float) -> Callable[[str], object]:
    return _number(float, "number", least, most)


def _number(
    kind: type[int] | type[float], name: str, least: float, most: float
) -> Callable[[str], object]:
    def read(written: str) -> object:
        try:
            value = kind(written)
        except ValueError:
            raise FaultyError("wrong_type", wanted=name) from None
        if not least <= value <= most:
            raise FaultyError("out_of_range", least=least, most=most)
        return value

    return read


def choice(*known: str) -> Callable[[str], str]:
    def read(written: str) -> str:
        if written.strip() not in known:
            raise FaultyError("unknown_value", value=written, known=", ".join(known))
        return written.strip()

    return read


def database(written: str) -> str:
    """An SQLAlchemy URL; the short forms of PostgreSQL's get their driver."""
    scheme, separator, rest = written.strip().partition("://")
    if scheme in {"postgres", "postgresql"}:
        return f"postgresql+psycopg://{rest}"
    if written and (not separator or scheme not in {"sqlite", "postgresql+psycopg"}):
        raise FaultyError("not_a_url", known="sqlite:///…, postgresql://…")
    return written.strip()


def web(written: str) -> str:
    """An HTTP address; one with a password is refused, for it would end up in logs."""
    _refuse_address(written, {"http", "https"}, "http://…, https://…")
    if "@" in urlsplit(written).netloc:
        raise FaultyError("not_a_url", known="http://…, https://…")
    return written.strip()


def anchor(written: str) -> str:
    """A file, a mailbox as mailto:…, or an HTTP address."""
    asked = written.strip()
    if asked.startswith(("http:", "https:")):
        return web(asked)
    if asked.startswith("mailto:"):
        if not re.fullmatch(r"mailto:[^@\s?]+@[^@\s?]+", asked):
            raise FaultyError("not_a_url", known="mailto:…@…")
        return asked
    return str(folder(asked)) if asked else ""


def mail(written: str) -> str:
    """The URL of a mail server, with sender and recipients as its query."""
    known = "smtp://host?from=…&to={desk}@…, smtps://…"
    _refuse_address(written, {"smtp", "smtps"}, known)
    asked = parse_qs(urlsplit(written).query)
    if written.strip() and not asked.keys() >= {"from", "to"}:
        raise FaultyError("not_a_url", known=known)
    return written.strip()


def _refuse_address(written: str, schemes: set[str], known: str) -> None:
    try:
        parts = urlsplit(written.strip())
        port = parts.port
    except ValueError:
        raise FaultyError("not_a_url", known=known) from None
    blank = any(sign.isspace() for sign in written.strip())
    if written.strip() and (
        parts.scheme not in schemes or not parts.hostname or port == 0 or blank
    ):
        raise FaultyError("not_a_url", known=known)

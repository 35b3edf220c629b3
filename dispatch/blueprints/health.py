"""Is the server alive?"""

from flask import Blueprint

from dispatch.blueprints.door import public

health = Blueprint("health", __name__)


@health.get("/healthz")
@public
def alive() -> dict[str, bool]:
    return {"ok": True}

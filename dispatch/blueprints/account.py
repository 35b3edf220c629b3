"""One's own account: the password, and the sign-ins and tokens that are open."""

from flask import Blueprint, Response, jsonify

from dispatch.blueprints.cookies import remember_device
from dispatch.blueprints.origins import origin_here
from dispatch.blueprints.own_sign_ins import list_own_sign_ins
from dispatch.blueprints.request_access import access, authentication, signed_out, store
from dispatch.blueprints.text_fields import texts
from dispatch.installation.people.change_password import change_password
from dispatch.installation.people.end_sign_in import end_sign_in, sign_out_everywhere
from dispatch.installation.people.set_second_factor import OfferedFactor, set_second_factor
from dispatch.shapes.session import OwnSignIns, RecoveryCodes
from dispatch.store.people import SESSION

account = Blueprint("account", __name__, url_prefix="/api/v1/session")


@account.put("/password")
def new_password() -> Response:
    """Every other sign-in and every token ends, one that asks for it, too; this session goes on."""
    old, new = texts("old", "new")
    here = authentication()
    kept = here.digest if here.kind == SESSION else ""
    response = Response(status=204)
    known = change_password(store(), here.access.person_id, old, new, origin_here(), kept)
    remember_device(response, known)
    return response


@account.put("/second-factor")
def new_second_factor() -> Response:
    """The recovery codes; every other session ends, this one goes on."""
    wanted = ("offer", "code", "password", "present")
    offer, code, password, present = texts(*wanted, may_lack=("present",))
    factor = OfferedFactor(offer, code, present)
    codes = set_second_factor(store(), authentication(), origin_here(), password, factor)
    told: RecoveryCodes = {"recovery_codes": codes}
    return jsonify(told)


@account.get("/sign-ins")
def own_sign_ins() -> Response:
    told: OwnSignIns = {"sign_ins": list_own_sign_ins()}
    return jsonify(told)


@account.delete("/sign-ins")
def end_all() -> Response:
    sign_out_everywhere(store(), access().person_id)
    return signed_out()


@account.delete("/sign-ins/<sign_in_id>")
def end_one(sign_in_id: str) -> Response:
    end_sign_in(store(), access().person_id, sign_in_id)
    return Response(status=204)

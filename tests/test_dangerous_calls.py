"""What could run, unpack or spell out what somebody sent stands nowhere in the product."""

import ast
import re
from functools import cache
from pathlib import Path

HOUSE = Path(__file__).parent.parent
MODULES = sorted((HOUSE / "dispatch").rglob("*.py"))
TEMPLATES = sorted((HOUSE / "templates").rglob("*.html"))
SCRIPTS = [
    file
    for face in ("static/src", "mobile_pwa/src")
    for file in sorted((HOUSE / face).rglob("*.ts*"))
]
RUNS = {"eval", "exec", "compile", "__import__"}
UNPACKS = {"pickle", "marshal", "shelve", "dill", "xml", "lxml"}
SHELLS = {"os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput"}
# Symbols and styles of our own, built into the page; the square of an account's own secret,
# of which the library writes coordinates and no word.
OWN_MARKUP = {"dispatch/blueprints/assets.py", "dispatch/blueprints/account_page.py"}
HASHES = {"sha256"}
# Counts the rows of our own tables, by the names of our own metadata.
COUNTS = "dispatch/installation/backup/snapshots.py"
# Invented people and alerts, and the order in which a migration wrote rows anew: no secrets.
DICE = {"dispatch/installation/demo", "dispatch/store/migrations/versions"}
UNSAFE_IN_PAGES = re.compile(r"\|\s*safe\b|autoescape false|Markup\(")
UNSAFE_IN_SCRIPTS = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write"
    r"|\beval\(|new Function\("
)

POURS = re.compile(r"Object\.assign|__proto__|\.prototype\b|\(const \w+ in |\bmerge\(")


def _named(file):
    return file.relative_to(HOUSE).as_posix()


@cache
def _read():
    """Each import and call of the product, with its file."""
    return [
        (node, _named(file))
        for file in MODULES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call | ast.Import | ast.ImportFrom)
    ]


def _found(look):
    """Where `look` finds something: file and line."""
    return [f"{name}:{node.lineno}" for node, name in _read() if look(node, name)]


def _called(node):
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


def _imported(node):
    if isinstance(node, ast.ImportFrom):
        return {(node.module or "").split(".")[0]}
    return {each.name.split(".")[0] for each in node.names} if isinstance(node, ast.Import) else ()


def _words_put_together(node):
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod)
    )


def test_no_text_is_run_as_code():
    assert not _found(lambda node, _: _called(node) in RUNS)


def test_nothing_is_unpacked_that_could_bring_code_or_entities_along():
    assert not _found(lambda node, _: UNPACKS & {*_imported(node)})


def test_yaml_makes_no_objects():
    loads = re.compile(r"yaml\.(unsafe_|full_)?load(_all)?")
    assert not _found(lambda node, _: loads.fullmatch(_called(node)))


def test_no_shell_reads_a_command():
    def asks_a_shell(node, _name):
        options = node.keywords if isinstance(node, ast.Call) else ()
        return _called(node) in SHELLS or any(
            each.arg == "shell" and getattr(each.value, "value", True) for each in options
        )

    assert not _found(asks_a_shell)


def test_no_statement_is_put_together_from_words():
    def is_put_together(node, name):
        takes_text = _called(node) in {"text", "sa.text", "exec_driver_sql", "execute"}
        return (
            takes_text
            and "migrations" not in name
            and any(_words_put_together(each) for each in node.args[:1])
        )

    written = _found(is_put_together)
    where = [each for each in written if "store/tables" not in each and COUNTS not in each]
    assert not where, f"bind parameters instead: {where}"


def test_markup_is_our_own_alone():
    marked = _found(lambda node, name: _called(node) == "Markup" and name not in OWN_MARKUP)
    assert not marked
    assert not [_named(each) for each in TEMPLATES if UNSAFE_IN_PAGES.search(each.read_text())]


def test_no_script_writes_markup():
    unsafe = [_named(each) for each in SCRIPTS if UNSAFE_IN_SCRIPTS.search(each.read_text())]
    assert not unsafe


def test_no_script_pours_what_was_sent_into_objects():
    """So nobody writes into what all objects have in common."""
    pours = [_named(each) for each in SCRIPTS if POURS.search(each.read_text())]
    assert not pours


def test_no_template_is_made_of_what_somebody_wrote():
    assert not _found(
        lambda node, _: _called(node) in {"render_template_string", "Template", "from_string"}
    )


def test_the_only_digest_is_sha256():
    def another(node, _name):
        asked = re.match(r"hashlib\.(\w+)", _called(node))
        return asked is not None and asked[1] not in HASHES

    assert not _found(another)


def test_dice_throw_no_secret():
    throws = _found(
        lambda node, name: "random" in _imported(node) and not name.startswith(tuple(DICE))
    )
    assert not throws, f"secrets come from the secrets module: {throws}"

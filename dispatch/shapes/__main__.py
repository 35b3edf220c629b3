"""`python -m dispatch.shapes` writes the TypeScript of the shapes below static/src/shared."""

from pathlib import Path
from typing import Final

from dispatch.shapes.typescript import written

FOLDER: Final = Path(__file__).parents[2] / "static" / "src" / "shared"


def write() -> None:
    """Every file anew; what no shape stands for any more is removed."""
    files = written()
    for old in (FOLDER / "shapes").glob("*.ts"):
        if f"shapes/{old.name}" not in files:
            old.unlink()
    (FOLDER / "shapes").mkdir(exist_ok=True)
    for name, text in files.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()

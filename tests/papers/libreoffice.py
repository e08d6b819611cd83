"""Edit workbooks in LibreOffice, without a window. Runs in LibreOffice's own Python, which has `uno`.

    python3 tests/papers/libreoffice.py PORT FOLDER

reads FOLDER/edits.json: for each workbook in FOLDER, the cells to change as [sheet, cell, value] with a text, a number,
or null. Each is opened, edited, and saved as FOLDER/saved/NAME.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any


def main(pipe: str, folder: Path) -> None:
    """Edit all workbooks of a folder in one process of LibreOffice."""
    import uno
    from com.sun.star.beans import PropertyValue

    with tempfile.TemporaryDirectory() as profile:
        accept = f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext"
        options = ("--headless", "--norestore", "--nologo", f"-env:UserInstallation={Path(profile).as_uri()}")
        office = subprocess.Popen(["soffice", *options, accept])
        try:
            desktop = _connected(uno, pipe)
            for name, edits in json.loads((folder / "edits.json").read_text(encoding="utf-8")).items():
                hidden = PropertyValue("Hidden", 0, True, 0)
                document = desktop.loadComponentFromURL((folder / name).as_uri(), "_blank", 0, (hidden,))
                for sheet, cell, value in edits:
                    _set(document.Sheets.getByName(sheet).getCellRangeByName(cell), value)
                target = (folder / "saved" / name).as_uri()
                document.storeToURL(target, (PropertyValue("FilterName", 0, "Calc MS Excel 2007 XML", 0),))
                document.close(True)
            _quit(desktop)
        finally:
            office.terminate()
            office.wait(timeout=60)


def _connected(uno: Any, pipe: str) -> Any:
    """LibreOffice's desktop, as soon as it answers."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:  # noqa: BLE001 - it has not started yet
            time.sleep(0.5)
    raise TimeoutError("LibreOffice does not answer")


def _quit(desktop: Any) -> None:
    with contextlib.suppress(Exception):  # the connection ends with the program
        desktop.terminate()


def _set(cell: Any, value: object) -> None:
    if value is None:
        cell.setString("")
    elif isinstance(value, str):
        cell.setString(value)
    else:
        cell.setValue(value)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]).resolve())

"""How the page is served: the command that starts Streamlit on it."""

import sys
from collections.abc import Mapping
from pathlib import Path

_SCRIPT = Path(__file__).with_name("app.py")

_OPTIONS: Mapping[str, str] = {
    "server.headless": "true",
    "server.fileWatcherType": "none",
    "browser.gatherUsageStats": "false",
    "client.toolbarMode": "viewer",
    # Its own export writes cells that a spreadsheet would run; ours does not (untrusted).
    "client.disableDataExport": "true",
    "client.showErrorDetails": "none",
    "logger.level": "warning",
    "runner.magicEnabled": "false",
    "theme.paddingTop": "1rem",
    "theme.paddingBottom": "3rem",
    "theme.light.primaryColor": "#0072B2",
    # Captions and pinned columns are six tenths of it: 4.5:1 on white at least (WCAG 2.2, 1.4.3).
    "theme.light.textColor": "#111111",
    "theme.light.codeTextColor": "#111111",
    "theme.dark.codeTextColor": "#EDEBE8",
    "theme.dark.primaryColor": "#3C8FC4",
}


def serving_command(host: str, port: int) -> list[str]:
    """Return the command that serves the page; FEEDHOUSE_DATA names the data it shows.

    It neither phones home nor opens a browser, and reloads no code.
    """
    options = {**_OPTIONS, "server.address": host, "server.port": str(port)}
    flags = [part for name, value in options.items() for part in (f"--{name}", value)]
    return [sys.executable, "-m", "streamlit", "run", str(_SCRIPT), *flags]

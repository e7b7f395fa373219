"""The port of a preview: whether it is free, asked before anything is built for it."""

from __future__ import annotations

import errno
import os
import socket

from mkdocs.exceptions import PluginError

_IN_USE = (errno.EADDRINUSE, errno.EACCES) if os.name == "nt" else (errno.EADDRINUSE,)


def require_free(host: str, port: int, engine: str) -> None:
    """Raise PluginError where the engine can't show a preview there: it would say so in pages of code, after the first build."""
    try:
        _listen(host, port)
    except OSError as error:
        other = port + 1 if port < 65535 else 8000  # noqa: PLR2004 - the last one there is
        instead = f"`make serve PORT={other}`, or `{engine} serve --dev-addr {host}:{other}`."
        if error.errno in _IN_USE:
            raise PluginError(f"Port {port} is in use; {instead}") from error
        raise PluginError(f"No preview can be shown at {host}:{port} ({error.strerror}); {instead}") from error


def _listen(host: str, port: int) -> None:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        if os.name != "nt":
            # As servers do: a port whose last connections are only just closed is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)

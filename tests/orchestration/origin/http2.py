"""A server that speaks HTTP/2 only, for one request."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator

import h2.config
import h2.connection
import h2.events

from tests.orchestration.origin.server import CERTIFICATE


@contextlib.contextmanager
def http2_origin(body: bytes) -> Iterator[int]:
    """Yield the port of a server that answers every request with a body over HTTP/2."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    context.set_alpn_protocols(["h2"])
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_serve, args=(listener, context, body), daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        thread.join(5)


def _serve(listener: socket.socket, context: ssl.SSLContext, body: bytes) -> None:
    plain, _ = listener.accept()
    with contextlib.suppress(OSError), context.wrap_socket(plain, server_side=True) as connection:
        config = h2.config.H2Configuration(client_side=False)
        state = h2.connection.H2Connection(config=config)
        state.initiate_connection()
        connection.sendall(state.data_to_send())
        while received := connection.recv(65_536):
            for event in state.receive_data(received):
                if isinstance(event, h2.events.RequestReceived):
                    state.send_headers(event.stream_id, [(":status", "200")])
                    state.send_data(event.stream_id, body, end_stream=True)
            connection.sendall(state.data_to_send())

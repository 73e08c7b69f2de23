import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from wattbandit_airflow.gateway import Gateway, GatewayError


@pytest.fixture
def server():
    """Answers what is in ``answers``, one after the other, and keeps what it was asked."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self):
            length = int(self.headers.get("content-length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            served.asked.append((self.command, self.path, body, self.headers.get("authorization")))
            status, answer, headers = served.answers.pop(0)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        do_GET = do_POST = do_DELETE = _answer

        def log_message(self, *_):
            pass

    served = HTTPServer(("127.0.0.1", 0), Handler)
    served.asked, served.answers = [], []
    served.url = f"http://127.0.0.1:{served.server_port}"
    thread = threading.Thread(target=served.serve_forever)
    thread.start()
    yield served
    served.shutdown()
    thread.join()
    served.server_close()


def test_asks_by_slot_and_attempt(server):
    server.answers = [(201, {"id": "x"}, {})]
    assert Gateway(server.url, "secret").ask("a b", "2026-07-01T00:00:00Z", 2) == {"id": "x"}
    body = {"slot": "2026-07-01T00:00:00Z", "attempt": 2}
    assert server.asked == [("POST", "/v1/jobs/a%20b/decisions", body, "Bearer secret")]


def test_tries_again_what_may_pass(server):
    server.answers = [(503, {"detail": "away"}, {"Retry-After": "0"}), (429, {}, {}), (200, {"counted": True}, {})]
    assert Gateway(server.url).tell("job", {"decisionId": "x"}) == {"counted": True}
    assert len(server.asked) == 3


def test_gives_up_in_time(server):
    server.answers = [(503, {"detail": "every worker is away"}, {})]
    with pytest.raises(GatewayError, match="every worker is away"):
        Gateway(server.url, patience_seconds=-1).start("job", "2026-07-01T00:00:00Z")


def test_a_refusal_is_final_and_says_what_is_wrong(server):
    problem = {"title": "invalid", "detail": "body", "errors": [{"path": "gpus.count", "message": "must be positive"}]}
    server.answers = [(400, problem, {})]
    with pytest.raises(GatewayError, match=r"400, body; gpus.count: must be positive") as raised:
        Gateway(server.url).ask("job", "now")
    assert raised.value.status == 400
    assert len(server.asked) == 1


def test_follows_no_redirect(server):
    server.answers = [(302, {}, {"Location": "http://127.0.0.1:9/elsewhere"})]
    with pytest.raises(GatewayError) as raised:
        Gateway(server.url, "secret", patience_seconds=-1).health()
    assert raised.value.status == 302


def test_says_who_cannot_be_reached_and_never_the_token():
    gateway = Gateway("http://127.0.0.1:9", "secret", patience_seconds=-1)
    with pytest.raises(GatewayError, match="127.0.0.1:9") as raised:
        gateway.health()
    assert "secret" not in str(raised.value) + repr(gateway)

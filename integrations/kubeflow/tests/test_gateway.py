import json
import threading
import unittest
from http.server import BaseHTTPRequestHandler, HTTPServer

from wattbandit_kubeflow import Gateway, GatewayError
from wattbandit_kubeflow.example import train

DECISION = {
    "id": "s/1",
    "slot": "s",
    "attempt": 1,
    "batchSize": 128.0,
    "maxEpochs": 100,
    "target": {"metric": "accuracy", "value": 0.9, "direction": "atLeast"},
    "eta": 0.5,
    "maxPowerWatts": 300,
}


class Answering(unittest.TestCase):
    """A server that gives these answers, one after the other, and keeps what it was asked."""

    def serve(self, *answers):
        asked, left = [], list(answers)

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                length = int(self.headers.get("content-length", 0))
                body = self.rfile.read(length)
                headers = {name.lower(): value for name, value in self.headers.items()}
                asked.append((self.command, self.path, headers, json.loads(body) if body else None))
                status, answer, headers = left.pop(0)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(json.dumps(answer).encode())

            do_GET = do_POST

            def log_message(self, *_):
                pass

        server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return f"http://127.0.0.1:{server.server_port}", asked


def ok(answer, status=200):
    return status, answer, {}


class Asking(Answering):
    def test_sends_the_key_and_the_token_and_reads_numbers_as_they_come(self):
        url, asked = self.serve(ok(DECISION, 201))
        decision = Gateway(url, "secret").ask("a/b", key="run-1")
        self.assertEqual((decision.decision_id, decision.batch_size), ("s/1", 128))
        method, path, headers, body = asked[0]
        self.assertEqual((method, path, body), ("POST", "/v1/jobs/a%2Fb/decisions", {"attempt": 1}))
        self.assertEqual((headers["idempotency-key"], headers["authorization"]), ("run-1", "Bearer secret"))

    def test_calls_0_what_is_not_decided(self):
        url, _ = self.serve(ok(DECISION))
        decision = Gateway(url).ask("a", key="k", slot="s")
        self.assertEqual((decision.power_limit_watts, decision.cost_ceiling_joules), (0.0, 0.0))

    def test_tries_again_what_may_pass(self):
        busy = (503, {"detail": "no worker"}, {"Retry-After": "0"})
        url, asked = self.serve(busy, (429, {}, {}), ok(DECISION))
        self.assertEqual(Gateway(url).ask("a", key="k").batch_size, 128)
        self.assertEqual(len(asked), 3)

    def test_raises_at_once_what_will_not_pass_with_the_gateways_words(self):
        faults = {"detail": "no such job", "errors": [{"path": "slot", "message": "is no instant"}]}
        url, asked = self.serve((404, faults, {}))
        with self.assertRaisesRegex(GatewayError, "404, no such job; slot: is no instant"):
            Gateway(url).ask("a", key="k")
        self.assertEqual(len(asked), 1)

    def test_gives_up_on_a_gateway_that_is_not_there(self):
        with self.assertRaisesRegex(GatewayError, "Cannot reach"):
            Gateway("http://127.0.0.1:1", patience_seconds=0).ask("a", key="k")

    def test_takes_its_token_to_no_other_host(self):
        url, _ = self.serve((302, {}, {"Location": "http://127.0.0.1:1/"}))
        with self.assertRaisesRegex(GatewayError, "302"):
            Gateway(url, "secret").ask("a", key="k")

    def test_does_not_show_its_token(self):
        self.assertNotIn("secret", repr(Gateway("http://x", "secret")))


class Recurring(Answering):
    def test_waits_until_the_recurrence_ends(self):
        ended = {"state": "completed", "observation": {"outcome": "converged"}}
        url, asked = self.serve(ok({"state": "running"}, 201), ok({"state": "running"}), ok(ended))
        self.assertEqual(Gateway(url).recur("a", "2026-01-01T00:00:00Z"), ended)
        self.assertEqual(asked[2][1], "/v1/jobs/a/recurrences/2026-01-01T00%3A00%3A00Z?wait=60")


class TheExample(unittest.TestCase):
    def test_learns_and_is_the_same_each_time(self):
        epochs, _, reached = train(32, 50, 0.93, seed=1)
        self.assertTrue(reached)
        self.assertEqual(train(32, 50, 0.93, seed=1)[0], epochs)

    def test_says_that_it_did_not_get_there(self):
        self.assertEqual(train(32, 2, 1.1, seed=1)[::2], (2, False))


if __name__ == "__main__":
    unittest.main()

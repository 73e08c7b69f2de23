import http.server
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import types
import unittest
from unittest import mock

from wattbandit_trainer import Report, Run, learning_rate_factor, report
from wattbandit_trainer import run as this_run

TOLD = {
    "WATTBANDIT_BATCH_SIZE": "64",
    "WATTBANDIT_DEFAULT_BATCH_SIZE": "16",
    "WATTBANDIT_MAX_EPOCHS": "7",
    "WATTBANDIT_TARGET_METRIC": "accuracy",
    "WATTBANDIT_TARGET_VALUE": "0.9",
    "WATTBANDIT_TARGET_DIRECTION": "atLeast",
    "WATTBANDIT_CHECKPOINT_DIR": "/run/checkpoints",
}


class Listener:
    """Wattbandit's ends of the two descriptors."""

    def __init__(self, test):
        self.report, reports = socket.socketpair()
        self.requests, requests = socket.socketpair()
        for end in (self.report, reports, self.requests, requests):
            test.addCleanup(end.close)
        self.told = {
            **TOLD,
            "WATTBANDIT_REPORT_FD": str(reports.fileno()),
            "WATTBANDIT_REQUEST_FD": str(requests.fileno()),
        }

    def heard(self):
        self.report.settimeout(5)
        return [json.loads(line) for line in self.report.recv(65536).decode().splitlines()]

    def nothing_heard(self):
        self.report.setblocking(False)
        try:
            return self.report.recv(1) == b""
        except BlockingIOError:
            return True


class WithoutWattbandit(unittest.TestCase):
    def test_answers_with_defaults_and_says_nothing(self):
        run = Run({})
        self.assertEqual((run.batch_size(8), run.max_epochs(9)), (8, 9))
        self.assertEqual(str(run.checkpoint_dir("here")), "here")
        self.assertEqual(run.scale_learning_rate(0.1, "anything"), 0.1)
        self.assertFalse(run.should_stop or run.target_reached(1) or run.active)
        run.report.progress(epochs=1)
        run.report.epoch(1, 0.5)
        run.answer_probes(lambda batch_size: self.fail())

    def test_is_what_an_ordinary_process_has(self):
        self.assertFalse(this_run.active)

    def test_leaves_signals_alone(self):
        before = signal.getsignal(signal.SIGTERM)
        self.assertFalse(Run({}).should_stop)
        self.assertIs(signal.getsignal(signal.SIGTERM), before)


class LearningRate(unittest.TestCase):
    def test_follows_the_square_root_for_the_adam_family_and_adadelta(self):
        for name in ("Adam", "AdamW", "adamw_torch", "NAdam", "RAdam", "Adamax", "Adadelta", "FusedAdam"):
            self.assertEqual(learning_rate_factor(64, 16, name), 2, name)

    def test_is_linear_for_sgd(self):
        self.assertEqual(learning_rate_factor(64, 16, "SGD"), 4)
        self.assertEqual(Run(TOLD).scale_learning_rate(0.1, "sgd"), 0.4)

    def test_takes_an_optimizer_or_its_class(self):
        class AdamW:
            pass

        self.assertEqual(learning_rate_factor(4, 16, AdamW), 0.5)
        self.assertEqual(learning_rate_factor(4, 16, AdamW()), 0.5)

    def test_refuses_what_has_no_rule(self):
        for name in ("RMSprop", "Adagrad", "LBFGS", "ASGD"):
            with self.assertRaisesRegex(ValueError, name):
                learning_rate_factor(64, 16, name)


class InAContainer(unittest.TestCase):
    """Its only ways out are standard output and the termination log."""

    def setUp(self):
        self.directory = tempfile.TemporaryDirectory()
        self.addCleanup(self.directory.cleanup)
        self.last_words = os.path.join(self.directory.name, "termination-log")
        smi = os.path.join(self.directory.name, "nvidia-smi")
        with open(smi, "w", encoding="utf-8") as file:
            file.write("#!/bin/sh\necho GPU-1\necho GPU-2\n")
        os.chmod(smi, 0o755)

    def train(self, program, **more):
        told = {**TOLD, "WATTBANDIT_REPORT_FD": "1", "WATTBANDIT_TERMINATION_LOG": self.last_words, **more}
        path = f"{self.directory.name}:{os.environ['PATH']}"
        environment = {**told, "PATH": path, "PYTHONPATH": os.pathsep.join(sys.path)}
        lead = "from wattbandit_trainer import run\n"
        done = subprocess.run([sys.executable, "-c", lead + program], env=environment, capture_output=True, text=True)
        self.assertEqual(done.stderr, "")
        return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]

    def test_reports_on_standard_output_whatever_was_printed_before(self):
        said = self.train("print('12%', end='', flush=True)\nrun.report.epoch(1, 0.5)")
        self.assertEqual(said, [{"type": "epoch", "epoch": 1, "metric": 0.5}])

    def test_leaves_the_latest_epoch_for_whoever_comes_after_the_end(self):
        self.train("run.report.epoch(1, 0.5)\nrun.report.epoch(2, 0.6)\nrun.report.progress(epochs=2.5)")
        with open(self.last_words, encoding="utf-8") as file:
            self.assertEqual(json.loads(file.read()), {"type": "epoch", "epoch": 2, "metric": 0.6})

    def test_says_once_which_gpus_it_sees(self):
        said = self.train("run.report.epoch(1, 0.5)\nrun.report.epoch(2, 0.5)", WATTBANDIT_CHECK_GPUS="1")
        self.assertEqual(said[0], {"type": "gpus", "uuids": ["GPU-1", "GPU-2"]})
        self.assertEqual([line["type"] for line in said], ["gpus", "epoch", "epoch"])


class AtADesk(unittest.TestCase):
    """In a step of a pipeline, reports go by HTTP."""

    def desk(self, *statuses):
        heard, left = [], list(statuses)

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                heard.append((self.path, self.headers["authorization"], [json.loads(line) for line in body.splitlines()]))
                self.send_response(left.pop(0) if left else 200)
                self.end_headers()

            def log_message(self, *_):
                pass

        server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        url = f"http://127.0.0.1:{server.server_port}"
        told = {**TOLD, "WATTBANDIT_REPORT_URL": url, "WATTBANDIT_REPORT_TOKEN": "secret"}
        return json.dumps(told), heard

    def test_says_that_it_started_and_then_what_programs_say(self):
        told, heard = self.desk()
        Run.from_parameter(told).report.epoch(1, 0.5)
        self.assertEqual([line for _, _, lines in heard for line in lines], [
            {"type": "started"},
            {"type": "epoch", "epoch": 1, "metric": 0.5},
        ])
        self.assertEqual(heard[0][:2], ("/reports", "Bearer secret"))

    def test_stops_when_nobody_wants_to_hear_of_it_any_more(self):
        run = Run.from_parameter(self.desk(200, 200, 410)[0])
        run.report.epoch(1, 0.5)
        self.assertFalse(run.should_stop)
        run.report.epoch(2, 0.5)
        self.assertTrue(run.should_stop)

    def test_keeps_epochs_for_a_desk_that_is_away_and_goes_on(self):
        desk = report.Desk("http://127.0.0.1:1", "secret")
        self.assertTrue(desk.tell({"type": "progress", "epochs": 0.5}))
        self.assertTrue(desk.tell({"type": "epoch", "epoch": 1, "metric": 0.5}))
        told, heard = self.desk()
        desk._url = json.loads(told)["WATTBANDIT_REPORT_URL"] + "/reports"
        self.assertTrue(desk.tell({"type": "progress", "epochs": 1.5}))
        self.assertEqual([line["type"] for line in heard[0][2]], ["epoch", "progress"])


    def test_keeps_epochs_for_a_desk_that_hears_nobody_yet(self):
        told, heard = self.desk(200, 503, 503)
        run = Run.from_parameter(told)
        run.report.epoch(1, 0.5)
        run.report.epoch(2, 0.6)
        self.assertFalse(run.should_stop)
        run.report.epoch(3, 0.7)
        self.assertEqual([line["epoch"] for line in heard[-1][2]], [1, 2, 3])


class Reports(unittest.TestCase):
    def setUp(self):
        self.listener = Listener(self)
        self.run_ = Run(self.listener.told)

    def test_epochs_and_metrics_that_are_not_finite(self):
        self.run_.report.epoch(1, 0.5)
        self.run_.report.epoch(2, float("nan"))
        self.run_.report.epoch(3, float("-inf"))
        heard = self.listener.heard()
        self.assertEqual([(line["epoch"], line["metric"]) for line in heard], [(1, 0.5), (2, "nan"), (3, "-inf")])

    def test_progress_now_and_then_only(self):
        for step in range(1000):
            self.run_.report.progress(iteration=step, iterations_per_epoch=1000)
        self.assertEqual(
            self.listener.heard(), [{"type": "progress", "iteration": 0, "iterationsPerEpoch": 1000.0, "synced": True}]
        )

    def test_waits_for_the_gpu_first(self):
        cuda = mock.Mock()
        with mock.patch.dict(sys.modules, torch=types.SimpleNamespace(cuda=cuda)):
            self.run_.report.progress(epochs=0.5)
        cuda.synchronize.assert_called_once_with()

    def test_nothing_from_a_forked_process(self):
        child = os.fork()
        if child == 0:
            self.run_.report.epoch(1, 0.5)
            os._exit(0)
        os.waitpid(child, 0)
        self.assertTrue(self.listener.nothing_heard())

    def test_nothing_from_other_ranks(self):
        Run({**self.listener.told, "RANK": "1"}).report.epoch(1, 0.5)
        self.assertTrue(self.listener.nothing_heard())

    def test_survive_a_launcher_that_closed_the_descriptor(self):
        run = Run({**TOLD, "WATTBANDIT_REPORT_FD": "987"})
        run.report.epoch(1, 0.5)
        self.assertEqual(run.batch_size(1), 64)

    def test_never_go_to_a_file_that_has_the_number_by_now(self):
        with tempfile.TemporaryFile() as file:
            Run({**TOLD, "WATTBANDIT_REPORT_FD": str(file.fileno())}).report.epoch(1, 0.5)
            self.assertEqual(file.tell(), 0)

    def test_prefer_the_socket_which_launchers_pass_on(self):
        with tempfile.TemporaryDirectory() as directory, socket.socket(socket.AF_UNIX) as server:
            path = os.path.join(directory, "report")
            server.bind(path)
            server.listen()
            run = Run({**self.listener.told, "WATTBANDIT_REPORT_SOCKET": path})
            connection, _ = server.accept()
            run.report.epoch(1, 0.5)
            self.assertEqual(json.loads(connection.recv(65536))["epoch"], 1)
            connection.close()
            self.assertTrue(run.should_stop)

    def test_fall_back_when_nobody_listens_on_the_socket(self):
        Run({**self.listener.told, "WATTBANDIT_REPORT_SOCKET": "/no/such/socket"}).report.epoch(1, 0.5)
        self.assertEqual(self.listener.heard()[0]["epoch"], 1)

    def test_a_listener_that_is_gone_means_stop(self):
        self.listener.report.close()
        self.run_.report.epoch(1, 0.5)
        self.assertTrue(self.run_.should_stop)

    def test_progress_needs_a_position(self):
        with mock.patch.object(report, "SECONDS_BETWEEN_PROGRESS", 0), self.assertRaises(TypeError):
            Report(1).progress()


class Requests(unittest.TestCase):
    def setUp(self):
        self.listener = Listener(self)
        self.run_ = Run(self.listener.told)
        self.addCleanup(signal.signal, signal.SIGTERM, signal.getsignal(signal.SIGTERM))

    def test_sigterm_means_stop(self):
        self.assertFalse(self.run_.should_stop)
        os.kill(os.getpid(), signal.SIGTERM)
        self.assertTrue(self.run_.should_stop)

    def test_sigterm_still_ends_a_forked_process(self):
        self.assertFalse(self.run_.should_stop)
        child = os.fork()
        if child == 0:
            os.kill(os.getpid(), signal.SIGTERM)
            os._exit(0)
        self.assertEqual(os.waitpid(child, 0)[1], signal.SIGTERM)

    def test_a_wattbandit_that_died_means_stop(self):
        self.assertFalse(self.run_.should_stop)
        self.listener.requests.close()
        self.assertTrue(self.run_.should_stop)

    def test_probes_are_answered_between_steps(self):
        self.listener.requests.sendall(b'{"type":"probe","batchSize":32}\n{"type":"probe","bat')
        self.run_.answer_probes(lambda batch_size: batch_size / 2)
        self.listener.requests.sendall(b'chSize":128}\n')
        self.run_.answer_probes(self.out_of_memory)
        self.assertEqual(
            self.listener.heard(),
            [
                {"type": "probes"},
                {"type": "probed", "batchSize": 32, "secondsPerEpoch": 16.0},
                {"type": "probed", "batchSize": 128, "outOfMemory": True},
            ],
        )

    @staticmethod
    def out_of_memory(batch_size):
        raise MemoryError(batch_size)

    def test_the_target_is_known(self):
        self.assertTrue(self.run_.target_reached(0.9))
        self.assertFalse(self.run_.target_reached(0.89))
        self.assertTrue(Run({**TOLD, "WATTBANDIT_TARGET_DIRECTION": "atMost"}).target_reached(0.1))


class HuggingFace(unittest.TestCase):
    """Against a stand-in: the callback uses nothing of transformers but the name of its base class."""

    def test_reports_and_stops(self):
        listener = Listener(self)
        with mock.patch.dict(sys.modules, transformers=types.SimpleNamespace(TrainerCallback=object)):
            from wattbandit_trainer.hugging_face import WattbanditCallback
        run = Run(listener.told)
        callback = WattbanditCallback(run)
        state, control = types.SimpleNamespace(epoch=0.5), types.SimpleNamespace(should_training_stop=False)
        callback.on_step_end(None, state, control)
        self.assertFalse(control.should_training_stop)
        callback.on_evaluate(None, types.SimpleNamespace(epoch=0.99999), control, metrics={"eval_accuracy": 0.7})
        callback.on_evaluate(None, types.SimpleNamespace(epoch=2.0), control, metrics={"eval_loss": 1.0})
        listener.requests.close()
        callback.on_step_end(None, state, control)
        self.assertTrue(control.should_training_stop and control.should_save)
        self.assertEqual([line["type"] for line in listener.heard()], ["progress", "epoch"])


class Import(unittest.TestCase):
    def test_prints_nothing_and_imports_no_framework(self):
        code = "import sys, wattbandit_trainer; assert not {'torch', 'transformers', 'numpy'} & set(sys.modules)"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
        self.assertEqual(done.stdout + done.stderr, b"")


if __name__ == "__main__":
    unittest.main()

"""The flows under a real Prefect server, each in a process of its own."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest

ROOT = Path(__file__).parent.parent


def command(*words: object, env: dict[str, str], timeout: float = 180):
    return subprocess.run(
        [sys.executable, "-m", *map(str, words)],
        cwd=ROOT, env=env, capture_output=True, text=True, timeout=timeout, check=False,
    )  # fmt: skip


def python(code: str, *words: str) -> str:
    """Return what a program prints that may import Prefect, which leaves threads behind."""
    done = subprocess.run(
        [sys.executable, "-c", code, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def deployments() -> list[dict]:
    code = "import json, yaml; print(json.dumps(yaml.safe_load(open('prefect.yaml'))))"
    return json.loads(python(code))["deployments"]


def test_every_deployment_names_a_flow_and_its_parameters() -> None:
    code = """
import inspect, json, sys
from importlib import import_module
told = {}
for entrypoint in sys.argv[1:]:
    module, _, name = entrypoint.rpartition(".")
    flow = getattr(import_module(module), name)
    told[entrypoint] = list(inspect.signature(flow.fn).parameters)
json.dump(told, sys.stdout)
"""
    found = deployments()
    entrypoints = sorted({one["entrypoint"] for one in found})
    parameters = json.loads(python(code, *entrypoints))
    for one in found:
        assert set(one.get("parameters", {})) <= set(parameters[one["entrypoint"]])
        assert {each["timezone"] for each in one.get("schedules", [])} <= {"Asia/Shanghai"}
        assert one["work_pool"]["name"] == "qinqing"


def test_the_schedules_are_those_of_prefect_yaml(qinqing) -> None:
    told = [line.split(maxsplit=1) for line in qinqing("schedule", "--show").stdout.splitlines()]
    listed = {name: rest.removesuffix("Asia/Shanghai").strip() for name, rest in told}
    timed = [one for one in deployments() if "schedules" in one]
    planned = {one["name"]: one["schedules"][0]["cron"] for one in timed}
    assert listed == planned


def test_prefect_reports_nothing_home_and_waits_for_a_slow_start() -> None:
    settings = tomllib.loads((ROOT / "prefect.toml").read_text("utf-8"))
    assert settings["server"]["analytics_enabled"] is False
    assert settings["server"]["ephemeral"]["startup_timeout_seconds"] >= 120


@pytest.mark.parametrize(
    ("period", "today", "name"),
    [
        ("last-month", (2021, 1, 2), "2020-12"),
        ("last-month", (2021, 3, 2), "2021-02"),
        ("last-quarter", (2021, 1, 5), "2020Q4"),
        ("last-quarter", (2021, 10, 5), "2021Q3"),
        ("2020H1", (2021, 10, 5), "2020H1"),
    ],
)
def test_a_schedule_names_the_period_that_has_ended(period, today, name) -> None:
    code = (
        "from datetime import date; from flows.summarise import period_before;"
        f"print(period_before({period!r}, date{today}))"
    )
    assert python(code).strip() == name


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[dict[str, str]]:
    """A Prefect server for these tests alone; gives the environment that leads to it."""
    home, port = tmp_path_factory.mktemp("prefect"), free_port()
    env = {
        **os.environ,
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_LOGGING_LEVEL": "WARNING",
    }
    with (home / "server.log").open("w") as log:
        serve = ("-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port))
        process = subprocess.Popen(
            [sys.executable, *serve],
            cwd=home, env=env, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        try:
            wait_for(env)
            yield env
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()


def wait_for(env: dict[str, str]) -> None:
    until = time.monotonic() + 120
    while True:
        try:
            if urlopen(env["PREFECT_API_URL"] + "/health", timeout=5).status == 200:
                return
        except (URLError, OSError):
            assert time.monotonic() < until, "no server"
            time.sleep(0.3)


def ask(env: dict[str, str], path: str):
    request = Request(
        env["PREFECT_API_URL"] + path, b"{}", {"Content-Type": "application/json"}, method="POST"
    )
    for _ in range(20):
        try:
            with urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except HTTPError as error:  # a server on SQLite is at times too busy to answer
            if error.code != 503:
                raise
            time.sleep(1)
    raise AssertionError("the server stays busy")


@pytest.fixture(scope="module")
def deployed(server) -> dict[str, dict]:
    """Deploy prefect.yaml to the server; gives what the server then holds, by name."""
    made = command("prefect", "work-pool", "create", "--type", "process", "qinqing", env=server)
    assert made.returncode == 0, made.stdout + made.stderr
    done = command("prefect", "--no-prompt", "deploy", "--all", env=server)
    assert done.returncode == 0, done.stdout + done.stderr
    return {one["name"]: one for one in ask(server, "/deployments/filter")}


@pytest.mark.flow
def test_every_deployment_can_be_made(deployed) -> None:
    assert set(deployed) == {one["name"] for one in deployments()}
    assert deployed["daily"]["schedules"][0]["schedule"]["timezone"] == "Asia/Shanghai"
    assert deployed["daily"]["entrypoint"] == "flows.ingest.ingest"


@pytest.mark.flow
def test_the_server_plans_the_runs_of_every_schedule(server, deployed) -> None:
    """What a server is asked for by hand works without it: only this shows that mornings come."""
    timed = {one["id"] for one in deployed.values() if one["schedules"]}
    until(lambda: timed <= {run["deployment_id"] for run in planned(server)} or None)


def planned(env: dict[str, str]) -> list[dict]:
    return [run for run in ask(env, "/flow_runs/filter") if run["auto_scheduled"]]


@pytest.mark.flow
def test_the_schedule_runs_what_is_due_and_ends_in_order(server, deployed, tmp_path) -> None:
    """On a server that holds the deployments of prefect.yaml too."""
    assert deployed
    words = ("-m", "flows", "schedule", "--data", str(tmp_path))
    process = subprocess.Popen(
        [sys.executable, *words], cwd=ROOT, env=server,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        weekly = until(lambda: deployment_of(process, server, "weekly"))
        made = ask(server, f"/deployments/{weekly}/create_flow_run")
        state = until(lambda: final_state(server, made["id"]))
        assert state in {"Completed", "Failed"}  # failed where a profile is being mended
    finally:
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert (process.returncode, "Traceback" in told) == (0, False), told


def deployment_of(process: subprocess.Popen, env: dict[str, str], name: str) -> str | None:
    assert process.poll() is None, process.stderr.read()
    found = [one for one in ask(env, "/deployments/filter") if one["name"] == name]
    return next((one["id"] for one in found), None)


def final_state(env: dict[str, str], run: str) -> str | None:
    found = next(one for one in ask(env, "/flow_runs/filter") if one["id"] == run)
    return (
        found["state_name"] if found["state_type"] in {"COMPLETED", "FAILED", "CRASHED"} else None
    )


def until(answer, seconds: float = 120):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if (found := answer()) is not None:
            return found
        time.sleep(0.5)
    raise AssertionError("not in time")


def by_hand(env: dict[str, str]) -> list[dict]:
    """The runs that no schedule started."""
    return [run for run in ask(env, "/flow_runs/filter") if run["deployment_id"] is None]


@pytest.mark.flow
def test_a_run_is_recorded_with_its_state_and_outcomes(server, tmp_path) -> None:
    done = command(
        "flows", "ingest", "--from", "samples", "--prefect", "--data", tmp_path, env=server
    )
    assert done.returncode == 0, done.stderr
    runs = by_hand(server)
    assert runs[0]["state_name"] == "Partial"  # four sample pages are no articles
    assert "52 articles" in runs[0]["state"]["message"]
    artifacts = {
        one["key"]: json.loads(one["data"])
        for one in ask(server, "/artifacts/filter")
        if one["key"]
    }
    outcomes = {(row["stage"], row["outcome"]): row["count"] for row in artifacts["outcomes"]}
    assert outcomes["read", "OK"] == 52


@pytest.mark.flow
def test_a_run_that_read_nothing_has_failed(server, tmp_path) -> None:
    (tmp_path / "MANIFEST.tsv").write_text("file\turl\na.html\thttp://www.gxjjw.gov.cn/a\n")
    (tmp_path / "a.html").write_text("<html><body>nothing</body></html>")
    words = ("ingest", "--from", "folder", tmp_path, "--prefect", "--data", tmp_path / "data")
    done = command("flows", *words, env=server)
    assert done.returncode == 3, done.stderr
    failed = [run for run in by_hand(server) if run["state_type"] == "FAILED"]
    assert [run["state_name"] for run in failed] == ["Empty"]


@pytest.mark.flow
def test_without_a_server_a_run_keeps_its_records_with_the_data(tmp_path) -> None:
    env = {name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"}
    words = ("ingest", "--from", "samples", "--prefect", "--data", tmp_path)
    done = command("flows", *words, env=env)
    assert done.returncode == 0, done.stderr
    assert "Prefect took" in done.stderr
    with closing(sqlite3.connect(tmp_path / "prefect" / "prefect.db")) as records:
        assert records.execute("SELECT state_name FROM flow_run").fetchall() == [("Partial",)]
        assert records.execute("SELECT state_name FROM task_run").fetchall() == [("Completed",)]
        assert records.execute("SELECT key FROM artifact").fetchall() == [("outcomes",)]


@pytest.mark.flow
def test_the_server_of_a_run_ends_with_it_however_it_ends(tmp_path) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path\n"
        "from flows.local_server import prefect_for_a_run\n"
        "with prefect_for_a_run(Path(sys.argv[1])):\n"
        "    print(os.environ['PREFECT_API_URL'], flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    env = {name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"}
    words = (sys.executable, "-c", code, str(tmp_path))
    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    until(lambda: None if answers(done.stdout.strip() + "/health") else True, 30)


def answers(url: str) -> bool:
    try:
        return urlopen(url, timeout=5).status == 200
    except (URLError, OSError):
        return False


def test_what_the_server_of_a_run_leaves_out_is_still_called_so() -> None:
    code = "from prefect.server.api import server; print(server.background_worker.__name__)"
    assert python(code).strip() == "background_worker"


def test_without_a_server_the_command_line_does_the_same(qinqing, tmp_path) -> None:
    dead = {"PREFECT_API_URL": f"http://127.0.0.1:{free_port()}/api"}
    done = qinqing("ingest", "--from", "samples", "--data", tmp_path, **dead)
    assert done.returncode == 0, done.stderr
    told = qinqing("doctor", "--data", tmp_path, "--format", "jsonl", **dead)
    found = {row["what"]: row for row in map(json.loads, told.stdout.splitlines())}
    assert found["Prefect"]["level"] == "fail"
    assert "verbs need none" in found["Prefect"]["remedy"]
    asked = qinqing("ingest", "--from", "samples", "--prefect", "--data", tmp_path / "b", **dead)
    assert asked.returncode == 1
    assert asked.stderr.startswith("error: no Prefect server answers at http://127.0.0.1:")

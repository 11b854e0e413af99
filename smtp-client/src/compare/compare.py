#!/usr/bin/python3
"""Our SMTP client beside others, against one smtp-sink: medians as a Markdown table.

Build first:  mvn -Pcompare -pl simulator/app -am -DskipTests package
Then run:     smtp-client/src/compare/compare.py [--rounds N] [--messages N] [--warm-up N]
                                                  [--connections 1,20] [--one-processor]
                                                  [--real-time]

Needs Postfix's smtp-sink and smtp-source. In each round every client has its turn, and each round
begins with another one, so that what else the machine does falls on all alike.

With one connection, client and sink only ever wait for each other. On two processors waking the
other one costs up to ten times the work itself, and it is chance where the system puts them;
--one-processor takes that chance away, but lets a JVM's compiler run beside the work it measures.
--real-time (as root) keeps everything else on the machine from taking part.
"""

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
MAILFLOW = ROOT / "simulator/mailflow"
CLASSES = ROOT / "smtp-client/target/test-classes"
COMPARISON = CLASSES / "io/github/mailflowlab/compare/Comparison.class"
LIBRARIES = ROOT / "smtp-client/target/compare-lib"
SIZE = 4096
HOST = "127.0.0.1"


def postfix(name):
    found = shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin")
    if found is None:
        sys.exit(f"{name} not found: install Postfix.")
    return found


def output_of(command):
    """Standard output of a command, which must not fail."""
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


class SmtpSource:
    """Native code: nothing to warm up, and its whole life is measured."""

    def __init__(self, name, *options):
        self.name = name
        self.options = options
        self.program = postfix("smtp-source")

    def measure(self, port, connections, messages, warm_up):
        command = [self.program, *self.options, "-l", str(SIZE), "-m", str(messages)]
        begin = time.monotonic()
        child = subprocess.Popen([*command, "-s", str(connections), f"{HOST}:{port}"])
        _, status, used = os.wait4(child.pid, 0)
        seconds = time.monotonic() - begin
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            sys.exit(f"{self.name} failed with status {child.returncode}.")
        return {
            "messagesPerSecond": messages / seconds,
            "cpuMillisPerThousand": (used.ru_utime + used.ru_stime) * 1e6 / messages,
        }


class MailFlow:
    """Ours, as its command measures it."""

    def __init__(self, name, *options):
        self.name = name
        self.options = options

    def measure(self, port, connections, messages, warm_up):
        command = [MAILFLOW, "bench", "client", f"{HOST}:{port}", "--json", *self.options]
        command += ["--connections", str(connections), "--size", str(SIZE)]
        return json.loads(
            output_of(command + ["--messages", str(messages), "--warm-up", str(warm_up)])
        )


class Library:
    """One of src/compare/java, with the launcher's options for the JVM."""

    def __init__(self, name, main):
        self.name = name
        self.main = "io.github.mailflowlab.compare." + main

    def measure(self, port, connections, messages, warm_up):
        java = Path(os.environ["JAVA_HOME"], "bin/java") if "JAVA_HOME" in os.environ else "java"
        command = [java, "-XX:+UseSerialGC", "-cp", f"{CLASSES}:{LIBRARIES}/*", self.main]
        arguments = [HOST, port, connections, messages, warm_up, SIZE]
        return json.loads(output_of(command + list(map(str, arguments))))


def start_sink():
    with socket.create_server((HOST, 0)) as free:
        port = free.getsockname()[1]
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    sink = subprocess.Popen([postfix("smtp-sink"), *user, f"{HOST}:{port}", "1000"])
    for _ in range(50):
        time.sleep(0.1)
        try:
            socket.create_connection((HOST, port)).close()
            return sink, port
        except ConnectionRefusedError:
            pass
    sys.exit("smtp-sink does not listen.")


def share_one_processor(sink):
    """What is started from now on runs where the sink runs."""
    one = {min(os.sched_getaffinity(0))}
    os.sched_setaffinity(0, one)
    os.sched_setaffinity(sink.pid, one)


def go_first(sink):
    """What is started from now on, and the sink, run before all that is not real-time."""
    for process in 0, sink.pid:
        os.sched_setscheduler(process, os.SCHED_FIFO, os.sched_param(10))


def median(results, key):
    values = [result[key] for result in results if key in result]
    return statistics.median(values) if values else None


def shown(value, form):
    return "" if value is None else format(value, form)


def print_table(connections, measured):
    print(f"\n| {connections} connections | messages/s | CPU µs | p50 ms | p99 ms | allocated |")
    print("|---|---|---|---|---|---|")
    for name, results in measured.items():
        cells = [
            shown(median(results, "messagesPerSecond"), ",.0f"),
            shown(median(results, "cpuMillisPerThousand"), ".0f"),
            shown(median(results, "p50Millis"), ".3f"),
            shown(median(results, "p99Millis"), ".3f"),
            shown(median(results, "allocatedPerMessage"), ",.0f"),
        ]
        print(f"| {name} | {' | '.join(cells)} |")


def print_ratios(measured, pairs):
    print()
    for ours, other in pairs:
        speed = median(measured[ours], "messagesPerSecond")
        ratio = speed / median(measured[other], "messagesPerSecond")
        print(f"- {ours} : {other} = {ratio:.2f}")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--messages", type=int, default=40_000)
    options.add_argument("--warm-up", type=int, default=60_000)
    options.add_argument("--connections", default="1,20")
    options.add_argument("--one-processor", action="store_true")
    options.add_argument("--real-time", action="store_true")
    chosen = options.parse_args()
    if not COMPARISON.is_file() or not (ROOT / "simulator/app/target/mailflow.jar").is_file():
        sys.exit(__doc__)

    ours = MailFlow("mailflow")
    source = SmtpSource("smtp-source", "-d")
    ours_once = MailFlow("mailflow, a connection each", "--no-reuse")
    source_once = SmtpSource("smtp-source, a connection each")
    libraries = [
        Library("NioSmtpClient 1.2.0", "NioSmtp"),
        Library("Angus Mail 2.0.5", "AngusMail"),
        Library("Vert.x mail client 5.0.8", "VertxMail"),
    ]
    clients = [ours, source, *libraries, ours_once, source_once]
    pairs = [(ours.name, other.name) for other in [source, *libraries]]
    pairs.append((ours_once.name, source_once.name))

    sink, port = start_sink()
    if chosen.one_processor:
        share_one_processor(sink)
    if chosen.real_time:
        go_first(sink)
    try:
        for connections in map(int, chosen.connections.split(",")):
            measured = {client.name: [] for client in clients}
            for turn in range(chosen.rounds):
                for client in clients[turn % len(clients) :] + clients[: turn % len(clients)]:
                    result = client.measure(
                        port, connections, chosen.messages, chosen.warm_up
                    )
                    measured[client.name].append(result)
                    speed = result["messagesPerSecond"]
                    print(f"{connections} {client.name}: {speed:,.0f}", file=sys.stderr)
            print_table(connections, measured)
            print_ratios(measured, pairs)
    finally:
        sink.terminate()
        sink.wait()


if __name__ == "__main__":
    main()

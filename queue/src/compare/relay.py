#!/usr/bin/python3
"""Mail Flow Lab's durable relay beside Postfix's, on one journalled file system, as a Markdown table.

Build first:  mvn -pl simulator/app -am -DskipTests package
Then, as root: queue/src/compare/relay.py [--rounds N] [--messages N] [--warm-up N] [--rows A,B]
or, for the speed of each minute without Postfix: queue/src/compare/relay.py --minutes N
or, for two nodes on one empty PostgreSQL database:  queue/src/compare/relay.py --spool URL

Both take mail from Postfix's smtp-source, store it on an ext4 image on a loop device, flushed
before it is acknowledged, and give it to one smtp-sink. Before that, Mail Flow Lab takes --warm-up
messages, for its compiler. Rounds alternate, so that what else the machine does falls on both
alike; shown are medians. Time runs from the start of smtp-source to the last message at the sink.
CPU is user and system time of all processes of a relay, without source and sink.
"""

import argparse
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
MAILFLOW = ROOT / "simulator/mailflow"
HOST = "127.0.0.1"
PATIENCE = 300
TICKS = os.sysconf("SC_CLK_TCK")

# Postfix has no compiler to wait for, only processes to start.
POSTFIX_WARM_UP = 2_000

# Name, options of smtp-source, messages in proportion to --messages.
ROWS = {
    "kept": ("20 kept sessions, 4 KiB", ["-d", "-s", "20", "-l", "4096"], 1.0),
    "each": ("a connection per message, 20 at once, 4 KiB", ["-s", "20", "-l", "4096"], 0.7),
    "one": ("one kept session, 4 KiB", ["-d", "-s", "1", "-l", "4096"], 0.3),
    "large": ("20 kept sessions, 64 KiB", ["-d", "-s", "20", "-l", "65536"], 0.3),
}

MAIN_CF = """\
compatibility_level = 3.6
queue_directory = {base}/spool
data_directory = {base}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = relay.example
mydestination =
alias_maps =
local_recipient_maps =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
relayhost = [127.0.0.1]:{sink}
smtp_dns_support_level = disabled
smtpd_peername_lookup = no
# Tuned: as many processes as sessions, no brakes, connections kept, no need for a log.
default_process_limit = 200
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
in_flow_delay = 0
initial_destination_concurrency = 20
default_destination_concurrency_limit = 20
smtp_connection_cache_destinations = [127.0.0.1]:{sink}
smtp_connection_reuse_count_limit = 0
qmgr_message_active_limit = 20000
max_use = 10000
maillog_file =
"""

MASTER_CF = """\
{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
"""

CONFIG = """\
organization:
  domains: [{{ name: bench.example, type: InternalRelay }}]
listen: {{ smtp: "127.0.0.1:{port}", http: "127.0.0.1:{http}" }}
{place}
# Kept as long as Postfix keeps them.
connections: {{ messages: 1000 }}
connectors:
  - name: To the sink
    connectorType: OnPremises
    recipientDomains: [bench.example]
    smartHosts: ["[127.0.0.1]:{sink}"]
"""


def program(name):
    found = shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin:/sbin")
    if found is None:
        sys.exit(f"SKIPPED: {name} not found (install Postfix and e2fsprogs).")
    return found


def free_port():
    with socket.create_server((HOST, 0)) as server:
        return server.getsockname()[1]


def await_port(port, what):
    for _ in range(PATIENCE * 10):
        try:
            socket.create_connection((HOST, port)).close()
            return
        except ConnectionRefusedError:
            time.sleep(0.1)
    sys.exit(f"{what} does not listen.")


def cpu_seconds(root):
    """Of a process and all below it, also those that have ended and were waited for."""
    parents, used = {}, {}
    for entry in Path("/proc").iterdir():
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except (OSError, ValueError):
            continue
        if entry.name.isdigit():
            parents[int(entry.name)] = int(fields[1])
            used[int(entry.name)] = sum(map(int, fields[11:15])) / TICKS
    total = 0
    for pid in used:
        above = pid
        while above != root and above in parents:
            above = parents[above]
        total += used[pid] if above == root else 0
    return total


class Image:
    """An ext4 file system of its own, with a journal, on a loop device."""

    def __init__(self, megabytes):
        if os.geteuid() != 0:
            sys.exit("SKIPPED: only root can mount an image.")
        self.folder = Path(tempfile.mkdtemp(prefix="mailflow-relay-"))
        self.mount = self.folder / "mount"
        self.folder.chmod(0o755)  # Postfix's user has to get through.
        self.mount.mkdir()
        image = self.folder / "image"
        with image.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, megabytes << 20)
        subprocess.run([program("mkfs.ext4"), "-q", "-F", image], check=True)
        mounted = subprocess.run(["mount", "-o", "loop,noatime", image, self.mount])
        if mounted.returncode != 0:
            shutil.rmtree(self.folder)
            sys.exit("SKIPPED: no loop device can be mounted here.")

    def close(self):
        subprocess.run(["umount", self.mount], check=True)
        shutil.rmtree(self.folder)


class Sink:
    """smtp-sink, whose running count of messages is read from the file it writes."""

    def __init__(self, folder, port):
        self.port = port
        self.count = folder / "sink.count"
        user = ["-u", "nobody"]
        with self.count.open("wb") as out:
            self.child = subprocess.Popen(
                [program("smtp-sink"), *user, "-c", f"{HOST}:{port}", "1000"], stdout=out
            )
        await_port(port, "smtp-sink")

    def messages(self):
        with self.count.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - 200))
            counts = re.findall(r"mesg=\s*(\d+)", file.read().decode())
        return int(counts[-1]) if counts else 0

    def await_messages(self, count):
        deadline = time.monotonic() + PATIENCE
        while self.messages() < count:
            if time.monotonic() > deadline:
                sys.exit(f"only {self.messages()} of {count} messages reached the sink.")
            time.sleep(0.002)

    def close(self):
        self.child.terminate()
        self.child.wait()


class Postfix:
    name = "Postfix"

    def __init__(self, mount, sink):
        self.port = free_port()
        self.base = mount / "postfix"
        self.config = self.base / "etc"
        self.config.mkdir(parents=True)
        (self.base / "spool").mkdir()
        (self.base / "data").mkdir()
        shutil.chown(self.base / "data", "postfix")
        (self.config / "main.cf").write_text(MAIN_CF.format(base=self.base, sink=sink))
        (self.config / "master.cf").write_text(MASTER_CF.format(port=self.port))
        for entry in Path("/etc/postfix").glob("dynamicmaps.cf*"):
            (self.config / entry.name).symlink_to(entry)
        self.run("start")
        self.pid = int((self.base / "spool/pid/master.pid").read_text())
        await_port(self.port, self.name)

    def run(self, command):
        done = subprocess.run(
            [program("postfix"), "-c", self.config, command], capture_output=True, text=True
        )
        if done.returncode != 0:
            sys.exit(f"postfix {command} failed:\n{done.stdout}{done.stderr}")

    def close(self):
        self.run("stop")


class MailFlow:
    name = "Mail Flow Lab"

    def __init__(self, folder, sink, spool=None):
        self.port = free_port()
        folder.mkdir()
        config = folder / "mailflow.yaml"
        place = f"spool: '{spool}'" if spool else f"data: {folder / 'data'}"
        config.write_text(
            CONFIG.format(port=self.port, http=free_port(), place=place, sink=sink)
        )
        self.child = subprocess.Popen(
            [MAILFLOW, "run", "--config", config], stdout=subprocess.DEVNULL
        )
        self.pid = self.child.pid
        await_port(self.port, self.name)

    def close(self):
        self.child.terminate()
        self.child.wait()


def source(relay, options, messages):
    return (
        [program("smtp-source"), *options, "-m", str(messages)]
        + ["-f", "source@bench.example", "-t", "sink@bench.example", f"{HOST}:{relay.port}"]
    )


def measure(relay, sink, options, messages):
    before, cpu, begin = sink.messages(), cpu_seconds(relay.pid), time.monotonic()
    subprocess.run(source(relay, options, messages), check=True)
    sink.await_messages(before + messages)
    seconds = time.monotonic() - begin
    time.sleep(0.5)  # What is still being recorded belongs to it.
    return messages / seconds, (cpu_seconds(relay.pid) - cpu) / messages * 1000


def print_row(title, results, relays):
    ours, theirs = (
        [statistics.median(values) for values in zip(*results[relay.name])] for relay in relays
    )
    print(
        f"| {title} | {ours[0]:,.0f} | {theirs[0]:,.0f} | {ours[0] / theirs[0]:.1f} "
        f"| {ours[1]:.3f} | {theirs[1]:.3f} | 1/{theirs[1] / ours[1]:.1f} |",
        flush=True,
    )


def compare(chosen, relays, sink):
    for relay in relays:
        warm_up = chosen.warm_up if relay.name == MailFlow.name else POSTFIX_WARM_UP
        measure(relay, sink, ROWS["kept"][1], warm_up)
    print("\n| | messages/s | Postfix | times | CPU s/1000 | Postfix | of Postfix's |")
    print("|---|---|---|---|---|---|---|", flush=True)
    for row in chosen.rows.split(","):
        title, options, share = ROWS[row]
        results = {relay.name: [] for relay in relays}
        for turn in range(chosen.rounds):
            for relay in relays if turn % 2 == 0 else reversed(relays):
                result = measure(relay, sink, options, int(chosen.messages * share))
                results[relay.name].append(result)
                print(f"{row} {relay.name}: {result[0]:,.0f}/s", file=sys.stderr, flush=True)
        print_row(title, results, relays)


def endure(minutes, relay, sink):
    """Messages per second of each minute, over 20 kept sessions, without Postfix."""
    bringing = subprocess.Popen(
        source(relay, ROWS["kept"][1], minutes * 1_000_000), stderr=subprocess.DEVNULL
    )
    begin, before = time.monotonic(), sink.messages()
    for minute in range(1, minutes + 1):
        time.sleep(max(0, begin + 60 * minute - time.monotonic()))
        now = sink.messages()
        print(f"minute {minute}: {(now - before) / 60:,.0f}/s", flush=True)
        before = now
    bringing.terminate()
    bringing.wait()


def share(chosen, leader, follower, sink):
    """Messages per second, taken and delivered, when mail is brought to either of two nodes."""
    for name, relay in ("leader", leader), ("follower", follower):
        measure(relay, sink, ROWS["kept"][1], chosen.warm_up)
        before, begin = sink.messages(), time.monotonic()
        subprocess.run(source(relay, ROWS["kept"][1], chosen.messages), check=True)
        taken = chosen.messages / (time.monotonic() - begin)
        sink.await_messages(before + chosen.messages)
        delivered = chosen.messages / (time.monotonic() - begin)
        print(f"{name}: {taken:,.0f}/s taken, {delivered:,.0f}/s delivered", flush=True)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--messages", type=int, default=20_000)
    options.add_argument("--warm-up", type=int, default=120_000)
    options.add_argument("--rows", default=",".join(ROWS), help="of " + ", ".join(ROWS))
    options.add_argument("--minutes", type=int, default=0, help="only the speed of each minute")
    options.add_argument("--spool", help="only two nodes, on this PostgreSQL database")
    options.add_argument("--image-megabytes", type=int, default=4096)
    chosen = options.parse_args()
    if not (ROOT / "simulator/app/target/mailflow.jar").is_file():
        sys.exit(__doc__)
    image = Image(chosen.image_megabytes)
    parts = []
    try:
        parts.append(Sink(image.folder, free_port()))
        parts.append(MailFlow(image.mount / "mailflow", parts[0].port, chosen.spool))
        if chosen.spool:
            parts.append(MailFlow(image.mount / "other", parts[0].port, chosen.spool))
            share(chosen, parts[1], parts[2], parts[0])
            return
        if chosen.minutes > 0:
            measure(parts[1], parts[0], ROWS["kept"][1], chosen.warm_up)
            endure(chosen.minutes, parts[1], parts[0])
            return
        parts.append(Postfix(image.mount, parts[0].port))
        compare(chosen, parts[1:], parts[0])
    finally:
        for part in reversed(parts):
            part.close()
        image.close()


if __name__ == "__main__":
    main()

#!/usr/bin/python3
"""Tries the built program against stock mail software, as a user would.

Needs from Debian: postfix (smtp-sink), swaks, python3-aiosmtpd, python3-flufl.bounce,
libsisimai-perl, libpython3.11-testsuite (sample mails). Every test starts its own lab on free
ports of 127.0.0.1 with a data directory of its own.
"""

import contextlib
import email.message
import email.policy
import glob
import json
import os
import random
import signal
import smtplib
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from aiosmtpd.controller import Controller
from flufl.bounce import all_failures

from trial import free_port, listening, wait_until

HERE = os.path.dirname(os.path.abspath(__file__))
MAILFLOW = os.path.normpath(os.path.join(HERE, "..", "..", "..", "mailflow"))
SAMPLES = "/usr/lib/python3*/test/test_email/data/msg_*.txt"
MAILS = 100


class Recorder:
    """A receiver that keeps what it gets, octet by octet."""

    def __init__(self):
        self.mails = []
        self.lock = threading.Lock()

    async def handle_DATA(self, server, session, envelope):
        with self.lock:
            self.mails.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.original_content))
        return "250 2.0.0 kept"


class Lab:
    """A running lab."""

    def __init__(self, directory, connectors):
        self.directory = directory
        self.config = os.path.join(directory, "lab.yaml")
        lines = [
            "organization:",
            "  domains:",
            "    - { name: contoso.example, type: InternalRelay, mailboxes: [alice@contoso.example] }",
            "  admins: [admin@contoso.example]",
            'listen: { smtp: "127.0.0.1:0", http: "127.0.0.1:0" }',
            "data: ./data",
            "connectors:",
        ]
        for domain, port in connectors.items():
            lines += [
                "  - name: To %s" % domain,
                "    connectorType: OnPremises",
                '    recipientDomains: ["%s"]' % domain,
                '    smartHosts: ["[127.0.0.1]:%d"]' % port,
            ]
        with open(self.config, "w", encoding="ascii") as file:
            file.write("\n".join(lines) + "\n")
        self.start()

    def start(self):
        self.log = open(os.path.join(self.directory, "log"), "a", encoding="utf-8")
        self.process = subprocess.Popen(
            [MAILFLOW, "run", "--config", self.config],
            stdout=subprocess.PIPE, stderr=self.log, text=True)
        ready = self.process.stdout.readline()
        if not ready.startswith("mailflow ready "):
            raise AssertionError("not ready: %r" % ready)
        fields = dict(word.split("=", 1) for word in ready.split()[2:])
        self.smtp_port = int(fields["smtp"].rsplit(":", 1)[1])
        self.url = fields["http"].rstrip("/")

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.log.close()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(30)
        self.process.stdout.close()
        self.log.close()
        return status

    def run(self, *arguments, raw=False):
        result = subprocess.run(
            [MAILFLOW, *arguments, "--url", self.url], capture_output=True, check=True)
        return result.stdout if raw else json.loads(result.stdout)

    def client(self):
        return smtplib.SMTP("127.0.0.1", self.smtp_port, timeout=30)


def sample_mails():
    """Mails of all kinds: the samples of Python's own test suite, and made ones up to a hundred."""
    mails = []
    for name in sorted(glob.glob(SAMPLES)):
        with open(name, "rb") as file:
            mails.append(file.read())
    generator = random.Random(1)
    while len(mails) < MAILS:
        mails.append(made_mail(generator, len(mails)))
    return [normalised(mail) for mail in mails[:MAILS]]


def made_mail(generator, number):
    mail = email.message.EmailMessage(policy=email.policy.SMTP)
    mail["From"] = "Alice Example <alice@contoso.example>"
    mail["To"] = "bob@onprem.example"
    mail["Subject"] = "Sample %d: Grüße aus dem Labor" % number
    words = [".", "..", "", "From here", "línea", "text", "." * 70, "=3D", " indented"]
    mail.set_content("\n".join(generator.choice(words) for _ in range(generator.randrange(1, 400))),
                     cte=generator.choice(["8bit", "quoted-printable", "base64"]))
    if number % 3 == 0:
        mail.add_attachment(generator.randbytes(generator.randrange(1, 300_000)),
                            maintype="application", subtype="octet-stream", filename="data.bin")
    return mail.as_bytes()


def normalised(mail):
    mail = mail.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n", b"\r\n")
    return mail if mail.endswith(b"\r\n") else mail + b"\r\n"


def without_trace(mail):
    """The mail as it was before the intake prepended its one header field."""
    lines = mail.split(b"\r\n")
    if not lines[0].startswith(b"Received:"):
        raise AssertionError("no Received on top: %r" % lines[0])
    first = 1
    while lines[first][:1] in (b" ", b"\t"):
        first += 1
    return b"\r\n".join(lines[first:])


class Acceptance(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.TemporaryDirectory()
        self.addCleanup(self.directory.cleanup)

    def lab(self, connectors):
        lab = Lab(self.directory.name, connectors)
        self.addCleanup(lambda: lab.process.poll() is None and lab.kill())
        return lab

    def receiver(self, port, **options):
        recorder = Recorder()
        controller = Controller(recorder, hostname="127.0.0.1", port=port, decode_data=False, **options)
        controller.start()
        self.addCleanup(controller.stop)
        return recorder

    def test_a_hundred_mails_through_three_connectors_arrive_octet_by_octet(self):
        ports = [free_port() for _ in range(3)]
        recorders = [self.receiver(ports[0]), self.receiver(ports[1])]
        sink_directory = os.path.join(self.directory.name, "sink")
        os.mkdir(sink_directory)
        os.chmod(self.directory.name, 0o755)
        os.chmod(sink_directory, 0o777)
        sink = subprocess.Popen(
            ["/usr/sbin/smtp-sink", "-u", "nobody", "-d", "mail.%M.", "127.0.0.1:%d" % ports[2], "100"],
            cwd=sink_directory)
        self.addCleanup(sink.wait)
        self.addCleanup(sink.terminate)
        wait_until(lambda: listening(ports[2]), "smtp-sink listens")
        domains = ["one.example", "two.example", "three.example"]
        lab = self.lab(dict(zip(domains, ports)))
        mails = sample_mails()
        expected = {domain: [] for domain in domains}
        with lab.client() as client:
            for number, mail in enumerate(mails):
                domain = domains[number % 3]
                client.sendmail("alice@contoso.example", ["bob@" + domain], mail,
                                mail_options=["BODY=8BITMIME"] if max(mail) > 127 else [])
                expected[domain].append(mail)
        for domain, recorder in zip(domains, recorders):
            wait_until(lambda: len(recorder.mails) == len(expected[domain]), domain)
            arrived = sorted(without_trace(content) for _, _, content in recorder.mails)
            self.assertEqual(arrived, sorted(expected[domain]))
        self.assertEqual(self.sunk(sink_directory, len(expected["three.example"])),
                         sorted(expected["three.example"]))
        self.assertEqual(lab.stop(), 0)

    def sunk(self, directory, count):
        """What smtp-sink wrote, without the fields it puts on top, its line ends made CRLF."""
        def complete():
            return [name for name in glob.glob(directory + "/mail.*") if os.path.getsize(name)]
        wait_until(lambda: len(complete()) == count, "smtp-sink has %d mails" % count)
        time.sleep(1)
        mails = []
        for name in complete():
            with open(name, "rb") as file:
                content = normalised(file.read())
            # It ends each file with an empty line of its own.
            mails.append(without_trace(content[own_received(content):-len(b"\r\n")]))
        return sorted(mails)

    def test_a_receiver_that_is_down_gives_retry_and_one_ndr_per_message(self):
        port = free_port()
        lab = self.lab({"onprem.example": port})
        swaks = subprocess.run(
            ["swaks", "--server", "127.0.0.1:%d" % lab.smtp_port, "--from", "alice@contoso.example",
             "--to", "bob@onprem.example,carol@onprem.example"], capture_output=True, text=True)
        self.assertEqual(swaks.returncode, 0, swaks.stdout)
        self.assertRegex(swaks.stdout, r"250 2\.6\.0 <[^>]+> \[InternalId=[a-z0-9]+\] Queued mail for delivery")
        with lab.client() as client:
            for number in range(4):
                client.sendmail("alice@contoso.example", ["dave%d@onprem.example" % number],
                                b"Subject: number %d\r\n\r\nHello.\r\n" % number)
        expected = ("450 4.4.316 Connection refused [Message=Socket error code 10061] "
                    "[LastAttemptedServerName=127.0.0.1] [LastAttemptedIP=127.0.0.1:%d]" % port)

        def in_retry():
            queues = lab.run("queue", "list", "--json")["queues"]
            return queues if queues and queues[0]["status"] == "Retry" else None
        queue = wait_until(in_retry, "the queue is in Retry")[0]
        self.assertEqual((queue["lastError"], queue["messageCount"], queue["code"]), (expected, 5, "4.4.316"))
        lab.run("clock", "advance", "PT24H", "--json")
        ndrs = lab.run("mailbox", "list", "alice@contoso.example", "--json")["messages"]
        self.assertEqual([(mail["ndr"], mail["status"]) for mail in ndrs], [(True, "5.4.316")] * 5)
        for mail in ndrs:
            raw = lab.run("mailbox", "show", mail["id"], "--raw", raw=True)
            self.assertIn(b"\r\nStatus: 5.4.316\r\n", raw)
            self.check_parsers(raw)
        alerts = lab.run("alerts", "list", "--json")["alerts"]
        self.assertEqual(alerts, [])
        self.assertEqual(lab.stop(), 0)

    def reports(self, lab, count):
        """The reports in the sender's mailbox, once there are so many; each with its octets."""
        def listed():
            mails = lab.run("mailbox", "list", "alice@contoso.example", "--json")["messages"]
            return mails if len(mails) >= count else None
        mails = wait_until(listed, "%d reports" % count)
        self.assertEqual(len(mails), count)
        return [(mail, lab.run("mailbox", "show", mail["id"], "--raw", raw=True)) for mail in mails]

    def test_a_receiver_without_dsn_has_the_mail_reported_as_relayed(self):
        port = free_port()
        recorder = self.receiver(port)
        lab = self.lab({"onprem.example": port})
        with lab.client() as client:
            client.sendmail("alice@contoso.example", ["bob@onprem.example"],
                            b"Subject: report it\r\n\r\nThe body.\r\n",
                            mail_options=["RET=HDRS", "ENVID=x1"],
                            rcpt_options=["NOTIFY=SUCCESS,FAILURE", "ORCPT=rfc822;bob@onprem.example"])
        [(mail, raw)] = self.reports(lab, 1)
        self.assertEqual((mail["ndr"], len(recorder.mails)), (False, 1))
        for field in (b"Action: relayed", b"Original-Envelope-Id: x1", b"Status: 2.0.0",
                      b"Original-Recipient: rfc822;bob@onprem.example"):
            self.assertIn(b"\r\n" + field, raw)
        self.assertIn(b"Subject: report it", raw)
        self.assertNotIn(b"The body.", raw)
        self.assertEqual(lab.stop(), 0)

    def test_mail_in_utf8_goes_where_that_is_known_and_comes_back_from_elsewhere(self):
        ports = [free_port(), free_port()]
        knowing = self.receiver(ports[0], enable_SMTPUTF8=True)
        other = self.receiver(ports[1], enable_SMTPUTF8=False)
        lab = self.lab({"knows.example": ports[0], "other.example": ports[1]})
        mail = "From: <alice@contoso.example>\r\nTo: Jürgen\r\nSubject: Grüße, 世界\r\n\r\nHello.\r\n".encode()
        with lab.client() as client:
            for domain in ("knows.example", "other.example"):
                client.sendmail("alice@contoso.example", ["jürgen@" + domain], mail,
                                mail_options=["SMTPUTF8", "BODY=8BITMIME"])
        wait_until(lambda: knowing.mails, "the mail has arrived")
        _, recipients, content = knowing.mails[0]
        self.assertEqual((recipients, without_trace(content)), (["jürgen@knows.example"], mail))
        [(report, raw)] = self.reports(lab, 1)
        self.assertEqual((report["ndr"], report["status"], other.mails), (True, "5.6.7", []))
        self.assertIn("utf-8;jürgen@other.example".encode(), raw)
        self.assertEqual(lab.stop(), 0)

    def test_twenty_megabytes_arrive_octet_by_octet(self):
        port = free_port()
        recorder = self.receiver(port, data_size_limit=None)
        lab = self.lab({"onprem.example": port})
        lines = [b"%d " % number + b"." * (number % 77) for number in range(400_000)]
        mail = b"Subject: big\r\n\r\n" + b"\r\n".join(lines) + b"\r\n"
        self.assertGreater(len(mail), 18_000_000)
        with lab.client() as client:
            client.sendmail("alice@contoso.example", ["bob@onprem.example"], mail)
        wait_until(lambda: recorder.mails, "the mail has arrived")
        self.assertTrue(without_trace(recorder.mails[0][2]) == mail)
        self.assertEqual(lab.stop(), 0)

    def check_parsers(self, raw):
        """Two parsers that know nothing of us must read the same of an NDR."""
        temporary, permanent = all_failures(
            email.message_from_bytes(raw, policy=email.policy.compat32))
        self.assertEqual(temporary, set())
        recipients = sorted(address.decode() for address in permanent)
        name = os.path.join(self.directory.name, "ndr.eml")
        with open(name, "wb") as file:
            file.write(raw)
        parsed = json.loads(subprocess.run(
            ["perl", "-MSisimai", "-e", "print Sisimai->dump(shift)", name],
            capture_output=True, check=True).stdout)
        self.assertTrue(recipients)
        self.assertEqual(sorted(one["recipient"] for one in parsed), recipients)
        for one in parsed:
            self.assertEqual(one["deliverystatus"], "5.4.316")
            self.assertIn("550 5.4.316 Message expired, connection refused", one["diagnosticcode"])

    def test_kill_9_under_load_loses_nothing(self):
        port = free_port()
        recorder = self.receiver(port)
        lab = self.lab({"onprem.example": port})
        acknowledged = []
        done = threading.Event()

        def load(worker):
            number = 0
            with contextlib.suppress(smtplib.SMTPException, OSError):
                with lab.client() as client:
                    while not done.is_set():
                        mark = "w%dn%d" % (worker, number)
                        client.sendmail("alice@contoso.example", ["bob@onprem.example"],
                                        b"Subject: " + mark.encode() + b"\r\n\r\nHello.\r\n")
                        acknowledged.append(mark)
                        number += 1
        for round_number in range(3):
            target = len(acknowledged) + 300
            workers = [threading.Thread(target=load, args=(round_number * 10 + n,)) for n in range(4)]
            for worker in workers:
                worker.start()
            wait_until(lambda: len(acknowledged) >= target, "300 acknowledged")
            lab.kill()
            for worker in workers:
                worker.join()
            lab.start()

        def subjects():
            with recorder.lock:
                return [content.split(b"Subject: ", 1)[1].split(b"\r\n", 1)[0].decode()
                        for _, _, content in recorder.mails]
        wait_until(lambda: set(acknowledged) <= set(subjects()), "all acknowledged mail has arrived", 120)
        duplicates = len(subjects()) - len(set(subjects()))
        print("acknowledged %d, kills 3, lost 0, duplicates %d" % (len(acknowledged), duplicates))
        self.assertLessEqual(duplicates, 3 * 20)
        self.assertEqual(lab.stop(), 0)


def own_received(content):
    """Where the intake's field starts in a file of smtp-sink, which has one of its own above."""
    second = content.index(b"\r\nReceived:", content.index(b"\r\nReceived:") + 2)
    return second + 2


if __name__ == "__main__":
    unittest.main(verbosity=2)

"""Mail that really arrives: a running lab, and connectors to the servers that keep what they get."""

import json
import os
import random
import re
import signal
import socketserver
import subprocess
import threading

from trial import wait_until

SENDER = "alice@contoso.example"


def state(recipient):
    """Delivered, Failed 5.1.1, Pending 4.2.0; Pending alone before the first attempt has ended."""
    return " ".join(filter(None, [recipient["status"], recipient["code"]]))


class Greylist(socketserver.ThreadingTCPServer):
    """Postfix asks it before each recipient; it says no once."""

    daemon_threads = True
    allow_reuse_address = True

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            for line in self.rfile:
                if not line.strip():
                    seen, self.server.seen = self.server.seen, True
                    answer = "dunno" if seen else "450 4.2.0 Greylisted, come back"
                    self.wfile.write(("action=%s\n\n" % answer).encode())

    def __init__(self):
        super().__init__(("127.0.0.1", 0), self.Handler)
        self.seen = False
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Lab:
    """A running instance with a connector for each domain."""

    def __init__(self, program, directory, dns, trust, connectors):
        self.program = program
        os.mkdir(directory)
        self.config = os.path.join(directory, "lab.yaml")
        lines = [
            "organization:",
            "  domains: [{ name: contoso.example, type: InternalRelay, mailboxes: [%s] }]" % SENDER,
            'listen: { smtp: "127.0.0.1:0", http: "127.0.0.1:0" }',
            "data: ./data",
            'dns: { servers: ["127.0.0.1:%d"] }' % dns,
            "timeouts: { block: PT2S }",
            "connectors:"]
        for domain, (target, validated) in connectors.items():
            lines += ["  - name: To %s" % domain, "    connectorType: OnPremises",
                      '    recipientDomains: ["%s"]' % domain,
                      '    smartHosts: ["%s"]' % target if target else "    useMXRecord: true"]
            if validated:
                lines += ["    tlsSettings: DomainValidation", "    tlsDomain: mail.onprem.example",
                          "    trust: %s" % trust]
        with open(self.config, "w", encoding="ascii") as file:
            file.write("\n".join(lines) + "\n")
        self.log = open(os.path.join(directory, "log"), "w", encoding="utf-8")
        self.process = subprocess.Popen([program, "run", "--config", self.config],
                                        stdout=subprocess.PIPE, stderr=self.log, text=True)
        ready = self.process.stdout.readline()
        if not ready.startswith("mailflow ready "):
            with open(self.log.name, encoding="utf-8") as log:
                raise AssertionError("not ready: %r %s" % (ready, log.read()))
        self.url = re.search(r"http=(\S+)/", ready)[1]

    def run(self, *arguments):
        result = subprocess.run([self.program, *arguments, "--json", "--url", self.url],
                                capture_output=True, text=True)
        if result.returncode:
            raise AssertionError("%s: %s" % (" ".join(arguments), result.stderr or result.stdout))
        return json.loads(result.stdout)

    def send(self, to, *files):
        recipients = [word for one in to for word in ("--to", one)]
        return [mail["id"] for mail in
                self.run("send", "--from", SENDER, *recipients, *files)["messages"]]

    def settled(self, mail, *wanted):
        """The trace, once the recipients have these states."""
        seen = []

        def trace_if_settled():
            trace = self.run("trace", mail)
            seen[:] = [state(one) for one in trace["recipients"]]
            return trace if sorted(seen) == sorted(wanted) else None
        try:
            return wait_until(trace_if_settled, "")
        except AssertionError:
            raise AssertionError("%s is %s, not %s" % (mail, seen, list(wanted))) from None

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        self.process.stdout.close()
        self.log.close()


def mails(directory):
    """Files with what a mail server could harm: dots, long lines, 8 bits, size."""
    head = b"From: <alice@contoso.example>\r\nSubject: Mail %d\r\nMessage-ID: <%d@contoso.example>\r\n" \
           b"Date: Sat, 01 Aug 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n" \
           b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    generator = random.Random(1)
    words = [b".", b"..", b"From here", "Grüße".encode(), b"x" * 998, b"", b" \t", b"QUIT", b"." * 70]
    contents = []
    for number, lines in enumerate((0, 1, 50, 40000)):
        body = b"".join(generator.choice(words) + b"\r\n" for _ in range(lines))
        contents.append(head % (number, number) + body)
    names = []
    for number, content in enumerate(contents):
        names.append(os.path.join(directory, "mail%d.eml" % number))
        with open(names[-1], "wb") as file:
            file.write(content)
    return names, contents


class Deliveries:
    """Each method is a case; what it finds wrong it raises."""

    def __init__(self, world, program):
        self.world = world
        self.program = program
        self.greylist = Greylist()
        postfix = world.postfix
        good = {"smtpd_tls_chain_files": world.good}
        self.down = world.ports.take()
        stuck = world.sink("-H", "20", "-T", "1024")
        mail = "mail.onprem.example:%d"
        self.connectors = {
            "postfix.example": (mail % postfix.listener(**good), True),
            "exim.example": (mail % world.exim.listener(world.good), True),
            "opensmtpd.example": (mail % world.opensmtpd.listener(), False),
            "grey.example": (mail % postfix.listener(
                **good, smtpd_recipient_restrictions="check_policy_service inet:127.0.0.1:%d"
                % self.greylist.server_address[1]), False),
            "mixed.example": (mail % postfix.listener(**good), False),
            "down.example": (mail % self.down, False),
            "stuck.example": (mail % stuck, False),
            "nullmx.example": (None, False),
            "gone.onprem.example": (None, False)}

    def start(self):
        self.lab = Lab(self.program, self.world.path("lab"), self.world.bind.port, self.world.trust,
                       self.connectors)
        self.files, self.contents = mails(self.world.path("lab"))

    def stop(self):
        self.greylist.shutdown()
        self.greylist.server_close()
        self.lab.stop()

    def arrives(self, server, domain, verb):
        sent = self.lab.send(["bob@" + domain], *self.files)
        for mail in sent:
            trace = self.lab.settled(mail, "Delivered 2.0.0")
            lines = [line for event in trace["events"] for line in event["transcript"]]
            if not any(line[3:].startswith(verb) for line in lines):
                raise AssertionError("%s was not sent by %s: %s" % (mail, verb, lines))
        wait_until(lambda: len(server.stored()) == len(sent), domain + " has all mails")
        for content in self.contents:
            if sum(stored.endswith(content) for stored in server.stored()) != 1:
                raise AssertionError("%s changed a mail of %d octets" % (domain, len(content)))
        return "%d mails by %s, the largest of %d octets, each as it was" % (
            len(sent), verb, max(len(content) for content in self.contents))

    def is_greylisted(self):
        [mail] = self.lab.send(["bob@grey.example"])
        self.lab.settled(mail, "Pending 4.2.0")
        self.lab.run("clock", "advance", "PT15M")
        self.lab.settled(mail, "Delivered 2.0.0")
        return "450 4.2.0 first, delivered 15 minutes later"

    def is_split(self):
        [mail] = self.lab.send(["bob@mixed.example", "ghost@mixed.example"])
        self.lab.settled(mail, "Delivered 2.0.0", "Failed 5.1.351")
        reports = [one for one in self.lab.run("mailbox", "list", SENDER)["messages"] if one["ndr"]]
        if len(reports) != 1:
            raise AssertionError("one NDR expected: %s" % reports)
        return "one delivered, one returned as 5.1.351 with one NDR"

    def survives_an_outage(self):
        [mail] = self.lab.send(["bob@down.example"])
        self.lab.settled(mail, "Pending 4.4.316")
        self.world.sink(port=self.down)
        self.lab.run("clock", "advance", "PT2M")
        self.lab.settled(mail, "Delivered 2.0.0")
        return "4.4.316 while it was down, then delivered"

    def gets_stuck(self):
        [mail] = self.lab.send(["bob@stuck.example"], self.files[-1])
        trace = self.lab.settled(mail, "Pending 4.4.318")
        return trace["recipients"][0]["lastError"]

    def fails(self, address, code):
        [mail] = self.lab.send([address])
        return self.lab.settled(mail, "Failed " + code)["recipients"][0]["lastError"]

    def cases(self):
        world = self.world
        return [
            ("Postfix", "delivery", "none", lambda: self.arrives(world.postfix, "postfix.example", "BDAT")),
            ("Exim", "delivery", "none", lambda: self.arrives(world.exim, "exim.example", "BDAT")),
            ("OpenSMTPD", "delivery", "none", lambda: self.arrives(world.opensmtpd, "opensmtpd.example", "DATA")),
            ("Postfix", "greylisting, a real one", "smtp.rcpt.4yz", self.is_greylisted),
            ("Postfix", "one of two is unknown", "smtp.rcpt.mixed", self.is_split),
            ("smtp-sink", "started late", "tcp.outage", self.survives_an_outage),
            ("smtp-sink", "-H 20 -T 1024, large mail", "smtp.stall.body", self.gets_stuck),
            ("BIND", "null MX", "dns.null-mx", lambda: self.fails("bob@nullmx.example", "5.1.10")),
            ("BIND", "NXDOMAIN for MX", "dns.mx-nxdomain",
             lambda: self.fails("bob@gone.onprem.example", "5.4.310"))]

#!/usr/bin/python3
"""Puts the client before Debian's own servers: do they get the verdicts that the lab's hosts get?

Postfix, Exim and OpenSMTPD as smart hosts, smtp-sink with its faults, BIND as the DNS server of all.
A case names the catalogue's fault that the server has; `mailflow fault list` says which code that
is, `mailflow validate` which one came out, at which stage, with which detail. Needs root, and from
Debian: postfix, bind9, openssl, and the libraries of exim4-daemon-light and opensmtpd, which it
downloads and unpacks. Prints a line per case; status 1 when one differs. Arguments: the servers
wanted (default: all), as in the first column.
"""

import collections
import concurrent.futures
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time

from authority import NAME, Authority
from deliveries import Deliveries
from rooted_servers import Exim, OpenSmtpd
from stock_servers import Bind, Ports, Postfix, Sink, run

HERE = os.path.dirname(os.path.abspath(__file__))
MAILFLOW = os.path.normpath(os.path.join(HERE, "..", "..", "..", "mailflow"))
SETTINGS = {"opportunistic": "opportunistic", "encryption": "encryptionOnly",
            "certificate": "certificateValidation", "domain": "domainValidation"}
WORDS = {"cert.expired": "CertificateExpired", "cert.not-yet": "CertificateNotYetValid",
         "cert.inter-expired": "CertificateExpired", "cert.root-expired": "CertificateExpired",
         "cert.self-signed": "UntrustedRoot", "cert.untrusted-root": "UntrustedRoot",
         "cert.missing-inter": "UntrustedRoot"}
# At a time: each is a program of its own that mostly starts up.
AT_A_TIME = 3

Case = collections.namedtuple(
    "Case", "server what fault tls host port stage says options", defaults=("", (), ()))


class World:
    """All servers, and the cases they make."""

    def __init__(self, directory):
        os.chmod(directory, 0o755)
        self.directory = directory
        self.ports = Ports()
        self.cases = []
        self.servers = []
        os.mkdir(self.path("pki"))
        self.authority = Authority(self.path("pki"))
        self.authority.make_all()
        self.trust = self.authority.trust()
        self.good = self.authority.chains["cert.good"]
        self.bind = self.add(Bind(self.path("bind"), self.ports))
        self.deaf = self.add(Bind(self.path("deaf"), self.ports, "blackhole { any; };"))
        self.postfix = self.add(Postfix(self.path("postfix"), self.ports))
        self.exim = self.add(Exim(self.path("exim"), self.ports, self.trust))
        self.opensmtpd = self.add(OpenSmtpd(self.path("opensmtpd"), self.ports))

    def path(self, name):
        return os.path.join(self.directory, name)

    def add(self, server):
        self.servers.append(server)
        return server

    def case(self, server, what, fault, port, stage="", says=(), tls="opportunistic", host=NAME,
             options=()):
        says = [says] if isinstance(says, str) else says
        self.cases.append(Case(server, what, fault, tls, host, port, stage, tuple(says), tuple(options)))

    def sink(self, *flags, host="127.0.0.1", port=None):
        port = port or self.ports.take()
        self.add(Sink(self.path("sink-%s-%d" % (host, port)), host, port, *flags))
        return port

    def stop(self):
        for server in self.servers:
            server.stop()

    def certificate(self, server, fault, port, settings):
        leaf = self.authority.leaves[fault]
        for tls in settings:
            options = ["--trust", self.trust] if tls in ("certificate", "domain") else []
            if tls == "domain":
                options += ["--tls-domain", self.authority.expected.get(fault, NAME)]
            self.case(server, "certificate", fault, port, "certificate",
                      [WORDS.get(fault, ""), "Thumbprint: " + leaf.thumbprint()], tls, options=options)


def postfix_cases(world):
    def listener(**settings):
        return world.postfix.listener(**{"smtpd_tls_chain_files": world.good, **settings})

    def case(what, fault, stage="", says=(), tls="opportunistic", options=(), **settings):
        world.case("Postfix", what, fault, listener(**settings), stage, says, tls, options=options)

    def at_once(**settings):
        return {"smtpd_delay_reject": "no", **settings}

    chains = dict(world.authority.chains)
    # OpenSSL does not present it to a client that does not know MD5, so it never gets that far.
    world.case("Postfix", "MD5 certificate", "tls.hs.cipher",
               listener(smtpd_tls_chain_files=chains.pop("cert.md5")), "tls", "451 4.4.0", "certificate")
    for fault, chain in chains.items():
        world.certificate("Postfix", fault, listener(smtpd_tls_chain_files=chain),
                          ["encryption", "certificate", "domain"])
    off = listener(smtpd_tls_security_level="none")
    no_key = listener(smtpd_tls_chain_files=world.path("nosuch.pem"))
    old = listener(smtpd_tls_protocols="TLSv1")
    aria = listener(smtpd_tls_protocols="TLSv1.2", tls_medium_cipherlist="ECDHE-ECDSA-ARIA128-GCM-SHA256")
    for tls in ("opportunistic", "encryption"):
        world.case("Postfix", "STARTTLS off", "tls.offer.absent", off, "starttls", "STARTTLS", tls)
        world.case("Postfix", "no certificate file", "tls.hs.cipher", no_key, "tls", "451 4.4.0", tls)
        world.case("Postfix", "TLS 1.0 only", "tls.hs.version", old, "tls", "451 4.4.0", tls)
        world.case("Postfix", "no cipher in common", "tls.hs.cipher", aria, "tls", "451 4.4.0", tls)
        world.case("Postfix", "TLS demanded", "smtp.530-starttls",
                   listener(smtpd_tls_security_level="encrypt"), tls=tls)
    case("keywords discarded", "smtp.ehlo.caps",
         smtpd_discard_ehlo_keywords="pipelining,dsn,8bitmime,chunking,size,enhancedstatuscodes")
    for reply, fault in (("421 4.3.2 Shutting down", "smtp.banner.421"),
                         ("450 4.7.1 Not now", "smtp.banner.4yz"),
                         ("521 5.3.2 No mail here", "smtp.banner.521"),
                         ("554 5.7.1 Listed", "smtp.banner.554")):
        case("client: " + reply[:3], fault, "banner", reply[:3],
             **at_once(smtpd_client_restrictions="check_client_access static:{%s}" % reply))
    case("connection rate of 1", "tcp.max-conns", "banner", "421 4.7.0",
         smtpd_client_connection_rate_limit="1")
    case("HELO refused", "smtp.helo.5yz", "ehlo", "550 5.7.1",
         **at_once(smtpd_helo_restrictions="check_helo_access static:{550 5.7.1 Nobody}"))
    for stage, verbs in (("mail", "sender"), ("rcpt", "recipient"), ("data", "data"),
                         ("dot", "end_of_data")):
        target = "sender" if verbs in ("data", "end_of_data") else verbs
        for kind, reply in (("4yz", "451 4.7.1 Ask again later"), ("5yz", "554 5.7.1 We do not want this")):
            # With CHUNKING there is no DATA to refuse, and its refusal is that of the content.
            where = "data dot" if stage == "data" else stage
            case("%s: %s" % (stage, reply[:3]), "smtp.%s.%s" % (stage, kind), where, reply[:9],
                 **at_once(**{"smtpd_%s_restrictions" % verbs:
                              "check_%s_access static:{%s}" % (target, reply)}))
    case("greylisting", "smtp.rcpt.4yz", "rcpt", "450 4.2.0",
         smtpd_recipient_restrictions="check_recipient_access static:{450 4.2.0 Greylisted}")
    case("unknown user", "smtp.rcpt.5yz", "rcpt", "550 5.1.1",
         virtual_mailbox_maps="inline:{ carol@onprem.example=carol/ }")
    case("relaying denied", "smtp.rcpt.5yz", "rcpt", "554 5.7.1", options=["--to", "bob@elsewhere.example"])
    case("login demanded", "smtp.auth-demanded", "mail", "530 5.7.0",
         **at_once(smtpd_sender_restrictions="check_sender_access static:{530 5.7.0 Log in}"))
    case("SIZE 300 announced", "smtp.size", "mail", "552 5.3.4", message_size_limit="300")
    case("SIZE 300 not announced", "smtp.size", "dot", "552 5.3.4", message_size_limit="300",
         smtpd_discard_ehlo_keywords="size")
    case("shut down at RCPT", "smtp.421-anytime", "rcpt", "421 4.3.2",
         smtpd_recipient_restrictions="check_recipient_access static:{421 4.3.2 Shutting down}")
    world.case("Postfix", "all well", "cert.good", world.postfix.listeners[0][0])
    world.case("nobody", "nothing listens", "tcp.refused", world.ports.take(), "connect", "10061")


def exim_cases(world):
    exim = world.exim
    good = world.good
    for fault in ("cert.good", "cert.expired", "cert.self-signed", "cert.missing-inter",
                  "cert.untrusted-root", "cert.name", "cert.wild", "cert.disorder"):
        world.certificate("Exim", fault, exim.listener(world.authority.chains[fault]),
                          ["certificate", "domain"])
    plain = exim.listener()
    old = exim.listener(good, "NORMAL:-VERS-ALL:+VERS-TLS1.0")
    other = exim.listener(good, "NONE:+VERS-TLS1.2:+CAMELLIA-128-GCM:+AEAD:+ECDHE-ECDSA:+SIGN-ALL:+GROUP-ALL:+COMP-NULL")
    unreadable = exim.listener(world.trust)
    for tls in ("opportunistic", "encryption"):
        world.case("Exim", "certificate without key", "tls.offer.454", unreadable, "starttls", "STARTTLS", tls)
        world.case("Exim", "STARTTLS off", "tls.offer.absent", plain, "starttls", "STARTTLS", tls)
        world.case("Exim", "TLS 1.0 only", "tls.hs.serverhello10", old, "tls", "451 4.4.0", tls)
        world.case("Exim", "no cipher in common", "tls.hs.cipher", other, "tls", "451 4.4.0", tls)
        world.case("Exim", "client certificate, 1.3", "tls.client-cert.13",
                   exim.listener(good, client_certificate=True), "ehlo", "451 4.4.0", tls)
        world.case("Exim", "client certificate, 1.2", "tls.client-cert.12",
                   exim.listener(good, "NORMAL:-VERS-TLS1.3", True), "tls", "451 4.4.0", tls)
    for stage, kind, where, reply, fault in (
            ("connect", "554", "banner", "554 5.7.1 Listed", "smtp.banner.554"),
            ("connect", "421", "banner", "421 4.3.2 Busy", "smtp.banner.421"),
            ("helo", "550", "ehlo", "550 5.7.1 Nobody", "smtp.helo.5yz"),
            ("mail", "451", "mail", "451 4.7.1 Later", "smtp.mail.4yz"),
            ("mail", "550", "mail", "550 5.7.1 Not you", "smtp.mail.5yz"),
            ("rcpt", "450", "rcpt", "450 4.2.0 Greylisted", "smtp.rcpt.4yz"),
            ("rcpt", "550", "rcpt", "550 5.1.1 Unknown user", "smtp.rcpt.5yz"),
            # Its predata rules are not asked about a chunk, so they are not tried.
            ("data", "451", "dot", "451 4.3.0 Scanner is down", "smtp.dot.4yz"),
            ("data", "550", "dot", "550 5.7.1 Looks like spam", "smtp.dot.5yz")):
        world.case("Exim", "%s: %s" % (where, kind), fault, exim.listener(good, **{stage: reply}),
                   where, reply)


def opensmtpd_cases(world):
    daemon = world.opensmtpd
    plain = daemon.listener()
    # Debian 12's package cannot sign a handshake with OpenSSL 3 (OpenSMTPD issue 1171).
    broken = daemon.listener(world.good)
    for tls in ("opportunistic", "encryption"):
        world.case("OpenSMTPD", "STARTTLS off", "tls.offer.absent", plain, "starttls", "STARTTLS", tls)
        world.case("OpenSMTPD", "its TLS is broken", "tls.hs.internal", broken, "tls", "451 4.4.0", tls)
    world.case("OpenSMTPD", "unknown user", "smtp.rcpt.5yz", plain, "rcpt", "524 5.2.4",
               options=["--to", "nobody@onprem.example"])
    for phase, where, reply, fault in (
            ("connect", "banner", "554 5.7.1 Listed", "smtp.banner.554"),
            ("ehlo", "ehlo", "421 4.3.2 Busy", "smtp.ehlo.421"),
            ("mail_from", "mail", "550 5.7.1 Not you", "smtp.mail.5yz"),
            ("rcpt_to", "rcpt", "450 4.2.0 Greylisted", "smtp.rcpt.4yz"),
            ("data", "data", "451 4.3.0 Later", "smtp.data.4yz"),
            ("commit", "dot", "554 5.7.1 Looks like spam", "smtp.dot.5yz")):
        world.case("OpenSMTPD", "%s: %s" % (where, reply[:3]), fault,
                   daemon.listener(**{phase: reply}), where, reply)


def sink_cases(world):
    def case(fault, stage, says, *flags, options=(), tls="opportunistic"):
        world.case("smtp-sink", " ".join(flags), fault, world.sink(*flags), stage, says, tls,
                   options=options)

    hasty = ["--command-timeout", "PT1S"]
    for flag in ("-8", "-a", "-C", "-E", "-F", "-N", "-p", "-v"):
        case("smtp.ehlo.caps", "", "", flag)
    case("smtp.ehlo.caps", "", "", "-h", "mail.onprem.example")
    case("smtp.ehlo.caps", "", "", "-T", "1024")
    case("tls.offer.absent", "starttls", "STARTTLS", "-4", tls="encryption")
    case("smtp.ehlo.502", "", "", "-e")
    case("smtp.ehlo.502", "starttls", "STARTTLS", "-e", tls="encryption")
    case("fw.pix-banner", "", "", "-P")
    case("fw.pix-banner", "starttls", "STARTTLS", "-P", tls="encryption")
    case("smtp.helo.5yz", "ehlo", "50", "-L")
    for command, stage in (("MAIL", "mail"), ("RCPT", "rcpt"), ("DATA", "data"), (".", "dot")):
        case("smtp.drop." + stage, stage, "", "-q", command)
        case("smtp.421-anytime", stage, "421", "-Q", command)
        case("smtp.%s.4yz" % stage, stage, "450 4.3.0", "-r", command)
        case("smtp.%s.5yz" % stage, stage, "500 5.3.0", "-f", command)
        # It answers a flight as a whole, so that a silence at DATA begins with MAIL.
        case("smtp.stall." + stage, {"mail": "mail rcpt data", "rcpt": "rcpt data", "data": "mail data"}.get(stage, stage),
             "PT1S", "-W", command + ":5", options=hasty)
    case("tcp.fin-on-accept", "banner", "", "-q", "CONNECT")
    case("smtp.banner.421", "banner", "421", "-Q", "CONNECT")
    case("smtp.banner.4yz", "banner", "450", "-r", "CONNECT")
    case("smtp.banner.554", "banner", "500", "-f", "CONNECT")
    case("smtp.banner.late", "banner", "PT1S", "-W", "CONNECT:5", options=hasty)
    case("smtp.drop.ehlo", "ehlo", "", "-q", "EHLO")
    case("smtp.ehlo.421", "ehlo", "421", "-Q", "EHLO")
    case("smtp.ehlo.500", "", "", "-f", "EHLO")
    case("smtp.ehlo.500", "starttls", "STARTTLS", "-f", "EHLO", tls="encryption")
    case("smtp.helo.5yz", "ehlo", "500", "-f", "EHLO,HELO")
    case("smtp.stall.ehlo", "ehlo", "PT1S", "-W", "EHLO:5", options=hasty)
    case("smtp.drop.quit", "", "", "-q", "QUIT")
    case("smtp.drop.quit", "", "", "-Q", "QUIT")
    case("smtp.drop.quit", "", "", "-f", "QUIT")
    case("smtp.stall.quit", "", "", "-W", "QUIT:20")
    case("smtp.stall.data", "mail data", "PT1S", "-w", "5", options=hasty)
    case("smtp.body.early-reply", "body dot", "550", "-A", "0")
    case("smtp.stall.dot", "dot", "PT1S", "-H", "5", options=hasty)
    case("smtp.dot.5yz", "dot", "552 5.3.4 Too big", "-B", "552 5.3.4 Too big", "-f", ".")
    case("smtp.rcpt.4yz", "rcpt", "450 4.2.0 Greylisted", "-b", "450 4.2.0 Greylisted", "-r", "RCPT")
    # Its own limit on silence would let the next one in.
    full = world.sink("-m", "1", "-t", "3600")
    world.held = socket.create_connection(("127.0.0.1", full))
    world.held.recv(100)
    world.case("smtp-sink", "-m 1, and one is in", "smtp.banner.none", full, "banner", "PT1S", options=hasty)


def dns_cases(world):
    bind = world.bind
    port = world.sink()
    world.sink(host="127.0.0.2", port=port)
    world.sink("-f", "MAIL", host="127.0.0.3", port=port)
    long = "".join("tc MX 10 one-of-many-mail-servers-%d.example-of-a-long-name\n"
                   "one-of-many-mail-servers-%d.example-of-a-long-name A 127.0.0.1\n" % (n, n)
                   for n in range(40))
    chain = "".join("chain%d CNAME chain%d\n" % (n, n + 1) for n in range(30)) + "chain30 A 127.0.0.1\n"
    bind.zone("onprem.example", """
mail A 127.0.0.1
two A 127.0.0.2
refuses-mail A 127.0.0.3
dead A 127.0.0.9
nodata TXT "no address"
alias CNAME mail
self CNAME self
ring1 CNAME ring2
ring2 CNAME ring1
dangling CNAME nobody
lame NS ns.lame
ns.lame A 127.0.0.1
failover MX 10 dead
failover MX 20 mail
preferred MX 10 refuses-mail
preferred MX 20 mail
rotated A 127.0.0.9
rotated A 127.0.0.2
""" + long + chain)
    bind.zone("nullmx.example", "@ MX 0 .\n")
    bind.zone("broken.example", "@ MX this is no zone file\n")
    for host, what, fault, stage, says in (
            ("mail", "A", "none", "", ""),
            ("alias", "CNAME", "none", "", ""),
            ("nobody", "NXDOMAIN", "dns.nxdomain", "dns", "InfoDomainNonexistent"),
            ("nodata", "no address", "dns.nodata", "dns", "InfoNoRecords"),
            ("self", "CNAME to itself", "dns.cname-self", "dns", "ErrorRetry"),
            ("ring1", "CNAME loop", "dns.cname-cycle", "dns", "ErrorRetry"),
            ("chain0", "30 CNAMEs", "dns.cname-chain", "dns", "ErrorRetry"),
            ("dangling", "dangling CNAME", "dns.cname-dangling", "dns", "Info"),
            ("host.lame", "lame delegation", "dns.lame-referral", "dns", ""),
            ("tc", "truncated, TCP", "dns.tc-tcp-ok", "", ""),
            ("failover", "MX 10 is dead", "tcp.one-of-n", "", ""),
            ("rotated", "one of two addresses", "tcp.one-of-n", "", ""),
            ("preferred", "MX 10 decides", "smtp.mail.5yz", "mail", "500 5.3.0"),
            ("dead", "address of nobody", "tcp.refused", "connect", "10061")):
        world.case("BIND", what, fault, port, stage, says, host=host + ".onprem.example")
    world.case("BIND", "SERVFAIL", "dns.servfail", port, "dns", "ErrorRetry", host="mail.broken.example")
    world.case("BIND", "REFUSED", "dns.refused", port, "dns", "ErrorRetry", host="mail.elsewhere.example")
    world.case("BIND", "answers nobody", "dns.timeout", port, "dns", "ErrorRetry",
               options=["--dns", "127.0.0.1:%d" % world.deaf.port])
    world.case("nobody", "no DNS server", "dns.server-down", port, "dns", "ErrorRetry",
               options=["--dns", "127.0.0.1:%d" % world.ports.take()])


def validated(world, case):
    command = [MAILFLOW, "validate", "--json", "--smart-host", "%s:%d" % (case.host, case.port),
               "--tls", case.tls, *case.options]
    if "--dns" not in case.options:
        command += ["--dns", "127.0.0.1:%d" % world.bind.port]
    if "--to" not in case.options:
        command += ["--to", "bob@onprem.example"]
    options = {**os.environ, "MAILFLOW_OPTS": "-XX:SharedArchiveFile=" + world.path("classes")}
    result = subprocess.run(command, capture_output=True, text=True, timeout=120, env=options)
    if result.returncode not in (0, 1):
        raise AssertionError("%s: %s" % (" ".join(command), result.stderr))
    return json.loads(result.stdout)


def prepare(world):
    """Keeps the program's classes ready to use: hundreds of short runs take half the time."""
    subprocess.run(
        [MAILFLOW, "validate", "--smart-host", "[127.0.0.1]:%d" % world.ports.take(), "--to", "a@b.example"],
        capture_output=True, check=False,
        env={**os.environ, "MAILFLOW_OPTS": "-XX:ArchiveClassesAtExit=" + world.path("classes")})
    if not os.path.exists(world.path("classes")):
        raise AssertionError("mailflow does not run")


def expected_code(faults, case):
    if case.fault == "none":
        return "none"
    return faults[case.fault]["codes"][SETTINGS[case.tls]]


def judged(case, expected, document):
    """What came out, in a line, and what of it is wrong."""
    last = document["lastError"] or ""
    if document["succeeded"]:
        found = "none"
    else:
        found = "%s at %s: %s" % (document["code"], document["stage"], last)
    if expected == "none":
        return found, [] if document["succeeded"] else ["should have succeeded"]
    wrong = []
    if document["succeeded"]:
        return found, ["should have failed with " + expected]
    if expected == "remote":
        # The server's own words come first, so their code is the code.
        if not last.startswith(case.says[0]):
            wrong.append("does not begin with " + case.says[0])
    elif document["code"] != expected:
        wrong.append("code is not " + expected)
    if document["stage"] not in case.stage.split():
        wrong.append("stage is not " + case.stage)
    details = " ".join(task["detail"] for task in document["tasks"])
    wrong += ["does not say " + word for word in case.says if word not in details]
    return found, wrong


def line(mark, server, what, fault, tls, expected, found):
    print("%-4s %-10s %-26s %-22s %-13s %-8s %s" % (mark, server, what, fault, tls, expected, found),
          flush=True)


def report(case, fault, expected, document):
    """Prints one case; says whether it differs from what must be."""
    found, wrong = judged(case, expected, document)
    # What the lab cannot make yet is owed by the lab's own tests first.
    mark = "ok" if not wrong else "FAIL" if fault.get("implemented", True) else "OPEN"
    line(mark, case.server, case.what, case.fault, case.tls, expected, found)
    if wrong:
        print("       " + "; ".join(wrong))
        print("       " + "\n       ".join(document["transcript"][-12:]), flush=True)
    return mark


def validate_all(world, faults, wanted):
    marks = collections.Counter()
    cases = [case for case in world.cases if wanted(case.server)]
    with concurrent.futures.ThreadPoolExecutor(AT_A_TIME) as pool:
        for case, document in zip(cases, pool.map(lambda one: validated(world, one), cases)):
            marks[report(case, faults.get(case.fault, {}), expected_code(faults, case), document)] += 1
    return marks


def deliver_all(deliveries, faults, wanted):
    """With a running instance: what has to arrive, or needs time to pass, or an MX of its own."""
    marks = collections.Counter()
    for server, what, fault, attempt in deliveries.cases():
        if wanted(server):
            try:
                mark, found = "ok", attempt()
            except AssertionError as wrong:
                mark, found = "FAIL", wrong
            expected = faults[fault]["codes"]["opportunistic"] if fault in faults else "none"
            line(mark, server, what, fault, "run", expected, found)
            marks[mark] += 1
    return marks


def main():
    started = time.monotonic()
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit("stopped"))
    faults = {fault["id"]: fault
              for fault in json.loads(run(MAILFLOW, "fault", "list", "--json"))["faults"]}

    def wanted(server):
        return server in (sys.argv[1:] or [server])
    with tempfile.TemporaryDirectory(prefix="real-servers-") as directory:
        world = World(directory)
        try:
            for make_cases in (postfix_cases, exim_cases, opensmtpd_cases, dns_cases, sink_cases):
                make_cases(world)
            deliveries = Deliveries(world, MAILFLOW)
            for server in (world.bind, world.deaf, world.postfix, world.exim, world.opensmtpd):
                server.launch()
            for server in (world.postfix, world.exim, world.opensmtpd, world.bind):
                print(server.version())
            print(run("openssl", "version").strip(), flush=True)
            deliveries.start()
            try:
                marks = deliver_all(deliveries, faults, wanted)
            finally:
                deliveries.stop()
            prepare(world)
            marks += validate_all(world, faults, wanted)
        finally:
            world.stop()
    print("%d cases: %d as in the catalogue, %d open, %d differ; %.0f s" % (
        sum(marks.values()), marks["ok"], marks["OPEN"], marks["FAIL"], time.monotonic() - started))
    return 1 if marks["FAIL"] else 0


if __name__ == "__main__":
    sys.exit(main())

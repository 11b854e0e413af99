"""Debian's installed mail and DNS servers, on ports of 127.0.0.1, with files of their own.

None of them touches the system's configuration or port 25, and each can be stopped.
"""

import contextlib
import glob
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time

NOBODY = 65534


class Ports:
    """Free ports below the range from which outgoing connections take theirs."""

    def __init__(self):
        self.next = random.randrange(20000, 26000)

    def take(self, host="127.0.0.1"):
        while True:
            self.next += 1
            with contextlib.closing(socket.socket()) as probe:
                with contextlib.suppress(OSError):
                    probe.bind((host, self.next))
                    return self.next


def write(path, text, mode=0o644):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="ascii") as file:
        file.write(text)
    os.chmod(path, mode)
    return path


def make(path, owner=0, mode=0o755):
    os.makedirs(path, exist_ok=True)
    os.chown(path, owner, owner)
    os.chmod(path, mode)
    return path


def run(*command, **options):
    result = subprocess.run(command, capture_output=True, text=True, **options)
    if result.returncode:
        raise AssertionError("%s: %s%s" % (" ".join(command), result.stdout, result.stderr))
    return result.stdout + result.stderr


def stored(directory):
    """The mails of a maildir, their line ends made CRLF."""
    mails = []
    for name in sorted(glob.glob(directory + "/new/*")):
        with open(name, "rb") as file:
            mails.append(file.read().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    return mails


def listening(host, port):
    """Looks without connecting, because some servers count."""
    own = "%08X:%04X" % (int.from_bytes(socket.inet_aton(host), sys.byteorder), port)
    with open("/proc/net/tcp", encoding="ascii") as table:
        return any(line.split()[1] == own and line.split()[3] == "0A" for line in table)


class Server:
    """A process group that writes a log and listens."""

    def __init__(self, directory):
        os.mkdir(directory)
        os.chmod(directory, 0o755)
        self.directory = directory
        self.process = None

    def start(self, command, host, port, **options):
        with open(os.path.join(self.directory, "log"), "ab") as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, **options)
        end = time.monotonic() + 20
        while time.monotonic() < end and self.process.poll() is None:
            if listening(host, port):
                return
            time.sleep(0.05)
        raise AssertionError("%s does not listen on %s:%d; its log:\n%s" % (
            " ".join(command), host, port, self.log()))

    def log(self):
        with open(os.path.join(self.directory, "log"), encoding="utf-8", errors="replace") as log:
            return log.read()

    def stop(self):
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Postfix(Server):
    """One Postfix; each listener is an smtpd with settings of its own."""

    # Bob's mailbox in each domain.
    BOXES = {"onprem.example": "others", "postfix.example": "bob", "grey.example": "others",
             "mixed.example": "others"}

    def __init__(self, directory, ports):
        super().__init__(directory)
        self.ports = ports
        self.listeners = []

    def listener(self, **settings):
        port = self.ports.take()
        self.listeners.append((port, settings))
        return port

    def launch(self):
        here = self.directory
        self.config = make(os.path.join(here, "config"))
        self.mail = make(os.path.join(here, "mail"), NOBODY)
        make(os.path.join(here, "spool"))
        shutil.chown(make(os.path.join(here, "data")), "postfix")
        write(os.path.join(self.config, "main.cf"), """
compatibility_level = 3.6
queue_directory = %(here)s/spool
data_directory = %(here)s/data
maillog_file = %(here)s/maillog
maillog_file_prefixes = %(here)s
myhostname = mail.onprem.example
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
disable_dns_lookups = yes
smtpd_peername_lookup = no
smtpd_client_event_limit_exceptions =
smtpd_banner = $myhostname ESMTP
smtpd_relay_restrictions = reject_unauth_destination
alias_maps =
alias_database =
virtual_mailbox_domains = %(domains)s
virtual_mailbox_base = %(here)s/mail
virtual_mailbox_maps = inline:{ %(boxes)s }
virtual_uid_maps = static:%(nobody)d
virtual_gid_maps = static:%(nobody)d
smtpd_tls_security_level = may
smtpd_tls_loglevel = 1
""" % {"here": here, "nobody": NOBODY, "domains": " ".join(self.BOXES), "boxes": " ".join(
            "bob@%s=%s/" % box for box in self.BOXES.items())})
        services = []
        for port, settings in self.listeners:
            services.append("127.0.0.1:%d inet n - n - - smtpd" % port)
            services += ["  -o { %s = %s }" % setting for setting in settings.items()]
        write(os.path.join(self.config, "master.cf"), "\n".join(services) + """
cleanup   unix  n - n - 0 cleanup
qmgr      unix  n - n 300 1 qmgr
tlsmgr    unix  - - n 1000? 1 tlsmgr
rewrite   unix  - - n - - trivial-rewrite
bounce    unix  - - n - 0 bounce
defer     unix  - - n - 0 bounce
trace     unix  - - n - 0 bounce
proxymap  unix  - - n - - proxymap
error     unix  - - n - - error
retry     unix  - - n - - error
virtual   unix  - n n - - virtual
anvil     unix  - - n - 1 anvil
postlog   unix-dgram n - n - 1 postlogd
""")
        self.start(["postfix", "-c", self.config, "start-fg"], "127.0.0.1", self.listeners[0][0])

    def stored(self):
        return stored(os.path.join(self.mail, "bob"))

    def log(self):
        with contextlib.suppress(FileNotFoundError):
            with open(os.path.join(self.directory, "maillog"), encoding="utf-8") as log:
                return super().log() + log.read()
        return super().log()

    def stop(self):
        if self.process is not None:
            subprocess.run(["postfix", "-c", self.config, "stop"], capture_output=True)
        super().stop()

    @staticmethod
    def version():
        return "Postfix " + run("postconf", "-d", "-h", "mail_version").strip()


class Sink(Server):
    """Postfix's smtp-sink with some of its flags."""

    def __init__(self, directory, host, port, *flags):
        super().__init__(directory)
        self.start(["smtp-sink", "-u", "nobody", *flags, "%s:%d" % (host, port), "100"], host, port)


class Bind(Server):
    """BIND's named, for some zones and nobody else."""

    def __init__(self, directory, ports, options=""):
        super().__init__(directory)
        self.port = ports.take()
        self.options = options
        self.zones = []

    def zone(self, name, records):
        head = "$TTL 60\n@ SOA ns hostmaster 1 3600 600 86400 60\n@ NS ns\nns A 127.0.0.1\n"
        write(os.path.join(self.directory, name), head + records)
        self.zones.append('zone "%s" { type primary; file "%s"; };' % (name, name))

    def launch(self):
        shutil.chown(self.directory, "bind")
        config = write(os.path.join(self.directory, "named.conf"), """
options {
  directory "%s";
  pid-file none;
  session-keyfile none;
  listen-on port %d { 127.0.0.1; };
  listen-on-v6 { none; };
  recursion no;
  dnssec-validation no;
  check-names primary ignore;
  %s
};
controls { };
%s
""" % (self.directory, self.port, self.options, "\n".join(self.zones)))
        # Debian confines /usr/sbin/named to its own directories; a copy is free.
        named = shutil.copy2("/usr/sbin/named", self.directory)
        self.start([named, "-g", "-4", "-u", "bind", "-n", "1", "-c", config], "127.0.0.1", self.port)

    @staticmethod
    def version():
        return run("named", "-v").strip()

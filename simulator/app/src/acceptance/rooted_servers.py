"""Exim and OpenSMTPD, whose packages exclude Postfix's.

They are downloaded and unpacked, not installed, into a directory that becomes their root, with a
user database of its own. Needs root, and the libraries that they depend on.
"""

import glob
import os
import shutil
import stat
import subprocess

from stock_servers import Server, make, run, stored, write

# Numbers of accounts in there.
DAEMON = 901
BOB = 902


class Rooted(Server):
    """A server of a Debian package that is unpacked, not installed, and sees nothing else."""

    def __init__(self, directory, packages, programs, accounts):
        super().__init__(directory)
        self.root = make(os.path.join(directory, "root"))
        downloads = make(os.path.join(directory, "packages"))
        shutil.chown(downloads, "_apt")
        run("apt-get", "download", *packages, cwd=downloads)
        for package in glob.glob(downloads + "/*.deb"):
            run("dpkg-deb", "-x", package, self.root)
        for program in [*programs, "/bin/sh"]:
            self.bring(program)
        make(self.path("/dev"))
        for device, minor in (("/dev/null", 3), ("/dev/urandom", 9)):
            os.mknod(self.path(device), stat.S_IFCHR, os.makedev(1, minor))
            os.chmod(self.path(device), 0o666)
        make(self.path("/tmp"), mode=0o1777)
        users = [("root", 0), *accounts, ("bob", BOB)]
        write(self.path("/etc/passwd"), "".join(
            "%s:x:%d:%d::/home/%s:/bin/sh\n" % (name, number, number, name) for name, number in users))
        write(self.path("/etc/group"), "".join("%s:x:%d:\n" % user for user in [*users, ("mail", 8)]))
        write(self.path("/etc/hosts"), "127.0.0.1 localhost mail.onprem.example\n")
        write(self.path("/etc/mailname"), "mail.onprem.example\n")
        make(self.path("/home/bob"), BOB)

    def path(self, inside):
        return self.root + inside

    def bring(self, program):
        """Brings what the packages lack: a program of this machine, and the libraries of any."""
        inside = self.path(program)
        if not os.path.exists(inside):
            os.makedirs(os.path.dirname(inside), exist_ok=True)
            shutil.copy2(program, inside)
        needed = subprocess.run(["ldd", inside], capture_output=True, text=True, check=True).stdout
        if "not found" in needed:
            raise AssertionError("%s lacks libraries:\n%s" % (program, needed))
        for library in filter(os.path.isabs, needed.split()):
            os.makedirs(os.path.dirname(self.path(library)), exist_ok=True)
            shutil.copy2(library, self.path(library))

    def keep(self, source, name, owner):
        """A copy of a file in there, readable to its owner alone."""
        with open(source, encoding="ascii") as file:
            target = write(self.path("/etc/pki/" + name), file.read(), 0o600)
        os.chown(target, owner, owner)
        return "/etc/pki/" + name

    def stored(self):
        return stored(self.path("/home/bob/Maildir"))


class Exim(Rooted):
    """One Exim; certificates and access lists depend on the port."""

    PROGRAM = "/usr/sbin/exim4"

    def __init__(self, directory, ports, clients):
        """Clients is a file with the authorities for clients' certificates."""
        super().__init__(directory, ["exim4-base", "exim4-daemon-light"], [self.PROGRAM],
                         [("Debian-exim", DAEMON)])
        self.keep(clients, "clients.pem", DAEMON)
        self.ports = ports
        self.listeners = []
        self.rules = {stage: [] for stage in ("connect", "helo", "mail", "rcpt", "predata", "data")}

    def listener(self, certificate=None, priority="NORMAL", client_certificate=False, **replies):
        """Priority is GnuTLS's; replies are those of the stages that do not accept."""
        port = self.ports.take()
        if certificate:
            self.keep(certificate, "%d.pem" % port, DAEMON)
        self.listeners.append((port, priority, client_certificate))
        for stage, reply in replies.items():
            self.rules[stage].append("  %s condition = ${if eq{$received_port}{%d}}\n    message = %s" % (
                "deny" if reply[0] == "5" else "defer", port, reply))
        return port

    def launch(self):
        for directory in ("/var/spool/exim4", "/var/log/exim4"):
            make(self.path(directory), DAEMON)
        ciphers = "".join("p%d=%s " % (port, priority) for port, priority, _ in self.listeners)
        wanted = ":".join(str(port) for port, _, wanted in self.listeners if wanted) or "0"
        acls = "".join(
            "in_%s:\n%s\n  accept\n" % (stage, "\n".join(rules)) for stage, rules in self.rules.items())
        write(self.path("/etc/exim4/exim4.conf"), r"""
primary_hostname = mail.onprem.example
local_interfaces = 127.0.0.1
daemon_smtp_ports = %s
keep_environment =
host_lookup =
rfc1413_hosts =
log_file_path = /var/log/exim4/%%slog
tls_advertise_hosts = ${if exists{/etc/pki/$received_port.pem}{*}}
tls_certificate = /etc/pki/$received_port.pem
tls_privatekey = /etc/pki/$received_port.pem
tls_require_ciphers = ${extract{p$received_port}{%s}{$value}{NORMAL}}
tls_verify_hosts = ${if inlist{$received_port}{%s}{*}}
tls_verify_certificates = ${if inlist{$received_port}{%s}{/etc/pki/clients.pem}{system}}
%s
begin acl
%s
begin routers
all:
  driver = accept
  transport = maildir
begin transports
maildir:
  driver = appendfile
  directory = /home/bob/Maildir
  maildir_format
  user = bob
""" % (" : ".join(str(port) for port, _, _ in self.listeners), ciphers, wanted, wanted,
            "".join("acl_smtp_%s = in_%s\n" % (stage, stage) for stage in self.rules), acls))
        self.start(["chroot", self.root, self.PROGRAM, "-bdf", "-q1m"], "127.0.0.1", self.listeners[0][0])

    def log(self):
        text = super().log()
        for name in glob.glob(self.path("/var/log/exim4/*")):
            with open(name, encoding="utf-8", errors="replace") as log:
                text += log.read()
        return text

    def version(self):
        return run("chroot", self.root, self.PROGRAM, "-bV").splitlines()[0].split(" #", 1)[0]


class OpenSmtpd(Rooted):
    """One OpenSMTPD; certificates and filters depend on the listener."""

    PROGRAM = "/usr/sbin/smtpd"

    def __init__(self, directory, ports):
        super().__init__(
            directory, ["opensmtpd"],
            [self.PROGRAM, "/usr/sbin/smtpctl", "/usr/libexec/opensmtpd/mail.maildir"],
            [("opensmtpd", DAEMON), ("opensmtpq", DAEMON + 10)])
        self.ports = ports
        self.lines = []
        self.first = None

    def listener(self, certificate=None, options="", **replies):
        """Replies are those of the phases (as OpenSMTPD calls them) that do not accept."""
        port = self.ports.take()
        self.first = self.first or port
        if certificate:
            path = self.keep(certificate, "%d.pem" % port, 0)
            self.lines += ['pki "%d" cert "%s"' % (port, path), 'pki "%d" key "%s"' % (port, path)]
            options = '%s pki "%d"' % (options or "tls", port)
        for phase, reply in replies.items():
            self.lines.append('filter "%d" phase %s match src { "127.0.0.1" } reject "%s"' % (
                port, phase.replace("_", "-"), reply))
            options += ' filter "%d"' % port
        self.lines.append("listen on 127.0.0.1 port %d %s" % (port, options))
        return port

    def launch(self):
        make(self.path("/var/lib/opensmtpd/empty"), mode=0o711)
        make(self.path("/var/run"))
        make(self.path("/var/spool/smtpd"), mode=0o711)
        make(self.path("/etc/ssl/certs"))
        shutil.copy("/etc/ssl/certs/ca-certificates.crt", self.path("/etc/ssl/certs"))
        write(self.path("/etc/smtpd.conf"), "\n".join([
            *self.lines,
            'table known { "bob@onprem.example" = "bob", "bob@opensmtpd.example" = "bob" }',
            'action "keep" maildir "/home/bob/Maildir" virtual <known>',
            'match from any for domain { "onprem.example", "opensmtpd.example" } action "keep"', ""]))
        self.start(["chroot", self.root, self.PROGRAM, "-d", "-v"], "127.0.0.1", self.first)

    def version(self):
        text = subprocess.run(["chroot", self.root, self.PROGRAM, "-h"], capture_output=True, text=True)
        return (text.stdout + text.stderr).split("\n", 1)[0].removeprefix("version: ")

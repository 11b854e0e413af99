"""Certificates with and without defects, issued by openssl, as PEM files that a mail server loads."""

import datetime
import os
import subprocess

NAME = "mail.onprem.example"
SETTINGS = """
[ca]
default_ca = own
[own]
database = index
new_certs_dir = .
rand_serial = yes
unique_subject = no
default_md = sha256
policy = anything
[anything]
countryName = optional
organizationName = optional
commonName = optional
"""
AUTHORITY = "basicConstraints = critical, CA:TRUE\nkeyUsage = critical, keyCertSign, cRLSign\n"


def day(offset):
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=offset)
    return moment.strftime("%Y%m%d%H%M%SZ")


class Certificate:
    """A certificate in PEM, and the file of its key."""

    def __init__(self, pem, key):
        self.pem = pem
        self.key = key

    def thumbprint(self):
        """SHA-1 in upper case, as Windows and Exchange show it."""
        line = subprocess.run(
            ["openssl", "x509", "-noout", "-fingerprint", "-sha1"],
            input=self.pem, capture_output=True, check=True, text=True).stdout
        return line.strip().split("=", 1)[1].replace(":", "")


class Authority:
    """A trusted root, an intermediate below it, and whatever else they are asked for."""

    def __init__(self, directory):
        self.directory = directory
        self.write("settings", SETTINGS)
        self.write("index", "")
        self.leaf_key = self.make_key("leaf")
        self.ca_key = self.make_key("ca")
        self.root = self.make_root("Root")
        self.intermediate = self.make_intermediate()
        self.leaves = {}
        # The name that the connector expects, where it is another one than NAME.
        self.expected = {}
        self.chains = {}

    def write(self, name, text):
        path = os.path.join(self.directory, name)
        with open(path, "w", encoding="ascii") as file:
            file.write(text)
        return path

    def openssl(self, *arguments):
        result = subprocess.run(
            ["openssl", *arguments], cwd=self.directory, capture_output=True, text=True)
        if result.returncode:
            raise AssertionError("openssl %s: %s" % (" ".join(arguments), result.stderr))
        return result.stdout

    def make_key(self, name, *algorithm):
        path = os.path.join(self.directory, name + ".key")
        self.openssl("genpkey", "-out", path,
                     *(algorithm or ("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256")))
        return path

    def make_rsa_key(self, name, bits):
        return self.make_key(name, "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:%d" % bits)

    def issue(self, subject, extensions, issuer=None, first=-30, last=365, key=None, digest="sha256"):
        """Signs with the issuer's key, or with its own."""
        key = key or self.leaf_key
        self.openssl("req", "-new", "-key", key, "-subj", subject, "-out", "request",
                     "-config", "/dev/null")
        self.write("extensions", extensions)
        if issuer:
            self.write("issuer", issuer.pem)
            signer = ["-cert", "issuer", "-keyfile", issuer.key]
        else:
            signer = ["-selfsign", "-keyfile", key]
        self.openssl("ca", "-batch", "-notext", "-config", "settings", "-in", "request",
                     "-out", "certificate", "-extfile", "extensions", "-md", digest,
                     "-startdate", day(first), "-enddate", day(last), *signer)
        with open(os.path.join(self.directory, "certificate"), encoding="ascii") as file:
            return Certificate(file.read(), key)

    def make_root(self, name, last=3650):
        return self.issue("/O=Onprem/CN=" + name, AUTHORITY, first=-3650, last=last, key=self.ca_key)

    def make_intermediate(self, extensions=AUTHORITY, last=3650, key=None):
        # Sharing the root's key would be bad manners elsewhere; here names tell them apart.
        return self.issue("/O=Onprem/CN=Issuing", extensions, self.root, -365, last,
                          key=key or self.ca_key)

    def leaf(self, names=(NAME,), subject="/CN=" + NAME, purpose="serverAuth", issuer=None, **more):
        extensions = "basicConstraints = CA:FALSE\n"
        if purpose:
            extensions += "extendedKeyUsage = %s\n" % purpose
        if names:
            extensions += "subjectAltName = %s\n" % ",".join("DNS:" + name for name in names)
        return self.issue(subject, extensions, issuer or self.intermediate, **more)

    def keep(self, fault, leaf, *others):
        """A file with key and chain, the leaf first, under the fault's id."""
        with open(leaf.key, encoding="ascii") as file:
            text = file.read()
        self.leaves[fault] = leaf
        self.chains[fault] = self.write(
            fault + ".pem", text + leaf.pem + "".join(one.pem for one in others))

    def make_all(self):
        """Every defect that a certificate can have without anybody's help."""
        inter = self.intermediate
        good = self.leaf()
        self.keep("cert.good", good, inter)
        self.keep("cert.expired", self.leaf(first=-30, last=-1), inter)
        self.keep("cert.not-yet", self.leaf(first=1), inter)
        old = self.make_intermediate(last=-1)
        self.keep("cert.inter-expired", self.leaf(issuer=old), old)
        self.expired_root = self.make_root("Old Root", last=-1)
        self.keep("cert.root-expired", self.leaf(issuer=self.expired_root))
        self.keep("cert.self-signed", self.issue(
            "/CN=" + NAME, "subjectAltName = DNS:%s\n" % NAME))
        private = self.make_root("Private Root")
        self.keep("cert.untrusted-root", self.leaf(issuer=private), private)
        self.keep("cert.missing-inter", good)
        self.keep("cert.disorder", good, self.root, inter)
        self.keep("cert.extra", good, inter, private, self.root)
        for fault, names, subject, expected in (
                ("cert.name", ["server1.onprem.example"], "/CN=server1.onprem.example", NAME),
                ("cert.san-wins", ["other.onprem.example"], "/CN=" + NAME, NAME),
                ("cert.cn-only", [], "/CN=" + NAME, NAME),
                ("cert.no-name", [], "/O=Onprem", NAME),
                ("cert.wild", ["*.onprem.example"], "/O=Onprem", NAME),
                ("cert.wild-deep", ["*.onprem.example"], "/O=Onprem", "a.mail.onprem.example"),
                ("cert.wild-apex", ["*.onprem.example"], "/O=Onprem", "onprem.example"),
                ("cert.wild-part", ["m*.onprem.example"], "/O=Onprem", NAME),
                ("cert.wild-tld", ["*.example"], "/O=Onprem", "onprem.example")):
            self.keep(fault, self.leaf(names, subject), inter)
            self.expected[fault] = expected
        self.keep("cert.rsa1024", self.leaf(key=self.make_rsa_key("weak", 1024)), inter)
        self.keep("cert.sha1", self.leaf(digest="sha1"), inter)
        # ECDSA has no form with MD5.
        rsa = self.make_intermediate(key=self.make_rsa_key("rsa", 2048))
        self.keep("cert.md5", self.leaf(issuer=rsa, digest="md5"), rsa)
        self.keep("cert.eku-client", self.leaf(purpose="clientAuth"), inter)
        self.keep("cert.no-eku", self.leaf(purpose=None), inter)
        nobody = self.make_intermediate(extensions="basicConstraints = critical, CA:FALSE\n")
        self.keep("cert.not-ca", self.leaf(issuer=nobody), nobody)
        elsewhere = self.make_intermediate(
            extensions=AUTHORITY + "nameConstraints = critical, permitted;DNS:contoso.example\n")
        self.keep("cert.name-constraint", self.leaf(issuer=elsewhere), elsewhere)

    def trust(self):
        """The roots that the connector trusts; one of them has expired."""
        return self.write("trust.pem", self.root.pem + self.expired_root.pem)

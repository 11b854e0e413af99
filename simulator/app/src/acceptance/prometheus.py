#!/usr/bin/python3
"""Tries monitoring with the real thing: a Prometheus that scrapes a running node and judges by the
rules that we ship, and an Alertmanager that is told of alerts by it and, by webhook, by the node.

Needs from Debian: prometheus (promtool, too), prometheus-alertmanager, postfix (smtp-sink).
Everything listens on free ports of 127.0.0.1 and keeps its data in a directory that is removed in
the end.
"""

import contextlib
import json
import os
import re
import subprocess
import tempfile
import unittest
import urllib.parse
import urllib.request

from trial import free_port, listening, wait_until

HERE = os.path.dirname(os.path.abspath(__file__))
MAILFLOW = os.path.normpath(os.path.join(HERE, "..", "..", "..", "mailflow"))
ALERTING = os.path.normpath(os.path.join(HERE, "..", "..", "..", "..", "alerting", "src", "main"))
RULES = os.path.join(ALERTING, "prometheus", "mailflow.rules.yml")
DASHBOARD = os.path.join(ALERTING, "grafana", "mailflow.json")
OF_THE_NODE = "Messages have been delayed"
OF_THE_RULES = "MailflowMessageDelayedForLong"

CONFIG = """\
organization:
  domains:
    - { name: contoso.example, type: InternalRelay, mailboxes: [alice@contoso.example] }
listen: { smtp: "127.0.0.1:0", http: "127.0.0.1:0" }
data: ./data
connectors:
  - name: To on-premises
    connectorType: OnPremises
    recipientDomains: ["contoso.example"]
    smartHosts: ["[127.0.0.1]:%(sink)d"]
alerts: { threshold: 1, webhooks: ["http://127.0.0.1:%(alertmanager)d/api/v2/alerts"] }
"""

PROMETHEUS = """\
global: { scrape_interval: 1s, evaluation_interval: 1s }
rule_files: [%(rules)s]
alerting:
  alertmanagers: [{ static_configs: [{ targets: ["127.0.0.1:%(alertmanager)d"] }] }]
scrape_configs:
  - job_name: mailflow
    static_configs: [{ targets: ["127.0.0.1:%(node)d"] }]
"""

ALERTMANAGER = """\
route: { receiver: nobody }
receivers: [{ name: nobody }]
"""


def get(url):
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.read().decode()


def answers(url):
    with contextlib.suppress(OSError):
        return get(url)
    return None


class Monitoring(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = directory.name
        self.ports = {name: free_port() for name in ("sink", "alertmanager", "prometheus")}

    def write(self, name, text):
        path = os.path.join(self.directory, name)
        with open(path, "w", encoding="ascii") as file:
            file.write(text)
        return path

    def start(self, *command, **options):
        log = open(self.write(os.path.basename(command[0]) + ".log", ""), "w", encoding="utf-8")
        process = subprocess.Popen(command, cwd=self.directory, stderr=log, text=True, **options)

        def end():
            process.terminate()
            process.wait()
            log.close()
            if process.stdout:
                process.stdout.close()
        self.addCleanup(end)
        return process

    def start_alertmanager(self):
        config = self.write("alertmanager.yml", ALERTMANAGER)
        self.start("/usr/bin/prometheus-alertmanager", "--config.file=" + config,
                   "--storage.path=" + os.path.join(self.directory, "alertmanager"),
                   "--web.listen-address=127.0.0.1:%d" % self.ports["alertmanager"],
                   "--cluster.listen-address=", stdout=subprocess.DEVNULL)
        self.alertmanager = "http://127.0.0.1:%d" % self.ports["alertmanager"]
        wait_until(lambda: answers(self.alertmanager + "/-/ready"), "Alertmanager is ready")

    def start_prometheus(self):
        config = self.write("prometheus.yml", PROMETHEUS % dict(self.ports, rules=RULES))
        self.start("/usr/bin/prometheus", "--config.file=" + config,
                   "--storage.tsdb.path=" + os.path.join(self.directory, "prometheus"),
                   "--web.listen-address=127.0.0.1:%d" % self.ports["prometheus"],
                   "--rules.alert.resend-delay=1s",
                   stdout=subprocess.DEVNULL)
        self.prometheus = "http://127.0.0.1:%d" % self.ports["prometheus"]
        wait_until(lambda: answers(self.prometheus + "/-/ready"), "Prometheus is ready")

    def start_node(self):
        config = self.write("lab.yaml", CONFIG % self.ports)
        node = self.start(MAILFLOW, "run", "--config", config, stdout=subprocess.PIPE)
        ready = node.stdout.readline()
        self.assertTrue(ready.startswith("mailflow ready "), ready)
        self.node = dict(word.split("=", 1) for word in ready.split()[2:])["http"].rstrip("/")
        self.ports["node"] = int(self.node.rsplit(":", 1)[1])

    def post(self, path, body=b"", kind="application/json"):
        request = urllib.request.Request(self.node + "/api/v1" + path, body, {"Content-Type": kind})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def pass_time(self, duration):
        self.post("/clock/advance", json.dumps({"by": duration}).encode())

    def query(self, expression):
        answer = json.loads(get(self.prometheus + "/api/v1/query?"
                                + urllib.parse.urlencode({"query": expression})))
        self.assertEqual(answer["status"], "success", expression)
        return answer["data"]["result"]

    def active(self):
        """The names of the alerts that Alertmanager takes for active."""
        alerts = json.loads(get(self.alertmanager + "/api/v2/alerts"))
        return {alert["labels"]["alertname"]: alert for alert in alerts}

    def test_prometheus_scrapes_and_alertmanager_hears_of_trouble_and_its_end(self):
        self.start_alertmanager()
        self.start_node()
        self.start_prometheus()
        self.check_metrics()
        for _ in range(3):
            self.post("/messages?from=alice@contoso.example&to=bob@contoso.example",
                      b"Subject: It waits\r\n\r\nHello.\r\n", "message/rfc822")
        waiting = wait_until(lambda: self.query('mailflow_queue_messages{job="mailflow"} == 3'),
                             "Prometheus has seen three messages wait")
        self.assertEqual(waiting[0]["metric"]["connector"], "To on-premises")
        self.assertEqual(self.active(), {})

        self.pass_time("PT4H")
        told = wait_until(lambda: self.active().get(OF_THE_NODE), "the webhook has told the alert")
        self.assertEqual(told["labels"]["connector"], "To on-premises")
        self.assertIn("4.4.316", told["annotations"]["lastError"])
        self.assertIn("TCP port 25", told["annotations"]["advice"])
        fired = wait_until(lambda: self.active().get(OF_THE_RULES), "the rule has fired")
        self.assertEqual(fired["labels"]["connector"], "To on-premises")
        self.check_dashboard()

        self.start("/usr/sbin/smtp-sink", "-u", "nobody", "127.0.0.1:%d" % self.ports["sink"], "10")
        wait_until(lambda: listening(self.ports["sink"]), "smtp-sink listens")
        self.pass_time("PT10M")
        wait_until(lambda: self.query("mailflow_queue_messages == 0"), "Prometheus has seen it drain")
        wait_until(lambda: OF_THE_NODE not in self.active(), "the webhook has told the end")
        wait_until(lambda: OF_THE_RULES not in self.active(), "the rule is over", 120)

    def check_metrics(self):
        lint = subprocess.run(["/usr/bin/promtool", "check", "metrics"],
                              input=get(self.node + "/metrics"), capture_output=True, text=True)
        self.assertEqual((lint.returncode, lint.stdout + lint.stderr), (0, ""))

    def check_dashboard(self):
        """Prometheus understands each query, and finds something by most of them."""
        with open(DASHBOARD, encoding="utf-8") as file:
            queries = re.findall(r'"expr": "((?:[^"\\]|\\.)*)"', file.read())
        empty = []
        for query in queries:
            expression = (json.loads('"%s"' % query)
                          .replace("$connector", ".*").replace("$__rate_interval", "1m"))
            if not self.query(expression):
                empty.append(expression)
        # Nothing was delivered or returned yet, and nobody has shown a certificate.
        self.assertEqual(len(empty), 3, empty)

    def test_the_rules_do_what_their_tests_say(self):
        rules = os.path.dirname(RULES)
        for command in (["check", "rules", "mailflow.rules.yml"], ["test", "rules", "mailflow.test.yml"]):
            run = subprocess.run(["/usr/bin/promtool", *command], cwd=rules, capture_output=True, text=True)
            self.assertEqual(run.returncode, 0, run.stdout + run.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)

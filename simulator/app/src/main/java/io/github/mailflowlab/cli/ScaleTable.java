package io.github.mailflowlab.cli;

import io.github.mailflowlab.document.ScaleDocument;
import io.github.mailflowlab.document.ScaleDocument.Latency;
import io.github.mailflowlab.document.ScaleDocument.Speed;
import java.io.PrintWriter;
import java.util.OptionalLong;

/** What a node does with a long queue, beside what is asked of it, in Markdown. */
record ScaleTable(ScaleDocument result) {
  void print(PrintWriter out) {
    out.println(
        "| " + result.messages() + " messages wait, " + result.size() + " octets each | | limit |");
    out.println("|---|---|---|");
    row(
        out,
        "start of the process to ready, nothing waiting",
        result.emptyStartSeconds() + " s",
        "");
    row(out, "start of the process to first attempt", result.firstAttemptSeconds() + " s", "3 s");
    row(out, "queues with their counts", text(result.queueList()), "100 ms");
    row(out, "all messages, counted", text(result.status()), "100 ms");
    row(out, "the newest 100 messages", text(result.messageList()), "");
    row(
        out,
        "connections in an hour of probes",
        result.connections() + " for " + result.probes() + " intervals",
        "1 each");
    row(
        out,
        "written to the disk for a probe",
        text(result.kilobytesPerProbe(), " KB"),
        "no row per message");
    row(out, "live heap", result.heapMegabytes() + " MB", "256 MB");
    row(out, "another connector, nothing waiting", text(result.others()), "");
    row(out, "another connector, all waiting", text(result.othersMeanwhile()), "within 20 %");
    row(out, "drain, the host is back", text(result.drain()), "");
    row(out, "delivered", result.delivered() + "", result.messages() + "");
    row(out, "expiry, with an NDR each", text(result.expiry()), "256 MB");
    row(out, "NDRs", result.reports() + "", result.messages() + "");
    out.flush();
  }

  private static void row(PrintWriter out, String what, String found, String limit) {
    out.println("| " + what + " | " + found + " | " + limit + " |");
  }

  private static String text(Latency latency) {
    return latency.p50Millis() + " ms, at most " + latency.maxMillis() + " ms";
  }

  private static String text(Speed speed) {
    return Math.round(speed.messagesPerSecond())
        + "/s, "
        + Math.round(speed.cpuMillisPerThousand())
        + " ms CPU/1000, live heap "
        + speed.heapMegabytes()
        + " MB, process at most "
        + text(speed.peakMegabytes(), " MB");
  }

  private static String text(OptionalLong value, String unit) {
    return value.isPresent() ? value.getAsLong() + unit : "unknown";
  }
}

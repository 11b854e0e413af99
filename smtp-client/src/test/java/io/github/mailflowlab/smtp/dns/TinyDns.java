package io.github.mailflowlab.smtp.dns;

import io.github.mailflowlab.config.DnsSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A DNS server over UDP with a few records, for names that the lab does not stage. */
final class TinyDns implements AutoCloseable {
  private final List<Record> records = new ArrayList<>();
  private final Duration delay;
  private final DatagramSocket socket;
  private final ScheduledExecutorService replies = Executors.newSingleThreadScheduledExecutor();

  private TinyDns(Duration delay, String... lines) throws IOException {
    this.delay = delay;
    this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    for (String line : lines) {
      String[] fields = line.split(" ", 3);
      records.add(
          Record.fromString(
              Name.fromString(fields[0]),
              Type.value(fields[1]),
              DClass.IN,
              0,
              fields[2],
              Name.root));
    }
    Thread thread = new Thread(this::serve, "tiny-dns");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Starts.
   *
   * @param delay of each answer
   * @param records as {@code name. TYPE data}
   */
  static TinyDns start(Duration delay, String... records) {
    try {
      return new TinyDns(delay, records);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One try. */
  DnsSettings settings(Duration limit) {
    return new DnsSettings(List.of((InetSocketAddress) socket.getLocalSocketAddress()), limit, 1);
  }

  private void serve() {
    try {
      while (true) {
        DatagramPacket in = new DatagramPacket(new byte[4_096], 4_096);
        socket.receive(in);
        Message query = new Message(Arrays.copyOf(in.getData(), in.getLength()));
        SocketAddress client = in.getSocketAddress();
        var unused =
            replies.schedule(
                () -> send(answer(query), client), delay.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (IOException e) {
      // The socket is closed: that was all.
    }
  }

  private void send(Message answer, SocketAddress client) {
    byte[] wire = answer.toWire();
    try {
      socket.send(new DatagramPacket(wire, wire.length, client));
    } catch (IOException e) {
      // Nobody is left to answer.
    }
  }

  private Message answer(Message query) {
    Record question = query.getQuestion();
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.addRecord(question, Section.QUESTION);
    List<Record> ofName =
        records.stream().filter(found -> found.getName().equals(question.getName())).toList();
    ofName.stream()
        .filter(found -> List.of(question.getType(), Type.CNAME).contains(found.getType()))
        .forEach(found -> answer.addRecord(found, Section.ANSWER));
    answer.getHeader().setRcode(ofName.isEmpty() ? Rcode.NXDOMAIN : Rcode.NOERROR);
    return answer;
  }

  @Override
  public void close() {
    socket.close();
    replies.shutdownNow();
  }
}

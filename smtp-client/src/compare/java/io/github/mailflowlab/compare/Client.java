package io.github.mailflowlab.compare;

import java.util.function.LongConsumer;

/** Another library, with its connections open. */
interface Client extends AutoCloseable {
  /**
   * Sends so many messages over the connections, with one under way on each; returns once the last
   * is taken.
   *
   * @param latency told how many nanoseconds each one took; any thread may call it
   * @throws Exception when the sink did not take one
   */
  void send(int messages, LongConsumer latency) throws Exception;

  @Override
  void close();
}

package io.github.mailflowlab.delivery;

import java.util.concurrent.CompletionStage;

/**
 * Makes attempts. It neither retries (beyond trying all addresses of a next hop) nor persists nor
 * judges.
 */
public interface Transport {
  /**
   * Starts one attempt. Never throws and never blocks; any thread may call it. The report comes on
   * a thread of the transport, exactly once, whatever happens: every wait has a limit.
   */
  Attempt start(AttemptRequest request);

  /** An attempt under way. */
  interface Attempt {
    /** Completes with what happened, never exceptionally for anything a peer can do. */
    CompletionStage<AttemptReport> report();

    /**
     * Ends the attempt soon: the connection is closed, and the report says what had happened by
     * then. Any thread; no effect once the report is there.
     */
    void cancel();

    /**
     * What was reported is on stable storage, or nobody cares. Only from then on may the connection
     * carry another message: so after a crash at most one message per connection is sent again. Any
     * thread, once the report is there; who never says so gets a new connection each time.
     */
    void recorded();
  }
}

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
  }
}

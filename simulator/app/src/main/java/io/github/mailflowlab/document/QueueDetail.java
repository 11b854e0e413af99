package io.github.mailflowlab.document;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Optional;

/** A queue, with a page of the messages that wait in it. */
public record QueueDetail(
    @JsonUnwrapped QueueDocument queue,
    List<MessageDocument> messages,
    Optional<String> nextCursor) {}

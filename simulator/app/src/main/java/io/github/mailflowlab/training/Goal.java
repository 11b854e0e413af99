package io.github.mailflowlab.training;

import io.github.mailflowlab.document.LessonDocument.Finding;

/** Something that has to be so in the end. */
@FunctionalInterface
interface Goal {
  /** How it is now; may open connections. Tells what is seen, not what to do about it. */
  Finding judge(Facts facts);
}

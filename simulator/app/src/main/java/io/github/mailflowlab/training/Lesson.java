package io.github.mailflowlab.training;

import io.github.mailflowlab.document.LessonDocument;
import io.github.mailflowlab.lab.HostPlan;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.settings.LabSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Something broken, and what it takes to put it right.
 *
 * @param id its name on the command line
 * @param title in a few words
 * @param code what Exchange says of it
 * @param texts for the learner
 * @param hosts the servers, with what is wrong with them
 * @param records names that lead elsewhere than to their hosts
 * @param settings of the organisation that sends
 * @param mail that is sent when the lesson begins
 * @param lead how long that waits before the learner comes
 * @param goals what has to be so in the end
 */
record Lesson(
    String id,
    String title,
    String code,
    Texts texts,
    List<HostPlan> hosts,
    Map<String, String> records,
    LabSettings settings,
    Mail mail,
    Duration lead,
    List<Goal> goals) {
  /**
   * What is told, bit by bit. In hints, commands and explanations <code>{port NAME}</code> stands
   * for the port of a host, and <code>{alert}</code> for the id of the alert that is open.
   *
   * @param story what happened before
   * @param symptoms what people see
   * @param goal what is to be done
   * @param commands those that help to find out, without {@code mailflow}
   * @param hints one after the other
   * @param solution commands that solve it, without {@code mailflow}
   * @param explanation why they do
   * @param exchange where one would look in Exchange
   */
  record Texts(
      String story,
      String symptoms,
      String goal,
      List<String> commands,
      List<String> hints,
      List<String> solution,
      String explanation,
      String exchange) {
    Texts {
      commands = List.copyOf(commands);
      hints = List.copyOf(hints);
      solution = List.copyOf(solution);
    }
  }

  /**
   * Mail from {@code alice@contoso.example}.
   *
   * @param to one message to each
   * @param line a line of its text
   */
  record Mail(List<Mailbox> to, String line) {
    Mail {
      to = List.copyOf(to);
    }
  }

  Lesson {
    hosts = List.copyOf(hosts);
    records = Map.copyOf(records);
    goals = List.copyOf(goals);
  }

  LessonDocument.Entry entry() {
    return new LessonDocument.Entry(id, title, code);
  }
}

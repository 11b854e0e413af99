package io.github.mailflowlab.smtp.dialogue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.mailflowlab.config.TlsSettings;
import java.util.List;

/**
 * Every peer and every network, in any order: the rules of {@link SmtpDialogue} hold. An input is
 * two octets for the order and one for each event ({@link DialogueProgram}).
 */
final class SmtpDialogueFuzzTest {
  @FuzzTest
  void keepsItsRulesWhateverHappens(byte[] input) {
    if (input.length < 2) {
      return;
    }
    TlsSettings settings = List.of(TlsSettings.values()).get(input[0] & 3);
    boolean inClear = (input[0] & 4) != 0 && !settings.demandsTls();
    DialogueProgram program = new DialogueProgram(settings, !inClear, input[1] & 7);
    for (int i = 2; i < input.length; i++) {
      program.happen(DialogueProgram.eventOf(input[i]));
    }
    program.end();
  }
}

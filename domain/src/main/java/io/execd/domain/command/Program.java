package io.execd.domain.command;

import io.execd.domain.Failure;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a command runs: a text for the shell, or a program with its arguments. */
public sealed interface Program {

  /** The command as status answers and logs show it: a text that a shell would understand. */
  String display();

  /** A text given to {@code bash -c}, or to {@code sh -c} where there is no bash. */
  record Script(String text) implements Program {
    public Script {
      if (text.isEmpty()) {
        throw Failure.invalidField("command", "must not be empty");
      }
      Nul.refuse("command", text);
    }

    @Override
    public String display() {
      return text;
    }
  }

  /**
   * A program started as it is: no shell, no expansion. A relative path is taken from the working
   * directory, a bare name from the absolute entries of the child's own PATH.
   */
  record Argv(List<String> words) implements Program {
    private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    public Argv {
      words = List.copyOf(words);
      if (words.isEmpty() || words.getFirst().isEmpty()) {
        throw Failure.invalidField("argv", "the first word must be there and not empty");
      }
      words.forEach(word -> Nul.refuse("argv", word));
    }

    @Override
    public String display() {
      return words.stream().map(Argv::quote).collect(Collectors.joining(" "));
    }

    private static String quote(String word) {
      return PLAIN_WORD.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
  }
}

package io.execd.bootstrap.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The command line, split into flags and their texts: one or two dashes, the value behind {@code =}
 * or as the next word, the last of equal flags wins.
 */
record Arguments(Map<String, String> flags, boolean help, boolean version) {

  /** Throws {@link BadValue} with the whole line for what is no flag, or has no value. */
  static Arguments parse(List<String> words) {
    Map<String, String> flags = new HashMap<>();
    for (int i = 0; i < words.size(); i++) {
      String name = name(words.get(i));
      int equals = name.indexOf('=');
      if (isHelp(name) || name.equals("version")) {
        return new Arguments(Map.of(), isHelp(name), !isHelp(name));
      } else if (equals >= 0) {
        flags.put(known(name.substring(0, equals)), name.substring(equals + 1));
      } else if (i + 1 < words.size()) {
        flags.put(known(name), words.get(++i));
      } else {
        throw new BadValue("--" + known(name) + ": needs a value");
      }
    }
    return new Arguments(flags, false, false);
  }

  private static boolean isHelp(String name) {
    return name.equals("help") || name.equals("h");
  }

  private static String name(String word) {
    int dashes = word.startsWith("--") ? 2 : word.startsWith("-") ? 1 : 0;
    if (dashes == 0 || word.length() == dashes) {
      throw new BadValue("unexpected argument '" + word + "' (see --help)");
    }
    return word.substring(dashes);
  }

  private static String known(String name) {
    if (Options.ALL.stream().noneMatch(option -> option.flag().equals(name)) || name.isEmpty()) {
      throw new BadValue("unknown flag --" + name + " (see --help)");
    }
    return name;
  }
}

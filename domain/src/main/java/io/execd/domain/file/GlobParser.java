package io.execd.domain.file;

import io.execd.domain.Failure;
import io.execd.domain.file.GlobProgram.State.End;
import io.execd.domain.file.GlobProgram.State.Fork;
import io.execd.domain.file.GlobProgram.State.Take;
import io.execd.domain.file.GlobProgram.Test;
import java.util.ArrayList;
import java.util.List;

/** Reads one pattern, once. */
final class GlobParser {
  private static final int LONGEST = 1024;
  private static final int DEEPEST = 20;

  private final String pattern;
  private final GlobProgram program = new GlobProgram();
  private int at;
  private int depth;

  GlobParser(String pattern) {
    this.pattern = pattern;
  }

  GlobProgram parse() {
    if (pattern.length() > LONGEST) {
      throw bad("is longer than " + LONGEST + " characters");
    }
    while (at < pattern.length()) {
      element();
    }
    program.add(new End());
    return program;
  }

  private void element() {
    char next = pattern.charAt(at);
    switch (next) {
      case '*' -> stars();
      case '?' -> take(character -> character != '/');
      case '[' -> program.add(new Take(new GlobClass(this).parse()));
      case '{' -> group();
      case '\\' -> {
        at++;
        literal();
      }
      default -> literal();
    }
  }

  private void take(Test test) {
    at++;
    program.add(new Take(test));
  }

  private void literal() {
    int wanted = character();
    program.add(new Take(character -> character == wanted));
  }

  /** Takes one character of the pattern. */
  int character() {
    if (at >= pattern.length()) {
      throw bad("ends too early");
    }
    int character = pattern.codePointAt(at);
    at += Character.charCount(character);
    return character;
  }

  /** Takes one character of the pattern if it is this one. */
  boolean skip(char wanted) {
    boolean there = at < pattern.length() && pattern.charAt(at) == wanted;
    at += there ? 1 : 0;
    return there;
  }

  /** Gives the last character back. */
  void back() {
    at--;
  }

  private void stars() {
    int first = at;
    while (skip('*')) {
      // any number of stars but two means what one does
    }
    if (at - first == 2 && isPart(first, at)) {
      parts();
    } else {
      repeat(character -> character != '/');
    }
  }

  /** Whether this piece of the pattern is a whole part of the path. */
  private boolean isPart(int from, int to) {
    return (from == 0 || "/{,".indexOf(pattern.charAt(from - 1)) >= 0)
        && (to == pattern.length() || "/},".indexOf(pattern.charAt(to)) >= 0);
  }

  /** Any number of parts: with the slash after them, if there is one, none is fine too. */
  private void parts() {
    if (at == pattern.length() || pattern.charAt(at) != '/') {
      repeat(_ -> true);
      return;
    }
    at++;
    int fork = program.next();
    program.add(new End());
    repeat(_ -> true);
    program.add(new Take(character -> character == '/'));
    program.set(fork, new Fork(fork + 1, program.next()));
  }

  private void repeat(Test test) {
    int fork = program.next();
    program.add(new Fork(fork + 1, fork + 3));
    program.add(new Take(test));
    program.add(new Fork(fork, fork));
  }

  /** Each alternative ends with a jump behind the last. */
  private void group() {
    if (++depth > DEEPEST) {
      throw bad("nests deeper than " + DEEPEST);
    }
    at++;
    List<Integer> jumps = new ArrayList<>();
    boolean more = true;
    while (more) {
      int fork = program.next();
      program.add(new End());
      more = alternative(jumps);
      program.set(fork, new Fork(fork + 1, more ? program.next() : fork + 1));
    }
    jumps.forEach(jump -> program.set(jump, new Fork(program.next(), program.next())));
    depth--;
  }

  /** Whether another one follows. */
  private boolean alternative(List<Integer> jumps) {
    while (at < pattern.length() && pattern.charAt(at) != ',' && pattern.charAt(at) != '}') {
      element();
    }
    jumps.add(program.next());
    program.add(new End());
    return character() == ',';
  }

  Failure bad(String problem) {
    return Failure.invalidField("pattern", "'" + pattern + "' " + problem);
  }
}

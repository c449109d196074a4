package io.execd.domain.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A glob as a nondeterministic machine: each state either takes one character and goes to the next
 * state, or goes on to others without one. Immutable once it is built.
 */
final class GlobProgram {
  /** What a state does. */
  sealed interface State {
    /** Takes one character that the test allows. */
    record Take(Test test) implements State {}

    /** Goes on to both. */
    record Fork(int first, int second) implements State {}

    /** All is well when the name ends here. */
    record End() implements State {}
  }

  /** Allows a character or not. */
  @FunctionalInterface
  interface Test {
    boolean allows(int character);
  }

  private final List<State> states = new ArrayList<>();

  int next() {
    return states.size();
  }

  void add(State state) {
    states.add(state);
  }

  void set(int at, State state) {
    states.set(at, state);
  }

  boolean matches(String name) {
    Active now = new Active(states.size());
    enter(0, now);
    for (int i = 0; i < name.length() && now.count > 0; ) {
      int character = name.codePointAt(i);
      i += Character.charCount(character);
      now = step(now, character);
    }
    return now.contains(states.size() - 1);
  }

  private Active step(Active now, int character) {
    Active after = new Active(states.size());
    for (int i = 0; i < now.count; i++) {
      int at = now.order[i];
      if (states.get(at) instanceof State.Take(Test test) && test.allows(character)) {
        enter(at + 1, after);
      }
    }
    return after;
  }

  private void enter(int at, Active active) {
    if (active.add(at) && states.get(at) instanceof State.Fork(int first, int second)) {
      enter(first, active);
      enter(second, active);
    }
  }

  /** A set of states. */
  private static final class Active {
    private final boolean[] in;
    private final int[] order;
    private int count;

    Active(int size) {
      in = new boolean[size];
      order = new int[size];
      Arrays.fill(order, -1);
    }

    boolean contains(int state) {
      return in[state];
    }

    boolean add(int state) {
      if (in[state]) {
        return false;
      }
      in[state] = true;
      order[count++] = state;
      return true;
    }
  }
}

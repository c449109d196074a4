package io.execd.domain.command;

import java.util.List;

/**
 * A user of this machine, as its account files tell it.
 *
 * @param groups the ids of all groups that list the user, without the primary one
 */
public record Account(long uid, long gid, String name, String home, List<Long> groups) {
  public Account {
    groups = List.copyOf(groups);
  }
}

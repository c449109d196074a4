package io.execd.domain.command;

import io.execd.domain.Failure;
import java.util.List;

/**
 * The user and groups a process runs with.
 *
 * @param uid 0 to 4294967294
 * @param gid 0 to 4294967294
 * @param groups the supplementary groups, replacing the daemon's own
 */
public record Identity(long uid, long gid, List<Long> groups) {
  /** The largest id; the one above it means "unchanged" to the kernel. */
  public static final long MAX_ID = 4_294_967_294L;

  public Identity {
    groups = List.copyOf(groups);
    requireId("uid", uid);
    requireId("gid", gid);
  }

  private static void requireId(String field, long id) {
    if (id < 0 || id > MAX_ID) {
      throw Failure.invalidField(field, "must be between 0 and " + MAX_ID);
    }
  }
}

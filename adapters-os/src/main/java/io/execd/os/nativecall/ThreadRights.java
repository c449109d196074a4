package io.execd.os.nativecall;

import io.execd.domain.command.Identity;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Whose rights the calling thread has when the kernel checks a path: the file system ids and the
 * supplementary groups, which Linux keeps for each thread. To be used on platform threads that
 * nobody else uses meanwhile.
 */
public final class ThreadRights {
  private static final long ASK = -1;

  private final Linux linux;
  private final Identity own;

  /** Takes what the thread has now for the daemon's own. */
  public ThreadRights(Linux linux) {
    this.linux = linux;
    this.own = current();
  }

  private Identity current() {
    long uid = linux.call(SystemCall.SETFSUID, ASK);
    long gid = linux.call(SystemCall.SETFSGID, ASK);
    return new Identity(
        Integer.toUnsignedLong((int) uid), Integer.toUnsignedLong((int) gid), groups());
  }

  private List<Long> groups() {
    try (Scratch scratch = Scratch.borrow()) {
      long most = Scratch.DATA_BYTES / Integer.BYTES;
      long count = linux.call(SystemCall.GETGROUPS, most, scratch.dataAddress());
      List<Long> groups = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        groups.add(Integer.toUnsignedLong(scratch.data().getInt(i * Integer.BYTES)));
      }
      return groups;
    }
  }

  /** Whether these are the rights the daemon has anyway. */
  public boolean isOwn(Identity who) {
    return who.uid() == own.uid()
        && who.gid() == own.gid()
        && Set.copyOf(who.groups()).equals(Set.copyOf(own.groups()));
  }

  /**
   * Whether the kernel takes the daemon's privileges away by itself when it acts for somebody else:
   * it does so only for root.
   */
  public boolean canChange() {
    return own.uid() == 0;
  }

  /**
   * Gives the calling thread these rights.
   *
   * @return false when the kernel does not let it; {@link #restore} is needed all the same
   */
  public boolean take(Identity who) {
    return set(who) && is(who);
  }

  /**
   * Gives the calling thread the daemon's rights back.
   *
   * @return false when that failed: the thread must not be used again
   */
  public boolean restore() {
    linux.call(SystemCall.SETFSUID, own.uid());
    return set(own) && is(own);
  }

  private boolean set(Identity who) {
    boolean grouped = setGroups(who.groups());
    linux.call(SystemCall.SETFSGID, who.gid());
    linux.call(SystemCall.SETFSUID, who.uid());
    return grouped;
  }

  private boolean is(Identity who) {
    Identity now = current();
    return now.uid() == who.uid()
        && now.gid() == who.gid()
        && Set.copyOf(now.groups()).equals(Set.copyOf(who.groups()));
  }

  private boolean setGroups(List<Long> groups) {
    try (Scratch scratch = Scratch.borrow()) {
      ByteBuffer ids = scratch.data();
      if (groups.size() > ids.capacity() / Integer.BYTES) {
        return false;
      }
      for (int i = 0; i < groups.size(); i++) {
        ids.putInt(i * Integer.BYTES, groups.get(i).intValue());
      }
      return linux.call(SystemCall.SETGROUPS, groups.size(), scratch.dataAddress()) == 0;
    }
  }
}

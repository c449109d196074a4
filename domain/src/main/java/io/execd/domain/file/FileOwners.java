package io.execd.domain.file;

import java.util.Optional;
import java.util.OptionalLong;

/** Out-port: the names of users and groups. Thread-safe; may read files. */
public interface FileOwners {

  /** The user's name, or the number as text where there is none. */
  String userName(long uid);

  /** The group's name, or the number as text where there is none. */
  String groupName(long gid);

  /** The user's name; empty when there is none, or a file would have to be read for it. */
  Optional<String> userNameAtOnce(long uid);

  /** The group's name; empty when there is none, or a file would have to be read for it. */
  Optional<String> groupNameAtOnce(long gid);

  /** The user of this name, or of this number; empty when the name is not known. */
  OptionalLong user(String nameOrNumber);

  /** The group of this name, or of this number; empty when the name is not known. */
  OptionalLong group(String nameOrNumber);
}

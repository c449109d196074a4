package io.execd.domain.file;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Who shall own a file and who may use it; what is empty stays as it is.
 *
 * @param owner a user's name or number
 * @param group a group's name or number
 * @param mode the permission bits
 */
public record PermissionChange(Optional<String> owner, Optional<String> group, OptionalInt mode) {
  public static final PermissionChange NONE =
      new PermissionChange(Optional.empty(), Optional.empty(), OptionalInt.empty());
}

package io.execd.http.file;

import io.execd.application.file.Filesystem.Move;
import io.execd.application.file.Filesystem.Replacement;
import io.execd.domain.Failure;
import io.execd.domain.command.Identity;
import io.execd.domain.file.OctalMode;
import io.execd.domain.file.PermissionChange;
import io.execd.http.api.model.Permission;
import io.execd.http.api.model.RenameFileItem;
import io.execd.http.api.model.ReplaceFileContentItem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what requests about files carry; what cannot be used is refused by its name. */
final class FileRequests {
  /** The most entries that a listing with a limit may ask for: they are gathered in memory. */
  static final int MOST_ENTRIES = 10_000;

  private static final Pattern NUMBER = Pattern.compile("\\d{1,10}");

  private FileRequests() {}

  static String required(String name, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      throw Failure.missingQuery(name);
    }
    return value;
  }

  static long id(String field, String text) {
    if (!NUMBER.matcher(text).matches() || Long.parseLong(text) > Identity.MAX_ID) {
      throw Failure.invalidField(field, "must be between 0 and " + Identity.MAX_ID);
    }
    return Long.parseLong(text);
  }

  static OptionalInt limit(@Nullable Integer limit) {
    if (limit == null) {
      return OptionalInt.empty();
    }
    if (limit < 1 || limit > MOST_ENTRIES) {
      throw Failure.invalidField("limit", "must be between 1 and " + MOST_ENTRIES);
    }
    return OptionalInt.of(limit);
  }

  static Map<String, PermissionChange> permissions(Map<String, Permission> body) {
    Map<String, PermissionChange> changes = new LinkedHashMap<>();
    body.forEach((path, item) -> changes.put(path, permission(path, item)));
    return changes;
  }

  private static PermissionChange permission(String path, @Nullable Permission item) {
    return item == null
        ? PermissionChange.NONE
        : permission(path + ": mode", item.getOwner(), item.getGroup(), item.getMode());
  }

  static PermissionChange permission(
      String field, @Nullable String owner, @Nullable String group, @Nullable Integer mode) {
    return new PermissionChange(
        Optional.ofNullable(owner).filter(name -> !name.isEmpty()),
        Optional.ofNullable(group).filter(name -> !name.isEmpty()),
        mode == null || mode == 0
            ? OptionalInt.empty()
            : OptionalInt.of(OctalMode.bits(field, mode)));
  }

  static List<Move> moves(List<RenameFileItem> body) {
    return body.stream().map(FileRequests::move).toList();
  }

  private static Move move(@Nullable RenameFileItem item) {
    if (item == null) {
      throw Failure.invalidField("request body", "an item must not be null");
    }
    return new Move(field("src", item.getSrc()), field("dest", item.getDest()));
  }

  static Map<String, Replacement> replacements(Map<String, ReplaceFileContentItem> body) {
    Map<String, Replacement> replacements = new LinkedHashMap<>();
    body.forEach((path, item) -> replacements.put(path, replacement(path, item)));
    return replacements;
  }

  private static Replacement replacement(String path, @Nullable ReplaceFileContentItem item) {
    if (item == null) {
      throw Failure.invalidField(path, "must be an object");
    }
    String old = field(path + ".old", item.getOld());
    if (old.isEmpty()) {
      throw Failure.invalidField(path + ".old", "must not be empty");
    }
    String replacement = item.getNew();
    return new Replacement(old, replacement == null ? "" : replacement);
  }

  private static String field(String name, @Nullable String value) {
    if (value == null) {
      throw Failure.invalidField(name, "is required and must be a string");
    }
    return value;
  }
}

package io.execd.domain.file;

import io.execd.domain.Failure;
import io.execd.domain.Variables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An absolute path; one of a caller's has no {@code .}, {@code ..}, doubled or trailing slashes.
 */
public final class FilePath {
  /** The longest text that is looked at; the kernel takes 4,095 bytes. */
  private static final int LONGEST = 64 * 1024;

  private static final FilePath ROOT = new FilePath("/");

  private final String octets;

  /** Of bytes as {@link Octets} has them. */
  public FilePath(String octets) {
    this.octets = octets;
  }

  /** Its bytes. */
  public String octets() {
    return octets;
  }

  /** Where a path in a request starts: the daemon's environment and working directory. */
  public record Origin(Map<String, String> environment, String workingDirectory) {
    public Origin {
      environment = Map.copyOf(environment);
    }
  }

  /**
   * The path a caller means: variables and {@code ~} are expanded, {@code ..} takes back the name
   * before it.
   *
   * @param field what to call the path in an error
   * @param exists tells whether an entry has this path; asked only about paths with a dollar sign
   *     or a leading {@code ~}
   * @throws Failure INVALID_REQUEST when it is empty, undefined, or no path at all
   */
  public static FilePath of(String field, String text, Origin origin, Predicate<FilePath> exists) {
    if (text.isEmpty()) {
      throw Failure.invalidField(field, "must not be empty");
    }
    if (text.length() > LONGEST) {
      throw Failure.invalidField(field, "is too long for a path");
    }
    return literal(
        field,
        Variables.expandPath(
            field, text, origin.environment(), part -> exists.test(literal(field, part, origin))),
        origin);
  }

  private static FilePath literal(String field, String text, Origin origin) {
    String octets = Octets.of(field, text);
    return normal(
        octets.startsWith("/")
            ? octets
            : Octets.of(field, origin.workingDirectory()) + "/" + octets);
  }

  private static FilePath normal(String whole) {
    if (isNormal(whole)) {
      return new FilePath(whole);
    }
    List<String> names = new ArrayList<>();
    for (String name : whole.split("/", -1)) {
      if (name.equals("..")) {
        if (!names.isEmpty()) {
          names.removeLast();
        }
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return new FilePath("/" + String.join("/", names));
  }

  /** Nearly always, and seen in a fraction of the time that taking it apart takes. */
  private static boolean isNormal(String whole) {
    int last = whole.length() - 1;
    for (int i = 0; i <= last; i++) {
      if (whole.charAt(i) == '/') {
        char next = i == last ? '/' : whole.charAt(i + 1);
        if (next == '/' || next == '.') {
          return false;
        }
      }
    }
    return true;
  }

  /** The last name; empty for the root. */
  public String name() {
    return octets.substring(octets.lastIndexOf('/') + 1);
  }

  /** The folder around it; the root is around itself. */
  public FilePath parent() {
    int slash = octets.lastIndexOf('/');
    return slash <= 0 ? ROOT : new FilePath(octets.substring(0, slash));
  }

  /** A path below this one. */
  public FilePath child(String name) {
    return new FilePath(isRoot() ? "/" + name : octets + "/" + name);
  }

  /**
   * What a link here with this text leads to. Not made normal: where {@code ..} leads from a folder
   * that is a link itself, only the kernel can say.
   */
  public FilePath resolve(String link) {
    return new FilePath(link.startsWith("/") ? link : parent().octets + "/" + link);
  }

  public boolean isRoot() {
    return octets.length() == 1;
  }

  /** The text of the path. */
  public String text() {
    return Octets.text(octets);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FilePath path && path.octets.equals(octets);
  }

  @Override
  public int hashCode() {
    return octets.hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}

package io.execd.application.file;

import io.execd.domain.file.FileInfo;
import io.execd.domain.file.PermissionChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * In-port: the machine's files, with the rights of somebody. Paths are as a caller writes them.
 * What cannot be done is a {@link io.execd.domain.Failure} that names path, operation and reason.
 * Items of one call are done in order up to the first failure. All calls are safe for any number of
 * threads; all block, but for the one that says so.
 */
public interface Filesystem {

  /**
   * The same files with the rights of a user and a group: supplementary groups are the user's own
   * when the group is the user's primary one, else none.
   */
  Filesystem as(long uid, long gid);

  /** What is known of each path, under the path as it was given; links are not followed. */
  Map<String, FileInfo> info(List<String> paths);

  /**
   * The same without waiting for anything; empty when that is not possible for all of them,
   * whatever the reason.
   */
  Optional<Map<String, FileInfo>> infoAtOnce(List<String> paths);

  /** Removes files and links; what is missing is fine. */
  void removeFiles(List<String> paths);

  /** Changes owner, group and mode; links are followed. */
  void change(Map<String, PermissionChange> changes);

  /**
   * Moves files, links or folders to where nothing is, be it on another file system; the folder of
   * the destination is made. Each appears there whole or not at all; when a folder on another file
   * system cannot be removed after that, it is a failure that says so.
   */
  void move(List<Move> moves);

  /** One move. */
  record Move(String from, String to) {}

  /**
   * Every file below a folder, or the file itself, whose name matches; what cannot be read is left
   * out.
   *
   * @param pattern see {@link io.execd.domain.file.Glob}
   * @return to be closed by the caller
   */
  Listing search(String path, String pattern);

  /**
   * The entries of a folder in lexical order, each folder's own after it.
   *
   * @param depth how many levels; not negative
   * @return to be closed by the caller
   */
  Listing list(String path, int depth);

  /**
   * Replaces text in files, each in one step; permissions stay.
   *
   * @return how often, under the path as it was given
   */
  Map<String, Integer> replace(Map<String, Replacement> replacements);

  /** What is replaced, and by what. */
  record Replacement(String old, String replacement) {}

  /**
   * Opens a regular file to read it.
   *
   * @return to be closed by the caller
   */
  FileContent open(String path);

  /**
   * Begins to take in files that are to appear together.
   *
   * @return to be closed by the caller
   */
  Upload upload();

  /** Uploads that come in several requests. */
  Resumption resumption(String path);

  /** Makes folders with all above them; what exists is left as it is. */
  void makeFolders(Map<String, PermissionChange> folders);

  /** Removes folders with all that is in them, never through a link; what is missing is fine. */
  void removeFolders(List<String> paths);
}

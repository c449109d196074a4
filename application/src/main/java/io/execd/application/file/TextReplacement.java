package io.execd.application.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.execd.domain.Failure;
import io.execd.domain.file.FilePath;
import io.execd.domain.file.PermissionChange;
import java.nio.ByteBuffer;

/**
 * Replaces a text in one file in one pass, with memory for the two texts and no more, in a time
 * that is linear in the length of the file (Knuth, Morris and Pratt).
 */
final class TextReplacement {
  /** A longer text is no text to look for. */
  private static final int LONGEST = 1024 * 1024;

  private static final int BLOCK = 64 * 1024;

  private final Actor actor;
  private final FilePath path;
  private final byte[] old;
  private final byte[] replacement;
  private final int[] borders;
  private final ByteBuffer out = ByteBuffer.allocate(BLOCK);

  TextReplacement(Actor actor, FilePath path, Filesystem.Replacement item) {
    this.actor = actor;
    this.path = path;
    this.old = item.old().getBytes(UTF_8);
    this.replacement = item.replacement().getBytes(UTF_8);
    if (old.length == 0 || old.length > LONGEST) {
      throw Failure.invalidField(
          path.text() + ": old", "must have between 1 and " + LONGEST + " bytes");
    }
    this.borders = borders(old);
  }

  /** For each length of a match, the longest shorter one that it ends with. */
  private static int[] borders(byte[] text) {
    int[] borders = new int[text.length];
    int border = 0;
    for (int i = 1; i < text.length; i++) {
      while (border > 0 && text[i] != text[border]) {
        border = borders[border - 1];
      }
      border += text[i] == text[border] ? 1 : 0;
      borders[i] = border;
    }
    return borders;
  }

  /** Replaces all occurrences, from the first on; a file without any is left as it is. */
  int run() {
    try (FileContent source = FileContent.open(actor, path);
        PendingFile target = PendingFile.create(actor, path, PermissionChange.NONE)) {
      int count = copy(source, target);
      if (count > 0) {
        target.finish();
        target.commit();
      }
      return count;
    }
  }

  private int copy(FileContent source, PendingFile target) {
    byte[] block = new byte[BLOCK];
    int count = 0;
    int matched = 0;
    long at = 0;
    for (int read = fill(source, block, at); read > 0; read = fill(source, block, at)) {
      for (int i = 0; i < read; i++) {
        matched = take(block[i], matched, target);
        if (matched == old.length) {
          put(replacement, replacement.length, target);
          matched = 0;
          count++;
        }
      }
      at += read;
    }
    put(old, matched, target);
    drain(target);
    return count;
  }

  private static int fill(FileContent source, byte[] block, long at) {
    return source.read(ByteBuffer.wrap(block), at);
  }

  /** How much of the text is matched after one more byte; what falls out of the match is copied. */
  private int take(byte next, int matched, PendingFile target) {
    int length = matched;
    while (length > 0 && old[length] != next) {
      int border = borders[length - 1];
      put(old, length - border, target);
      length = border;
    }
    if (old[length] == next) {
      return length + 1;
    }
    if (!out.hasRemaining()) {
      drain(target);
    }
    out.put(next);
    return 0;
  }

  private void put(byte[] bytes, int length, PendingFile target) {
    for (int done = 0; done < length; ) {
      if (!out.hasRemaining()) {
        drain(target);
      }
      int count = Math.min(length - done, out.remaining());
      out.put(bytes, done, count);
      done += count;
    }
  }

  private void drain(PendingFile target) {
    target.write(out.flip());
    out.clear();
  }
}

package io.execd.os.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.execd.domain.SecretVariables;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The secrets among the arguments and variables of this process, which other processes may read in
 * {@code /proc/<pid>/cmdline} and {@code environ}. Both files show the process's own memory, where
 * the secrets can be overwritten: {@link System#getenv} and the words of main are copies.
 */
public final class OwnSecrets {
  private static final Path STAT = Path.of("/proc/self/stat");
  private static final String MEMORY = "/proc/self/mem";

  /** Of the fields after the program's name in /proc/self/stat. */
  private static final int ARGUMENTS_START = 45;

  private static final int ENVIRONMENT_END = 48;
  private static final byte MASK = '*';

  private OwnSecrets() {}

  /**
   * Overwrites the values of {@link SecretVariables} and all arguments that are one of these words,
   * or end with {@code =} and one. Code that reads the environment natively finds asterisks from
   * then on.
   *
   * @param words empty ones are passed over
   * @throws IOException where the kernel does not allow it; the secrets stay readable
   */
  public static void hide(List<String> words) throws IOException {
    long[] bounds = bounds();
    long start = bounds[0];
    if (start == 0) {
      throw new IOException("the kernel does not tell where they are");
    }
    try (RandomAccessFile memory = new RandomAccessFile(MEMORY, "rw")) {
      byte[] block = new byte[Math.toIntExact(bounds[1] - start)];
      memory.seek(start);
      memory.readFully(block);
      int from = 0;
      for (int i = 0; i < block.length; i++) {
        if (block[i] == 0) {
          int secret = secretLength(new String(block, from, i - from, UTF_8), words);
          overwrite(memory, start + i - secret, secret);
          from = i + 1;
        }
      }
    }
  }

  /** Where the arguments start and the environment, which follows them, ends. */
  private static long[] bounds() throws IOException {
    String stat = Files.readString(STAT, ISO_8859_1);
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return new long[] {
      Long.parseLong(fields[ARGUMENTS_START]), Long.parseLong(fields[ENVIRONMENT_END].strip())
    };
  }

  /** How many bytes at the end of an argument or variable are a secret. */
  private static int secretLength(String entry, List<String> words) {
    int equals = entry.indexOf('=');
    if (equals > 0 && SecretVariables.NAMES.contains(entry.substring(0, equals))) {
      return entry.substring(equals + 1).getBytes(UTF_8).length;
    }
    return words.stream()
        .filter(word -> !word.isEmpty() && (entry.equals(word) || entry.endsWith("=" + word)))
        .mapToInt(word -> word.getBytes(UTF_8).length)
        .max()
        .orElse(0);
  }

  private static void overwrite(RandomAccessFile memory, long address, int length)
      throws IOException {
    byte[] mask = new byte[length];
    Arrays.fill(mask, MASK);
    memory.seek(address);
    memory.write(mask);
  }
}

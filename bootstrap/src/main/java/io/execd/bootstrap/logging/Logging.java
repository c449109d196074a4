package io.execd.bootstrap.logging;

import io.execd.bootstrap.settings.Secret;
import io.execd.bootstrap.settings.Settings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Sets java.util.logging up by program: no configuration file is read. */
public final class Logging {
  private static final long FILE_LIMIT_BYTES = 10L << 20;
  private static final int OLDER_FILES = 2;

  /** Between the JDK's INFO and WARNING, as syslog has it. */
  private static final int NOTICE = 850;

  private Logging() {}

  /** To be called first of all, before any class asks for a logger. */
  public static void install() {
    System.setProperty("java.util.logging.manager", LastingLogManager.class.getName());
  }

  /**
   * From here on records go where the settings say.
   *
   * @param secrets masked in every record
   * @throws IOException when the log file cannot be opened
   */
  public static void configure(Settings.Log log, List<Secret> secrets) throws IOException {
    LineFormatter formatter = new LineFormatter(secrets);
    OutputStream out =
        log.file().isPresent()
            ? new RotatingFile(log.file().get(), FILE_LIMIT_BYTES, OLDER_FILES)
            : new FileOutputStream(FileDescriptor.out);
    Handler handler = new QueuedHandler(formatter, out);
    if (LogManager.getLogManager() instanceof LastingLogManager manager) {
      manager.reallyReset();
    }
    Level level = level(log.level());
    handler.setLevel(Level.ALL);
    Held.ROOT.addHandler(handler);
    Held.ROOT.setLevel(ofLibraries(level));
    Held.CLASSES.setLevel(level);
    Held.EXECUTIONS.setLevel(level);
  }

  /** Waits until what was said is written. */
  public static void flush() {
    for (Handler handler : Held.ROOT.getHandlers()) {
      handler.flush();
    }
  }

  /** Opens the log file anew, if there is one: another program may have moved it away. */
  public static void reopen() {
    for (Handler handler : Held.ROOT.getHandlers()) {
      if (handler instanceof QueuedHandler queue) {
        queue.reopen();
      }
    }
  }

  /** A syslog severity as a threshold. The daemon says nothing graver than an error. */
  static Level level(int severity) {
    return switch (severity) {
      case 0, 1, 2 -> Level.OFF;
      case 3 -> Level.SEVERE;
      case 4 -> Level.WARNING;
      case 5 -> Notice.LEVEL;
      case 6 -> Level.INFO;
      default -> Level.FINE;
    };
  }

  /** Libraries are chatty: their news is for debugging only. */
  private static Level ofLibraries(Level ours) {
    if (ours.equals(Level.FINE)) {
      return Level.INFO;
    }
    return ours.intValue() < Level.WARNING.intValue() ? Level.WARNING : ours;
  }

  /** The JDK keeps loggers by weak references and would forget their levels. */
  private static final class Held {
    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger CLASSES = Logger.getLogger("io.execd");
    private static final Logger EXECUTIONS = Logger.getLogger("execd");
  }

  /** The JDK wants a class of its own for a level that it does not know. */
  private static final class Notice extends Level {
    private static final long serialVersionUID = 1L;
    private static final Level LEVEL = new Notice();

    private Notice() {
      super("NOTICE", NOTICE);
    }
  }
}

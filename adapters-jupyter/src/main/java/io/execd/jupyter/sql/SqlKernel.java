package io.execd.jupyter.sql;

import io.execd.domain.Failure;
import io.execd.domain.code.ContextId;
import io.execd.domain.code.Kernel;
import io.execd.domain.code.KernelEnd;
import io.execd.domain.code.KernelObserver;
import io.execd.domain.stream.ExecutionEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One connection to the database. Each execution has a virtual thread. */
final class SqlKernel implements Kernel {
  private static final Logger LOG = System.getLogger(SqlKernel.class.getName());

  /** So that the driver reads rows as they are wanted. */
  private static final int FETCH_ROWS = 500;

  private final ContextId id = ContextId.random();
  private final Connection connection;
  private final AtomicReference<@Nullable Statement> running = new AtomicReference<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Semaphore resumed = new Semaphore(0);

  SqlKernel(Connection connection) {
    this.connection = connection;
  }

  @Override
  public ContextId id() {
    return id;
  }

  @Override
  public Optional<String> lost() {
    return Optional.empty();
  }

  @Override
  public void execute(String code, KernelObserver observer) {
    Thread.ofVirtual().name("sql-" + id.value()).start(() -> observer.ended(run(code, observer)));
  }

  private KernelEnd run(String code, KernelObserver observer) {
    try (Statement statement = connection.createStatement()) {
      running.set(statement);
      statement.setFetchSize(FETCH_ROWS);
      observer.event(new ExecutionEvent.Status("busy"));
      tell(statement, statement.execute(code), observer);
      observer.event(new ExecutionEvent.Status("idle"));
      return new KernelEnd.Finished();
    } catch (SQLException refused) {
      return raised(refused);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new KernelEnd.Died("the daemon stops", true);
    } finally {
      running.set(null);
    }
  }

  /** A text may hold several statements, each with rows or a count. */
  private void tell(Statement statement, boolean rowsFirst, KernelObserver observer)
      throws SQLException, InterruptedException {
    boolean rows = rowsFirst;
    while (rows || statement.getLargeUpdateCount() >= 0) {
      if (rows) {
        try (ResultSet set = statement.getResultSet()) {
          new RowWriter(piece -> send(piece, observer)).write(set);
        }
      } else {
        send(RowWriter.affected(statement.getLargeUpdateCount()), observer);
      }
      rows = statement.getMoreResults();
    }
  }

  private void send(byte[] json, KernelObserver observer) throws InterruptedException {
    resumed.drainPermits();
    while (!closed.get() && observer.room() == 0) {
      resumed.acquire();
    }
    observer.event(new ExecutionEvent.Result(OptionalInt.empty(), Map.of("text/plain", json)));
  }

  private static KernelEnd raised(SQLException refused) {
    String line =
        "ERROR %d (%s): %s"
            .formatted(refused.getErrorCode(), refused.getSQLState(), refused.getMessage());
    return new KernelEnd.Raised("SQLError", String.valueOf(refused.getMessage()), List.of(line));
  }

  @Override
  public void resume() {
    resumed.release();
  }

  @Override
  public CompletableFuture<Void> interrupt() {
    Statement statement = running.get();
    return statement == null
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.runAsync(
            () -> cancel(statement), task -> Thread.ofVirtual().start(task));
  }

  private static void cancel(Statement statement) {
    try {
      statement.cancel();
    } catch (SQLException failed) {
      throw new Failure(
          Failure.Code.RUNTIME_ERROR,
          "the query could not be interrupted: " + failed.getMessage(),
          failed);
    }
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    resumed.release();
    try {
      connection.abort(Runnable::run);
    } catch (SQLException failed) {
      LOG.log(Level.DEBUG, "a connection to the database did not end well", failed);
    }
  }
}

package io.execd.http.server;

import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.Filter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.utils.DelayedExecutor;
import org.glassfish.grizzly.utils.IdleTimeoutFilter;

/**
 * Closes connections on which no request runs: after a long time, or at a time that was set for one
 * of them.
 */
final class IdleConnections {
  private static final Attribute<Long> END =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(IdleConnections.class.getName());

  private final IdleTimeoutFilter filter;

  IdleConnections(DelayedExecutor timer) {
    this.filter = new IdleTimeoutFilter(timer, IdleConnections::millisLeft);
  }

  /** Sees the requests that run. */
  Filter filter() {
    return filter;
  }

  /** Sets the time, as {@link System#currentTimeMillis} counts, at which a connection is closed. */
  void closeAt(Connection<?> connection, long millis) {
    END.set(connection, millis);
    filter.getResolver().setTimeoutMillis(connection, millis);
  }

  /** What was set is over: a request has arrived. */
  static void closeLate(Connection<?> connection) {
    END.remove(connection);
  }

  /**
   * Asked whenever something on a connection ends. That may be the answer before the bytes for
   * which a time was set, if these came together with its request.
   */
  private static long millisLeft(FilterChainContext context) {
    Long end = END.peek(context.getConnection());
    return end == null
        ? Limits.IDLE_CONNECTION.toMillis()
        : Math.max(0, end - System.currentTimeMillis());
  }
}

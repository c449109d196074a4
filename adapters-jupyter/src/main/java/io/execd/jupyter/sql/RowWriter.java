package io.execd.jupyter.sql;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as {@code {"columns": [...], "rows": [[...]]}}, every value as a string or null. What
 * is too long for one event becomes several such objects with the same columns. Not thread-safe.
 */
final class RowWriter {
  private static final int PIECE_BYTES = 512 * 1024;

  /** A longer value is cut here, in characters, and says so. */
  private static final int VALUE_CHARS = 256 * 1024;

  private final Taker taker;
  private final ByteArrayOutputStream json = new ByteArrayOutputStream();
  private byte[] head = {};
  private boolean any;
  private boolean ended;

  /** Takes an object's text. */
  interface Taker {
    void take(byte[] json) throws SQLException, InterruptedException;
  }

  RowWriter(Taker taker) {
    this.taker = taker;
  }

  /** What a statement without rows tells. */
  static byte[] affected(long count) {
    return ascii("{\"columns\":[\"affected_rows\"],\"rows\":[[\"" + count + "\"]]}");
  }

  void write(ResultSet rows) throws SQLException, InterruptedException {
    int columns = begin(rows.getMetaData());
    while (rows.next()) {
      put(any ? ",[" : "[");
      any = true;
      for (int column = 1; column <= columns; column++) {
        put(column > 1 ? "," : "");
        value(rows.getString(column));
      }
      put("]");
      if (json.size() > PIECE_BYTES) {
        end();
        json.writeBytes(head);
        any = false;
      }
    }
    if (any || !ended) {
      end();
    }
  }

  private int begin(ResultSetMetaData columns) throws SQLException {
    put("{\"columns\":[");
    for (int column = 1; column <= columns.getColumnCount(); column++) {
      put(column > 1 ? "," : "");
      value(columns.getColumnLabel(column));
    }
    put("],\"rows\":[");
    head = json.toByteArray();
    return columns.getColumnCount();
  }

  private void end() throws SQLException, InterruptedException {
    put("]}");
    byte[] piece = json.toByteArray();
    json.reset();
    ended = true;
    taker.take(piece);
  }

  private void value(@Nullable String value) {
    if (value == null) {
      put("null");
      return;
    }
    put("\"");
    json.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(shorten(value)));
    put("\"");
  }

  private static String shorten(String value) {
    int surplus = value.length() - VALUE_CHARS;
    return surplus <= 0
        ? value
        : value.substring(0, VALUE_CHARS) + "... (" + surplus + " more characters)";
  }

  private void put(String text) {
    json.writeBytes(ascii(text));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

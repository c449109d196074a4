package io.execd.jupyter.sql;

import io.execd.domain.Failure;
import io.execd.domain.code.Kernel;
import io.execd.domain.code.KernelSource;
import io.execd.domain.code.Language;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import org.mariadb.jdbc.Driver;

/**
 * The MySQL or MariaDB server inside the sandbox: on the loopback address, user root without a
 * password, database {@code sandbox}, which is created when it is not there. Each kernel is a
 * connection.
 */
public final class SandboxDatabase implements KernelSource {
  private static final String DATABASE = "sandbox";

  static {
    // The driver would write every refused query to stdout; whoever sent it is told anyway.
    System.setProperty("mariadb.logging.disable", "true");
  }

  private final String address;

  /** At this host and port, such as {@code 127.0.0.1:3306}. */
  public SandboxDatabase(String address) {
    this.address = address;
  }

  @Override
  public Kernel start(Language language, Optional<String> directory) {
    try {
      return new SqlKernel(connect());
    } catch (SQLException failed) {
      throw new Failure(
          Failure.Code.NOT_READY,
          "the database at " + address + " cannot be used now: " + failed.getMessage(),
          failed);
    }
  }

  private Connection connect() throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("user", "root");
    settings.setProperty("allowMultiQueries", "true");
    settings.setProperty("connectTimeout", "5000");
    Connection connection = new Driver().connect("jdbc:mariadb://" + address + "/", settings);
    if (connection == null) {
      throw new SQLException("the driver does not know this address");
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE IF NOT EXISTS " + DATABASE);
      statement.execute("USE " + DATABASE);
    } catch (SQLException failed) {
      connection.close();
      throw failed;
    }
    return connection;
  }
}

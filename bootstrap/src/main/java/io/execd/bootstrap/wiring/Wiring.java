package io.execd.bootstrap.wiring;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import io.execd.bootstrap.lifecycle.Lifecycle;
import io.execd.bootstrap.settings.Settings;
import io.execd.http.server.ExecdServer;
import io.execd.http.server.ServerSettings;
import io.execd.os.command.DescriptorLimit;
import java.io.IOException;
import java.util.function.IntSupplier;

/**
 * The door to the wiring: settings in, the daemon out.
 *
 * @param lifecycle everything that starts and stops
 * @param port the port that is bound; to be asked while the daemon runs
 */
public record Wiring(Lifecycle lifecycle, IntSupplier port) {

  /**
   * Binds the port, which is the first thing that others wait for, and builds every object of the
   * daemon; nothing else runs yet.
   *
   * @throws IOException when the port cannot be bound
   */
  public static Wiring of(Settings settings) throws IOException {
    ExecdServer server = server(settings.server());
    server.start();
    // Guice would make classes at run time: slower to start, and the JDK warns about how it does.
    System.setProperty("guice_bytecode_gen_option", "DISABLED");
    Injector injector = Guice.createInjector(Stage.PRODUCTION, new ExecdModule(settings, server));
    return new Wiring(injector.getInstance(Lifecycle.class), server::port);
  }

  private static ExecdServer server(Settings.Server settings) {
    return new ExecdServer(
        new ServerSettings(
            "0.0.0.0",
            settings.port(),
            settings.accessToken().orNull(),
            Math.min(settings.maxConnections(), Math.max(1, DescriptorLimit.read() / 2))));
  }
}

package io.execd.bootstrap.wiring;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import io.execd.bootstrap.lifecycle.Lifecycle;
import io.execd.bootstrap.settings.Settings;
import io.execd.http.server.ExecdServer;
import java.util.function.IntSupplier;

/**
 * The door to the wiring: settings in, the daemon out.
 *
 * @param lifecycle everything that starts and stops
 * @param port the port that is bound; to be asked while the daemon runs
 */
public record Wiring(Lifecycle lifecycle, IntSupplier port) {

  /** Builds every object of the daemon; nothing runs yet. */
  public static Wiring of(Settings settings) {
    // Guice would make classes at run time: slower to start, and the JDK warns about how it does.
    System.setProperty("guice_bytecode_gen_option", "DISABLED");
    Injector injector = Guice.createInjector(Stage.PRODUCTION, new ExecdModule(settings));
    ExecdServer server = injector.getInstance(ExecdServer.class);
    return new Wiring(injector.getInstance(Lifecycle.class), server::port);
  }
}

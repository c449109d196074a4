package io.execd.bootstrap.wiring;

import com.google.inject.Guice;
import com.google.inject.Stage;
import io.execd.bootstrap.lifecycle.Lifecycle;
import io.execd.bootstrap.settings.Settings;

/** The door to the wiring: settings in, everything that starts and stops out. */
public final class Wiring {
  private Wiring() {}

  /** Builds every object of the daemon; nothing runs yet. */
  public static Lifecycle wire(Settings settings) {
    // Guice would make classes at run time: slower to start, and the JDK warns about how it does.
    System.setProperty("guice_bytecode_gen_option", "DISABLED");
    return Guice.createInjector(Stage.PRODUCTION, new ExecdModule(settings))
        .getInstance(Lifecycle.class);
  }
}

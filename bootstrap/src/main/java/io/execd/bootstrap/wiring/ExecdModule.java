package io.execd.bootstrap.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import io.execd.bootstrap.lifecycle.Lifecycle;
import io.execd.bootstrap.lifecycle.Part;
import io.execd.bootstrap.settings.Settings;
import io.execd.http.server.ExecdServer;
import io.execd.http.server.ServerSettings;
import jakarta.inject.Singleton;
import java.util.List;

/** Who is given what. */
final class ExecdModule extends AbstractModule {
  private static final String ALL_ADDRESSES = "0.0.0.0";

  private final Settings settings;

  ExecdModule(Settings settings) {
    this.settings = settings;
  }

  @Provides
  Settings settings() {
    return settings;
  }

  /** In the order in which they start; they stop the other way round. */
  @Provides
  List<Part> parts(HttpPart http) {
    return List.of(http);
  }

  @Provides
  @Singleton
  HttpPart http(ExecdServer server) {
    return new HttpPart(server, settings.server().gracefulShutdown());
  }

  @Provides
  @Singleton
  ExecdServer server() {
    return new ExecdServer(serverSettings(), List.of());
  }

  private ServerSettings serverSettings() {
    Settings.Server server = settings.server();
    return new ServerSettings(ALL_ADDRESSES, server.port(), server.accessToken().orNull());
  }

  @Provides
  @Singleton
  Lifecycle lifecycle(List<Part> parts) {
    return new Lifecycle(parts);
  }
}

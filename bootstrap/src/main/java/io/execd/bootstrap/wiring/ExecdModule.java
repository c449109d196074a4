package io.execd.bootstrap.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import io.execd.bootstrap.lifecycle.Lifecycle;
import io.execd.bootstrap.lifecycle.Part;
import io.execd.bootstrap.settings.Settings;
import jakarta.inject.Singleton;
import java.util.List;

/** Who is given what. */
final class ExecdModule extends AbstractModule {
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
  List<Part> parts() {
    return List.of();
  }

  @Provides
  @Singleton
  Lifecycle lifecycle(List<Part> parts) {
    return new Lifecycle(parts);
  }
}

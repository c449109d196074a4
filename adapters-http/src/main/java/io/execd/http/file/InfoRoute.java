package io.execd.http.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.execd.application.file.Filesystem;
import io.execd.http.server.DirectRoute;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code GET /files/info} with the daemon's own rights, which agents ask for all the time. */
public final class InfoRoute implements DirectRoute {
  private static final String PARAMETER = "path=";

  private final Supplier<Filesystem> files;

  /** Asks for the files at each request, so that nothing of them is there before the first. */
  public InfoRoute(Supplier<Filesystem> files) {
    this.files = files;
  }

  @Override
  public String path() {
    return "/files/info";
  }

  @Override
  public byte @Nullable [] answer(@Nullable String query) {
    if (query == null) {
      return null;
    }
    List<String> paths = new ArrayList<>();
    for (String parameter : query.split("&", -1)) {
      if (!parameter.startsWith(PARAMETER)) {
        return null;
      }
      try {
        paths.add(URLDecoder.decode(parameter.substring(PARAMETER.length()), UTF_8));
      } catch (IllegalArgumentException malformed) {
        return null;
      }
    }
    return InfoJson.map(files.get().info(paths));
  }
}

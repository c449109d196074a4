package io.execd.http.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.execd.application.file.Filesystem;
import io.execd.domain.Failure;
import io.execd.domain.file.FileInfo;
import io.execd.http.server.DirectRoute;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code GET /files/info} with the daemon's own rights, which agents ask for all the time. */
public final class InfoRoute implements DirectRoute {
  private static final String PARAMETER = "path=";

  /** Characters of a query, a few paths: the answer must not take long either. */
  private static final int LONGEST_AT_ONCE = 1024;

  private final Supplier<Filesystem> files;

  /** Once it has been asked for. */
  private volatile @Nullable Filesystem made;

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
    Optional<List<String>> paths = paths(query);
    if (paths.isEmpty()) {
      return null;
    }
    Filesystem real = files.get();
    made = real;
    return InfoJson.map(real.info(paths.get()));
  }

  @Override
  public byte @Nullable [] answerAtOnce(@Nullable String query) {
    Filesystem real = made;
    if (real == null || query == null || query.length() > LONGEST_AT_ONCE) {
      return null;
    }
    try {
      Optional<List<String>> paths = paths(query);
      Optional<Map<String, FileInfo>> infos =
          paths.isEmpty() ? Optional.empty() : real.infoAtOnce(paths.get());
      return infos.isEmpty() ? null : InfoJson.map(infos.get());
    } catch (Failure told) {
      return null;
    }
  }

  /** Empty when there is anything but paths. */
  private static Optional<List<String>> paths(@Nullable String query) {
    if (query == null) {
      return Optional.empty();
    }
    List<String> paths = new ArrayList<>();
    for (String parameter : query.split("&", -1)) {
      if (!parameter.startsWith(PARAMETER)) {
        return Optional.empty();
      }
      try {
        paths.add(URLDecoder.decode(parameter.substring(PARAMETER.length()), UTF_8));
      } catch (IllegalArgumentException malformed) {
        return Optional.empty();
      }
    }
    return Optional.of(paths);
  }
}

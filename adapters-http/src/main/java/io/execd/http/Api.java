package io.execd.http;

import io.execd.http.code.CodeResource;
import io.execd.http.command.CommandResource;
import io.execd.http.file.FileResource;
import io.execd.http.server.ApiResource;
import java.util.List;
import java.util.stream.Stream;

/** The whole API: what the daemon serves, and what the tests compare with the spec. */
public final class Api {
  private Api() {}

  /** The parts that are built, and a stand-in for each that is not. */
  public static List<ApiResource<?>> resources(
      CommandResource commands, CodeResource code, FileResource files) {
    return Stream.concat(
            Stream.of(
                new ApiResource<>(CommandResource.class, () -> commands),
                new ApiResource<>(CodeResource.class, () -> code),
                new ApiResource<>(FileResource.class, () -> files),
                new ApiResource<>(FileResource.AsUser.class, files::asUser)),
            Unbuilt.resources().stream())
        .toList();
  }
}

package io.execd.http.file;

import io.execd.application.file.Filesystem;
import io.execd.domain.Failure;
import io.execd.http.api.FilesystemApi;
import io.execd.http.api.model.Permission;
import io.execd.http.api.model.RenameFileItem;
import io.execd.http.api.model.ReplaceFileContentItem;
import io.execd.http.api.model.ReplaceFileContentResult;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The Filesystem operations of the API. */
public class FileResource implements FilesystemApi {
  private final Supplier<Filesystem> files;

  /** Asks for the files at each request, so that nothing of them is there before the first. */
  public FileResource(Supplier<Filesystem> files) {
    this.files = files;
  }

  /** The same routes again, with the rights of the user and group that the path names. */
  @Path("/v1/filesystem/{uid}/{gid}")
  public static final class AsUser extends FileResource {
    private AsUser(Supplier<Filesystem> files) {
      super(files);
    }
  }

  /** This resource under the path that names a user. */
  public AsUser asUser() {
    return new AsUser(files);
  }

  private Filesystem files(UriInfo uri) {
    String uid = uri.getPathParameters().getFirst("uid");
    String gid = uri.getPathParameters().getFirst("gid");
    return uid == null || gid == null
        ? files.get()
        : files.get().as(FileRequests.id("uid", uid), FileRequests.id("gid", gid));
  }

  @Override
  public Response getFilesInfo(UriInfo uri, List<String> path) {
    return Response.ok(InfoJson.map(files(uri).info(path))).build();
  }

  @Override
  public Response removeFiles(UriInfo uri, List<String> path) {
    files(uri).removeFiles(path);
    return Response.ok().build();
  }

  @Override
  public Response chmodFiles(UriInfo uri, Map<String, Permission> body) {
    files(uri).change(FileRequests.permissions(body));
    return Response.ok().build();
  }

  @Override
  public Response renameFiles(UriInfo uri, List<RenameFileItem> body) {
    files(uri).move(FileRequests.moves(body));
    return Response.ok().build();
  }

  @Override
  public Response searchFiles(
      UriInfo uri, @Nullable String path, @Nullable String pattern, @Nullable Integer limit) {
    String glob = pattern == null || pattern.isEmpty() ? "**" : pattern;
    String root = FileRequests.required("path", path);
    return ListingAnswer.of(files(uri).search(root, glob), FileRequests.limit(limit));
  }

  @Override
  public Response listDirectory(
      UriInfo uri, @Nullable String path, Integer depth, @Nullable Integer limit) {
    String root = FileRequests.required("path", path);
    return ListingAnswer.of(files(uri).list(root, depth), FileRequests.limit(limit));
  }

  @Override
  public Response replaceContent(
      UriInfo uri, Map<String, ReplaceFileContentItem> body, Boolean verbose) {
    Map<String, Integer> counts = files(uri).replace(FileRequests.replacements(body));
    Map<String, ReplaceFileContentResult> answer = new LinkedHashMap<>();
    if (verbose) {
      counts.forEach(
          (path, count) -> answer.put(path, new ReplaceFileContentResult().replacedCount(count)));
    }
    return Response.ok(answer).build();
  }

  @Override
  public Response uploadFile(UriInfo uri, InputStream body, @Nullable String contentType) {
    try {
      UploadReader.read(body, String.valueOf(contentType), files(uri));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return Response.ok().build();
  }

  @Override
  public Response downloadFile(
      UriInfo uri,
      @Nullable String path,
      @Nullable Long offset,
      @Nullable Long limit,
      @Nullable String range,
      @Nullable String ifRange,
      List<String> ifMatch,
      @Nullable String ifUnmodifiedSince,
      List<String> ifNoneMatch,
      @Nullable String ifModifiedSince) {
    Filesystem actor = files(uri);
    String wanted = FileRequests.required("path", path);
    boolean byLines = offset != null || limit != null;
    if (byLines && range != null) {
      throw Failure.invalidField("Range", "cannot be given together with offset or limit");
    }
    LineRange lines = LineRange.of(offset, limit);
    Conditions conditions =
        new Conditions(ifMatch, ifUnmodifiedSince, ifNoneMatch, ifModifiedSince);
    DownloadAnswer answer = new DownloadAnswer(actor.open(wanted), conditions);
    return byLines ? answer.lines(lines) : answer.bytes(range, ifRange);
  }

  @Override
  public Response putFileContent(
      UriInfo uri,
      @Nullable String path,
      InputStream body,
      @Nullable String owner,
      @Nullable String group,
      @Nullable Integer mode,
      @Nullable String contentRange) {
    ContentWriter writer =
        new ContentWriter(
            files(uri),
            FileRequests.required("path", path),
            FileRequests.permission("mode", owner, group, mode));
    try {
      return contentRange == null ? writer.whole(body) : writer.chunk(body, contentRange);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public Response getUploadOffset(UriInfo uri, @Nullable String path) {
    return ContentWriter.offset(files(uri), FileRequests.required("path", path));
  }

  @Override
  public Response makeDirs(UriInfo uri, Map<String, Permission> body) {
    files(uri).makeFolders(FileRequests.permissions(body));
    return Response.ok().build();
  }

  @Override
  public Response removeDirs(UriInfo uri, List<String> path) {
    files(uri).removeFolders(path);
    return Response.ok().build();
  }
}

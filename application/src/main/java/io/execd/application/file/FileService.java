package io.execd.application.file;

import io.execd.domain.Failure;
import io.execd.domain.command.Account;
import io.execd.domain.command.Identity;
import io.execd.domain.file.FileInfo;
import io.execd.domain.file.FilePath;
import io.execd.domain.file.Glob;
import io.execd.domain.file.PermissionChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Works on the files of this machine. */
public final class FileService implements Filesystem {
  private final Actor actor;
  private final PartialFiles partials;

  /**
   * With the daemon's own rights.
   *
   * @param partials the uploads that come in pieces, of all actors
   */
  public FileService(FilePorts ports, PartialFiles partials) {
    this(new Actor(ports, Optional.empty()), partials);
  }

  private FileService(Actor actor, PartialFiles partials) {
    this.actor = actor;
    this.partials = partials;
  }

  @Override
  public Filesystem as(long uid, long gid) {
    Identity identity = new Identity(uid, gid, List.of());
    Optional<Account> account = actor.ports().accounts().find(uid);
    List<Long> groups =
        account.filter(found -> found.gid() == gid).map(Account::groups).orElse(List.of());
    return new FileService(
        new Actor(actor.ports(), Optional.of(new Identity(identity.uid(), identity.gid(), groups))),
        partials);
  }

  @Override
  public Map<String, FileInfo> info(List<String> paths) {
    Map<String, FilePath> wanted = new LinkedHashMap<>();
    paths.forEach(path -> wanted.put(path, actor.path("path", path)));
    return actor.forAll(
        wanted.size(),
        top -> {
          Map<String, FileInfo> infos = new LinkedHashMap<>();
          wanted.forEach((text, path) -> infos.put(text, Changes.look(actor, top, path)));
          return infos;
        });
  }

  @Override
  public Optional<Map<String, FileInfo>> infoAtOnce(List<String> paths) {
    Map<String, FileInfo> infos = new LinkedHashMap<>();
    for (String path : paths) {
      if (path.indexOf('$') >= 0) {
        return Optional.empty(); // what it means depends on what exists
      }
      Optional<FileInfo> info = Changes.lookAtOnce(actor, actor.path("path", path));
      if (info.isEmpty()) {
        return Optional.empty();
      }
      infos.put(path, info.get());
    }
    return Optional.of(infos);
  }

  @Override
  public void removeFiles(List<String> paths) {
    List<FilePath> all = paths(paths);
    actor.forAll(
        all.size(),
        top -> {
          all.forEach(path -> Changes.removeFile(top, path));
          return true;
        });
  }

  @Override
  public void change(Map<String, PermissionChange> changes) {
    Map<FilePath, PermissionChange> all = paths(changes);
    actor.forAll(
        all.size(),
        top -> {
          all.forEach((path, change) -> Changes.apply(actor, top, path, change));
          return true;
        });
  }

  @Override
  public void move(List<Move> moves) {
    for (Move move : moves) {
      FilePath from = actor.path("src", move.from());
      FilePath to = actor.path("dest", move.to());
      actor.atLength(top -> {
        Changes.move(actor, top, from, to);
        return true;
      });
    }
  }

  @Override
  public Listing search(String path, String pattern) {
    Glob glob = Glob.of(pattern);
    return new Listing(actor, TreeWalk.search(actor, actor.path("path", path), glob));
  }

  @Override
  public Listing list(String path, int depth) {
    if (depth < 0) {
      throw Failure.invalidField("depth", "must not be negative, but is " + depth);
    }
    return new Listing(actor, TreeWalk.list(actor, actor.path("path", path), depth));
  }

  @Override
  public Map<String, Integer> replace(Map<String, Replacement> replacements) {
    Map<String, TextReplacement> all = new LinkedHashMap<>();
    replacements.forEach(
        (text, item) -> all.put(text, new TextReplacement(actor, actor.path("path", text), item)));
    Map<String, Integer> counts = new LinkedHashMap<>();
    all.forEach((text, replacement) -> counts.put(text, replacement.run()));
    return counts;
  }

  @Override
  public FileContent open(String path) {
    return FileContent.open(actor, actor.path("path", path));
  }

  @Override
  public Upload upload() {
    return new Upload(actor);
  }

  @Override
  public Resumption resumption(String path) {
    return new Resumption(actor, partials, actor.path("path", path));
  }

  @Override
  public void makeFolders(Map<String, PermissionChange> folders) {
    Map<FilePath, PermissionChange> all = paths(folders);
    actor.forAll(
        all.size(),
        top -> {
          all.forEach((path, change) -> Changes.makeFolder(actor, top, path, change));
          return true;
        });
  }

  @Override
  public void removeFolders(List<String> paths) {
    for (FilePath path : paths(paths)) {
      actor.atLength(top -> {
        TreeRemoval.remove(top, path);
        return true;
      });
    }
  }

  private List<FilePath> paths(List<String> texts) {
    List<FilePath> all = new ArrayList<>();
    texts.forEach(text -> all.add(actor.path("path", text)));
    return all;
  }

  private Map<FilePath, PermissionChange> paths(Map<String, PermissionChange> changes) {
    Map<FilePath, PermissionChange> all = new LinkedHashMap<>();
    changes.forEach((text, change) -> all.put(actor.path("path", text), change));
    return all;
  }
}

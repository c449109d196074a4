package io.execd.application.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.execd.domain.Failure;
import io.execd.domain.Failure.Code;
import io.execd.domain.file.FileError;
import io.execd.domain.file.FileFailures;
import io.execd.domain.file.FilePath;
import io.execd.domain.file.Folder;
import io.execd.domain.file.OpenFile;
import io.execd.domain.file.PermissionChange;
import io.execd.domain.file.UploadChunk;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An upload that comes in several requests, as one of them sees it. What has come is a file beside
 * the destination, or among temporary files when that directory takes no new name. It outlives the
 * daemon; its size is the offset that the next chunk starts at. For one thread at a time.
 */
public final class Resumption implements AutoCloseable {
  private static final int NAME_BYTES = 16;

  private final Actor actor;
  private final PartialFiles partials;
  private final FilePath asked;
  private @Nullable Writing writing;

  /** The chunk that is being written. */
  private record Writing(
      Destination destination, UploadChunk chunk, Ownership ownership, Growing growing) {}

  /** What has come so far. */
  private record Growing(FilePath path, OpenFile file) {}

  private long written;

  Resumption(Actor actor, PartialFiles partials, FilePath asked) {
    this.actor = actor;
    this.partials = partials;
    this.asked = asked;
  }

  /** How many bytes have come so far; empty when no upload to this path is open. */
  public OptionalLong offset() {
    return actor.briefly(top -> partials.size(top, partial(Destination.find(top, asked)), asked));
  }

  /**
   * Begins to take in one chunk.
   *
   * @return false when it does not start at the offset
   * @throws Failure CONFLICT when another request is writing to this upload
   */
  public boolean begin(UploadChunk chunk, PermissionChange change) {
    Optional<Writing> begun = actor.briefly(top -> begin(top, chunk, change));
    writing = begun.orElse(null);
    written = 0;
    return begun.isPresent();
  }

  private Optional<Writing> begin(Folder top, UploadChunk chunk, PermissionChange change) {
    Destination destination = Destination.find(top, asked);
    Ownership ownership = Ownership.of(actor, asked, change, destination.existing());
    FilePath partial = claim(partial(destination));
    boolean begun = false;
    try {
      OptionalLong offset = partials.size(top, partial, asked);
      if (offset.orElse(0) != chunk.first()) {
        return Optional.empty();
      }
      Growing growing =
          offset.isPresent()
              ? new Growing(partial, append(top, partial))
              : create(top, partial, destination, ownership);
      begun = true;
      return Optional.of(new Writing(destination, chunk, ownership, growing));
    } finally {
      if (!begun) {
        partials.release(partial);
      }
    }
  }

  private FilePath claim(FilePath partial) {
    if (!partials.claim(partial)) {
      throw FileFailures.of(
          Code.CONFLICT, asked, Destination.WRITE, "another request is uploading it");
    }
    return partial;
  }

  private OpenFile append(Folder top, FilePath partial) {
    try {
      return top.open(partial.octets(), Folder.Mode.WRITE);
    } catch (FileError error) {
      throw FileFailures.of(asked, Destination.WRITE, error);
    }
  }

  private Growing create(
      Folder top, FilePath partial, Destination destination, Ownership ownership) {
    if (!partial.equals(beside(destination))) {
      return createAway(top, partial);
    }
    Changes.makeParents(top, partial);
    try {
      return create(top, partial, ownership.creation());
    } catch (FileError refused) {
      if (destination.existing().isEmpty() || !Destination.isRefusedName(refused)) {
        throw FileFailures.of(asked, Destination.WRITE, refused);
      }
    }
    Growing away = createAway(top, claim(away(destination)));
    partials.release(partial);
    return away;
  }

  /** From now on the upload is found there, and not beside the destination. */
  private Growing createAway(Folder top, FilePath away) {
    try {
      return create(top, away, Folder.Mode.CREATE_PRIVATE);
    } catch (FileError error) {
      partials.release(away);
      throw FileFailures.of(asked, Destination.WRITE, error);
    }
  }

  private Growing create(Folder top, FilePath partial, Folder.Mode mode) {
    partials.track(partial);
    try {
      return new Growing(partial, top.open(partial.octets(), mode));
    } catch (FileError error) {
      partials.forget(partial);
      throw error;
    }
  }

  /**
   * Adds to the chunk; what is written counts, even when the rest never comes.
   *
   * @throws Failure INVALID_FILE_CONTENT when there is more than the chunk said
   */
  public void write(ByteBuffer bytes) {
    Writing now = writing();
    if (written + bytes.remaining() > now.chunk.length()) {
      throw new Failure(Code.INVALID_FILE_CONTENT, "the body is longer than Content-Range says");
    }
    long at = now.chunk.first() + written;
    written += bytes.remaining();
    guard(() ->
        actor
            .ports()
            .access()
            .briefly(
                Optional.empty(),
                top -> {
                  now.growing.file.write(bytes, at);
                  return true;
                }));
  }

  /**
   * The chunk is whole; with the last one the file takes its place.
   *
   * @return how many bytes have come so far
   * @throws Failure INVALID_FILE_CONTENT when bytes of the chunk are missing
   */
  public long finish() {
    Writing now = writing();
    if (written < now.chunk.length()) {
      throw new Failure(Code.INVALID_FILE_CONTENT, "the body is shorter than Content-Range says");
    }
    if (now.chunk.isLast()) {
      guard(() -> complete(now));
    }
    return now.chunk.last() + 1;
  }

  private void complete(Writing now) {
    FilePath partial = now.growing.path;
    if (!actor.briefly(top -> takePlace(top, now))) {
      actor.atLength(top -> {
        InPlace.write(top, partial, now.destination, now.ownership);
        return partials.remove(top, partial);
      });
    }
    partials.forget(partial);
  }

  private static boolean takePlace(Folder top, Writing now) {
    if (now.destination.isReplacedBy(now.growing.path)) {
      now.ownership.apply(now.growing.file);
    }
    return now.destination.replace(top, now.growing.path);
  }

  /** Drops what has come of an upload, because the whole file came another way. */
  public void discard() {
    if (partials.isAnyOpen()) {
      actor.briefly(top -> partials.remove(top, partial(Destination.find(top, asked))));
    }
  }

  private Writing writing() {
    if (writing == null) {
      throw new IllegalStateException("no chunk was begun");
    }
    return writing;
  }

  private void guard(Runnable work) {
    try {
      work.run();
    } catch (FileError error) {
      throw FileFailures.of(asked, Destination.WRITE, error);
    }
  }

  /** Where an upload to this destination is, or would be begun. */
  private FilePath partial(Destination destination) {
    FilePath away = away(destination);
    return destination.isThrough() || partials.isOpen(away) ? away : beside(destination);
  }

  private FilePath beside(Destination destination) {
    return destination.sibling(name(destination.path().name()));
  }

  /** Among temporary files a name alone means nothing: others can make files there too. */
  private FilePath away(Destination destination) {
    return actor.ports().temporary(name(destination.path().octets()));
  }

  /** The same name for the same destination and user, in every request and after a restart. */
  private String name(String destination) {
    long uid = actor.identity().map(who -> who.uid()).orElse(-1L);
    byte[] name = (uid + "/" + destination).getBytes(UTF_8);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(name);
      return PartialFiles.PREFIX + HexFormat.of().formatHex(digest, 0, NAME_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  @Override
  public void close() {
    Writing now = writing;
    if (now != null) {
      writing = null;
      now.growing.file.close();
      partials.release(now.growing.path);
    }
  }
}

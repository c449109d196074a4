package io.execd.application.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.execd.domain.Failure;
import io.execd.domain.command.Identity;
import io.execd.domain.file.FakeFileAccess;
import io.execd.domain.file.FakeJournal;
import io.execd.domain.file.FakeOwners;
import io.execd.domain.file.FileAccess;
import io.execd.domain.file.FileInfo;
import io.execd.domain.file.FilePath;
import io.execd.domain.file.FileStatus;
import io.execd.domain.file.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ListingTest {
  private static final int MANY = 20_000;

  private final FakeFileAccess files = new FakeFileAccess();

  @BeforeEach
  void make() {
    for (int i = 0; i < MANY; i++) {
      files.file("/d/" + i % 7 + "/" + i, "");
    }
  }

  private static Listing listing(FileAccess access) {
    FilePorts ports =
        new FilePorts(
            access,
            new FakeOwners(),
            uid -> Optional.empty(),
            new FakeJournal(),
            new FilePath.Origin(Map.of(), "/"));
    Actor actor = new Actor(ports, Optional.empty());
    return new Listing(actor, TreeWalk.search(actor, new FilePath("/d"), Glob.of("*")));
  }

  @Test
  void whatIsFoundAheadComesOnce() {
    List<String> paths = new ArrayList<>();
    try (Listing listing = listing(files)) {
      while (!listing.isDone()) {
        listing.next().forEach(info -> paths.add(info.path().text()));
      }
    }
    assertThat(paths).hasSize(MANY).doesNotHaveDuplicates();
  }

  @Test
  void whatBreaksAheadIsToldAndNotTakenForTheEnd() {
    try (Listing listing = listing(new BreakingAccess(files, 3))) {
      List<FileInfo> found = new ArrayList<>();
      assertThatThrownBy(
              () -> {
                while (!listing.isDone()) {
                  found.addAll(listing.next());
                }
              })
          .isInstanceOf(Failure.class)
          .hasMessage("broken on purpose");
      assertThat(found).isNotEmpty();
    }
  }

  /** There would be no memory for what clients do not read. */
  @Test
  void onlyAFewAreSearchedAhead() {
    BreakingAccess access = new BreakingAccess(files, Integer.MAX_VALUE);
    List<Listing> listings = new ArrayList<>();
    int count = 0;
    try {
      for (int i = 0; i < 50; i++) {
        listings.add(listing(access));
        count += listings.getLast().next().size();
      }
      assertThat(access.ahead.get()).isBetween(1, 8);
      for (Listing listing : listings) {
        while (!listing.isDone()) {
          count += listing.next().size();
        }
      }
      assertThat(count).isEqualTo(50 * MANY);
    } finally {
      listings.forEach(Listing::close);
    }
    try (Listing after = listing(access)) {
      access.ahead.set(0);
      assertThat(after.next()).isNotEmpty();
      assertThat(after.next()).isNotEmpty();
      assertThat(access.ahead.get()).isPositive();
    }
  }

  @Test
  void oneTooManyIsToldToComeAgain() {
    List<Listing> listings = new ArrayList<>();
    try {
      for (int i = 0; i < Listing.MOST_OPEN; i++) {
        listings.add(listing(files));
        assertThat(listings.getLast().next()).isNotEmpty();
      }
      try (Listing tooMany = listing(files)) {
        assertThatThrownBy(tooMany::next)
            .isInstanceOfSatisfying(
                Failure.class,
                failure -> assertThat(failure.code()).isEqualTo(Failure.Code.NOT_READY));
      }
      listings.removeLast().close();
      listings.add(listing(files));
      assertThat(listings.getLast().next()).isNotEmpty();
    } finally {
      listings.forEach(Listing::close);
    }
  }

  @Test
  void oneThatIsClosedEarlyIsSearchedNoFurther() {
    BreakingAccess access = new BreakingAccess(files, Integer.MAX_VALUE);
    try (Listing listing = listing(access)) {
      assertThat(listing.next()).isNotEmpty();
    }
    assertThat(access.turns.get()).isLessThanOrEqualTo(2);
    assertThat(access.running.get()).isZero();
  }

  /** Breaks in one of the turns of a search. */
  private static final class BreakingAccess implements FileAccess {
    private final FileAccess real;
    private final int last;
    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();

    /** Turns that nobody waits for. */
    private final AtomicInteger ahead = new AtomicInteger();

    private BreakingAccess(FileAccess real, int last) {
      this.real = real;
      this.last = last;
    }

    @Override
    public <T> T briefly(Optional<Identity> identity, Work<T> work) {
      return real.briefly(identity, work);
    }

    @Override
    public Optional<FileStatus> statusAtOnce(FilePath path) {
      return real.statusAtOnce(path);
    }

    @Override
    public <T> T atLength(Optional<Identity> identity, Work<T> work) {
      if (turns.incrementAndGet() == last) {
        throw new Failure(Failure.Code.CONFLICT, "broken on purpose");
      }
      running.incrementAndGet();
      if (Thread.currentThread().isVirtual()) {
        ahead.incrementAndGet();
      }
      try {
        return real.atLength(identity, work);
      } finally {
        running.decrementAndGet();
      }
    }
  }
}

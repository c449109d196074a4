package io.execd.domain.file;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A journal in memory. */
public final class FakeJournal implements UploadJournal {
  private final Set<FilePath> unfinished = new LinkedHashSet<>();
  private final List<FilePath> left = new ArrayList<>();

  /** What a daemon that is gone has left. */
  public synchronized void leave(String path) {
    left.add(new FilePath(path));
  }

  public synchronized List<FilePath> unfinished() {
    return List.copyOf(unfinished);
  }

  @Override
  public synchronized void began(FilePath partial) {
    unfinished.add(partial);
  }

  @Override
  public synchronized void ended(FilePath partial) {
    unfinished.remove(partial);
  }

  @Override
  public synchronized List<FilePath> inherit() {
    List<FilePath> inherited = List.copyOf(left);
    left.clear();
    unfinished.addAll(inherited);
    return inherited;
  }
}

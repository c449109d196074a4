package io.execd.domain.file;

import java.util.List;

/**
 * Out-port: remembers which half-written files, and half-copied folders, exist, also when the
 * daemon is killed. Thread-safe; blocks for microseconds. It never fails: where nothing can be
 * remembered, that is logged once.
 */
public interface UploadJournal {

  /** To be called before the file or folder comes to be. */
  void began(FilePath partial);

  /** It is gone, or it is whole and has its own name. */
  void ended(FilePath partial);

  /**
   * What daemons that are gone have left, of which this one takes care from now on. Nothing of that
   * name need exist.
   */
  List<FilePath> inherit();
}

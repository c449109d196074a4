package io.execd.domain.file;

class FakeFileAccessTest extends FileAccessContract {
  @Override
  protected FileAccess access() {
    return new FakeFileAccess().folder("/empty");
  }

  @Override
  protected String emptyFolder() {
    return "/empty";
  }
}

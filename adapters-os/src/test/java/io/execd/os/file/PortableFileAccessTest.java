package io.execd.os.file;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.execd.domain.Failure;
import io.execd.domain.command.Identity;
import io.execd.domain.file.FileAccess;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortableFileAccessTest extends RealFileContract {
  private final FileAccess access = new PortableFileAccess();

  @Override
  protected FileAccess access() {
    return access;
  }

  @Test
  void nobodyElsesRightsCanBeHad() {
    Identity other = new Identity(1000, 1000, List.of());
    assertThatThrownBy(() -> access.briefly(Optional.of(other), top -> true))
        .isInstanceOf(Failure.class);
  }
}

package io.execd.domain.code;

import io.execd.domain.Failure;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Starts kernels in memory, of {@code python} and {@code bash}; paths under /nowhere are not there.
 */
public final class FakeKernels implements KernelSource {
  private final List<FakeKernel> kernels = new CopyOnWriteArrayList<>();
  private volatile @Nullable Failure refusal;

  /** Every start is refused like this from now on; null: no more. */
  public void refuse(@Nullable Failure failure) {
    refusal = failure;
  }

  /** All that were started, in order. */
  public List<FakeKernel> kernels() {
    return List.copyOf(kernels);
  }

  /** The one started last. */
  public FakeKernel last() {
    return kernels.getLast();
  }

  @Override
  public Kernel start(Language language, Optional<String> directory) {
    if (refusal != null) {
      throw refusal;
    }
    if (!List.of("python", "bash", "sql").contains(language.name())) {
      throw Failure.invalidField(
          "language", "no kernel speaks '" + language.name() + "'; installed are: bash, python");
    }
    if (directory.filter(path -> path.startsWith("/nowhere")).isPresent()) {
      throw Failure.invalidField("cwd", directory.get() + ": no such directory");
    }
    FakeKernel kernel = new FakeKernel();
    kernels.add(kernel);
    return kernel;
  }
}

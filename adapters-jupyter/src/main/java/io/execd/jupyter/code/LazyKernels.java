package io.execd.jupyter.code;

import io.execd.domain.code.Kernel;
import io.execd.domain.code.KernelSource;
import io.execd.domain.code.Language;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the real source when it is first needed: until then nothing of it is even loaded. */
public final class LazyKernels implements KernelSource {
  private final Supplier<KernelSource> maker;
  private final ReentrantLock making = new ReentrantLock();

  /** Written once, under {@link #making}. */
  private volatile @Nullable KernelSource made;

  public LazyKernels(Supplier<KernelSource> maker) {
    this.maker = maker;
  }

  @Override
  public Kernel start(Language language, Optional<String> directory) {
    return real().start(language, directory);
  }

  private KernelSource real() {
    KernelSource source = made;
    if (source != null) {
      return source;
    }
    making.lock();
    try {
      source = made;
      if (source == null) {
        source = maker.get();
        made = source;
      }
      return source;
    } finally {
      making.unlock();
    }
  }
}

package io.execd.bootstrap.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How fast files come and go. */
final class FileFigures {
  private static final long BIG = 256L << 20;
  private static final long HUGE = 4L << 30;
  private static final int ROUNDS = 10;

  private FileFigures() {}

  static void transfers(Lab lab) throws IOException, InterruptedException {
    Path file = lab.folder().resolve("big");
    try (FileClient client = new FileClient(lab.daemon())) {
      Samples up =
          lab.sample(lab.rounds(ROUNDS), () -> rate(BIG, () -> client.upload(file, 1, BIG)));
      Floor raw = rate("C loop", lab, "receive", file, BIG);
      lab.report().figure("upload of 256 MiB", "MB/s", up, Target.atLeast(500), raw);
      Samples put = lab.sample(lab.rounds(ROUNDS), () -> rate(BIG, () -> client.put(file, BIG)));
      lab.report().figure("PUT of 256 MiB", "MB/s", put, Target.none(), Floor.none());
      String route = "/files/download?path=" + file;
      Samples down = lab.sample(lab.rounds(ROUNDS), () -> rate(BIG, () -> client.get(route)));
      Floor bare = rate("C loop", lab, "send", file, BIG);
      lab.report().figure("download of 256 MiB", "MB/s", down, Target.atLeast(2100), bare);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Of the same transfer by a program in C that knows nothing of HTTP. */
  private static Floor rate(String name, Lab lab, String way, Path file, long size)
      throws IOException, InterruptedException {
    Floor times = lab.machine().floor(name, way, file.toString(), Long.toString(size));
    return times
        .samples()
        .map(millis -> Floor.of(name, new Samples(size / 1e3 / millis.median())))
        .orElse(times);
  }

  private interface Transfer {
    void run() throws IOException;
  }

  private static double rate(long bytes, Transfer transfer) throws IOException {
    return bytes / 1e6 / (millis(transfer) / 1e3);
  }

  private static double millis(Transfer transfer) throws IOException {
    long begin = System.nanoTime();
    transfer.run();
    return (System.nanoTime() - begin) / 1e6;
  }

  static void small(Lab lab) throws IOException, InterruptedException {
    Path folder = Files.createDirectory(lab.folder().resolve("small"));
    try (FileClient client = new FileClient(lab.daemon())) {
      Path file = folder.resolve("f");
      Samples one = lab.sample(lab.rounds(1000), () -> millis(() -> client.upload(file, 1, 1024)));
      lab.report().figure("upload of 1 KiB", "ms", one, Target.atMost(0.8), Floor.none());
      Samples many =
          lab.sample(lab.rounds(ROUNDS), () -> thousand(client, folder.resolve(fresh() + "/f")));
      lab.report()
          .figure("1,000 files in one upload", "files/s", many, Target.atLeast(5000), Floor.none());
      Samples again = lab.sample(lab.rounds(ROUNDS), () -> thousand(client, file));
      lab.report().figure("... over the same again", "files/s", again, Target.none(), Floor.none());
    } finally {
      FileClient.delete(folder);
    }
  }

  /** Files a second. To replace them takes longer: ext4 avoids the inodes of what was deleted. */
  private static double thousand(FileClient client, Path files) throws IOException {
    return 1e6 / millis(() -> client.upload(files, 1000, 200));
  }

  private static String fresh() {
    return UUID.randomUUID().toString();
  }

  static void search(Lab lab) throws IOException, InterruptedException {
    Path folder = Files.createDirectory(lab.folder().resolve("tree"));
    for (int i = 0; i < 20_000; i++) {
      Path around = folder.resolve("folder-" + i / 200);
      Files.createDirectories(around);
      Files.createFile(around.resolve("file-" + i + (i % 2 == 0 ? ".py" : ".txt")));
    }
    try (FileClient client = new FileClient(lab.daemon())) {
      String route = "/files/search?path=" + folder + "&pattern=";
      Samples all = lab.sample(lab.rounds(30), () -> millis(() -> client.get(route + "*")));
      Floor walk = lab.machine().floor("C walk", "walk", folder.toString());
      lab.report().figure("search of 20,000 files", "ms", all, Target.atMost(60), walk);
      Samples half = lab.sample(lab.rounds(30), () -> millis(() -> client.get(route + "*.py")));
      lab.report().figure("... for half of them", "ms", half, Target.none(), Floor.none());
    } finally {
      FileClient.delete(folder);
    }
  }

  static void info(Lab lab) throws IOException, InterruptedException {
    Path file = Files.createFile(lab.folder().resolve("looked-at"));
    List<Double> rates = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      OptionalDouble rate = Wrk.measure(lab.daemon().address(), "/files/info?path=" + file);
      if (rate.isEmpty()) {
        lab.report().absent("looks at a file", "needs wrk");
        return;
      }
      rates.add(rate.getAsDouble());
    }
    Samples warm = Samples.of(rates.subList(2, rates.size()));
    lab.report().figure("looks at a file", "/s", warm, Target.atLeast(30_000), Floor.none());
  }

  static void parallel(Lab lab) throws IOException, InterruptedException {
    Path folder = Files.createDirectory(lab.folder().resolve("parallel"));
    List<Callable<Boolean>> clients = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Path file = folder.resolve("f" + i);
      clients.add(() -> uploadTenMebibytes(lab, file));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(100)) {
      long begin = System.nanoTime();
      for (Future<Boolean> done : threads.invokeAll(clients)) {
        done.get();
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      Samples rate = new Samples(100 * 10.485760 / seconds);
      lab.report()
          .figure("100 uploads of 10 MiB at once", "MB/s", rate, Target.none(), Floor.none());
    } catch (ExecutionException failed) {
      throw new IOException(failed.getCause());
    } finally {
      FileClient.delete(folder);
    }
  }

  private static boolean uploadTenMebibytes(Lab lab, Path file) throws IOException {
    try (FileClient client = new FileClient(lab.daemon())) {
      client.upload(file, 1, 10L << 20);
      return true;
    }
  }

  /** With the heap of 64 MiB that the daemon has. */
  static void huge(Lab lab) throws IOException, InterruptedException {
    Path file = lab.folder().resolve("huge");
    try (FileClient client = new FileClient(lab.daemon())) {
      Samples up = new Samples(rate(HUGE, () -> client.upload(file, 1, HUGE)));
      lab.report().figure("upload of 4 GiB", "MB/s", up, Target.none(), Floor.none());
      Samples down = new Samples(rate(HUGE, () -> client.get("/files/download?path=" + file)));
      lab.report().figure("download of 4 GiB", "MB/s", down, Target.none(), Floor.none());
    } finally {
      Files.deleteIfExists(file);
    }
    if (lab.daemon().figures().isPresent()) {
      Samples resident = new Samples(lab.daemon().figures().get().residentMegabytes());
      lab.report().figure("RSS after 4 GiB", "MB", resident, Target.none(), Floor.none());
    }
  }
}

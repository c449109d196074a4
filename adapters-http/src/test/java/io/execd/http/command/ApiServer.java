package io.execd.http.command;

import io.execd.api.AnswerCheck;
import io.execd.application.InterruptService;
import io.execd.application.Interrupts;
import io.execd.application.code.CodePorts;
import io.execd.application.code.CodeService;
import io.execd.application.command.CommandLimits;
import io.execd.application.command.CommandPorts;
import io.execd.application.command.CommandService;
import io.execd.application.file.FilePorts;
import io.execd.application.file.FileService;
import io.execd.application.file.Filesystem;
import io.execd.application.file.PartialFiles;
import io.execd.domain.code.FakeKernels;
import io.execd.domain.command.FakeEnvironment;
import io.execd.domain.command.FakeProcessLauncher;
import io.execd.domain.file.FakeFileAccess;
import io.execd.domain.file.FakeJournal;
import io.execd.domain.file.FakeOwners;
import io.execd.domain.file.FilePath;
import io.execd.domain.stream.BufferBudget;
import io.execd.http.Api;
import io.execd.http.code.CodeResource;
import io.execd.http.file.FileResource;
import io.execd.http.server.ApiResource;
import io.execd.http.server.ExecdServer;
import io.execd.http.server.ServerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** The whole API over a real server and processes in memory. */
public final class ApiServer implements AutoCloseable {
  private final FakeProcessLauncher launcher = new FakeProcessLauncher();
  private final FakeFileAccess files = new FakeFileAccess();
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final FakeKernels kernels = new FakeKernels();
  private final CommandService service;
  private final CodeService code;
  private final List<ApiResource<?>> resources;
  private final ExecdServer server;

  public ApiServer() throws IOException {
    CommandPorts ports =
        new CommandPorts(
            launcher,
            new FakeEnvironment(Map.of("HOME", "/root")),
            uid -> Optional.empty(),
            timer,
            InstantSource.system());
    service =
        new CommandService(
            ports,
            CommandLimits.retaining(Duration.ofHours(1), 100, 1 << 20),
            new BufferBudget(1 << 24));
    code = code(ports);
    Interrupts interrupts = new InterruptService(code, service);
    resources =
        Api.resources(
            new CommandResource(service, interrupts),
            new CodeResource(code, interrupts),
            fileResource());
    server = new ExecdServer(new ServerSettings("127.0.0.1", 0, null, 1000));
    server.start();
    server.open(resources, List.of());
  }

  private FileResource fileResource() {
    FilePorts ports =
        new FilePorts(
            files,
            new FakeOwners(),
            uid -> Optional.empty(),
            new FakeJournal(),
            new FilePath.Origin(Map.of("HOME", "/root"), "/work"));
    Filesystem filesystem =
        new FileService(
            ports, new PartialFiles(ports, timer, () -> Instant.parse("2026-06-09T12:00:00Z")));
    return new FileResource(() -> filesystem);
  }

  private CodeService code(CommandPorts ports) {
    return new CodeService(
        new CodePorts(
            kernels,
            kernels,
            service,
            ports.environment(),
            new CodePorts.Clock(ports.clock(), ports.timer())),
        new BufferBudget(1 << 24));
  }

  /** What is served, without what the front answers itself. */
  public List<ApiResource<?>> resources() {
    return resources;
  }

  public FakeFileAccess files() {
    return files;
  }

  public FakeKernels kernels() {
    return kernels;
  }

  FakeProcessLauncher launcher() {
    return launcher;
  }

  public HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return send(request(path).POST(BodyPublishers.ofString(body)));
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  public HttpResponse<String> delete(String path) throws IOException, InterruptedException {
    return send(request(path).DELETE());
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofSeconds(30));
  }

  /** Waits for the head of the answer only; closing the body ends the request. */
  public HttpResponse<InputStream> open(HttpRequest request)
      throws IOException, InterruptedException {
    return AnswerCheck.ofSpec().checkedHead(client.send(request, BodyHandlers.ofInputStream()));
  }

  public HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return AnswerCheck.ofSpec().checked(client.send(request.build(), BodyHandlers.ofString()));
  }

  @Override
  public void close() {
    code.close();
    service.close();
    server.close();
    client.close();
    timer.shutdownNow();
  }
}

package io.execd.jupyter.code;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Jupyter server on a real socket whose kernel does what a test says: it answers {@code
 * kernel_info} by itself and gives every {@code execute_request} to a script.
 */
final class ScriptedJupyter implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<ScriptedKernel> kernels = new CopyOnWriteArrayList<>();
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final AtomicInteger sessions = new AtomicInteger();
  private final AtomicInteger infoRequests = new AtomicInteger();
  private final boolean binary;
  private final Script script;
  private volatile boolean answersProbes = true;

  /** What a kernel does with code. */
  interface Script {
    void run(String code, ScriptedKernel kernel) throws IOException;
  }

  ScriptedJupyter(boolean binary, Script script) throws IOException {
    this.binary = binary;
    this.script = script;
    answers.put(
        "GET /api/kernelspecs",
        "{\"kernelspecs\":{\"python3\":{\"spec\":{\"language\":\"python\"}},"
            + "\"bash\":{\"spec\":{\"language\":\"bash\"}}}}");
    Thread.ofVirtual().start(this::listen);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** Method and path of everything that was asked. */
  List<String> requests() {
    return requests;
  }

  /** Every WebSocket that was opened, in order. */
  List<ScriptedKernel> kernels() {
    return kernels;
  }

  /** Answers 200 and this body; a body that is a number is a status without one. */
  void answer(String methodAndPath, String body) {
    answers.put(methodAndPath, body);
  }

  /** How often a kernel was asked for its information. */
  int infoRequests() {
    return infoRequests.get();
  }

  /** Whether kernels answer a request that only finds out what was lost. */
  void answerProbes(boolean answer) {
    answersProbes = answer;
  }

  private void listen() {
    try {
      while (true) {
        Socket socket = listener.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      requests.add("closed");
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      String first = line(in);
      Map<String, String> headers = new ConcurrentHashMap<>();
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        String[] parts = line.split(": ", 2);
        headers.put(parts[0], parts[1]);
      }
      in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
      String[] words = first.split(" ", -1);
      answer(socket, in, words[0] + " " + words[1].split("\\?", 2)[0], headers);
    } catch (IOException gone) {
      requests.add("gone");
    }
  }

  private void answer(
      Socket socket, DataInputStream in, String request, Map<String, String> headers)
      throws IOException {
    requests.add(request);
    String body = answers.get(request);
    if (body != null) {
      reply(socket, body);
    } else if (request.startsWith("POST /api/sessions")) {
      int number = sessions.incrementAndGet();
      reply(socket, "{\"id\":\"s%d\",\"kernel\":{\"id\":\"k%d\"}}".formatted(number, number));
    } else if (request.endsWith("/channels")) {
      upgrade(socket, in, headers);
    } else if (request.startsWith("GET /api/kernels/")) {
      reply(socket, "{\"execution_state\":\"busy\"}");
    } else {
      reply(socket, "204");
    }
  }

  private static void reply(Socket socket, String body) throws IOException {
    boolean status = body.matches("\\d{3}");
    String content = status ? "" : body;
    String head =
        "HTTP/1.1 %s X\r\nContent-Length: %d\r\n\r\n"
            .formatted(status ? body : "200", content.length());
    socket.getOutputStream().write((head + content).getBytes(StandardCharsets.UTF_8));
  }

  private void upgrade(Socket socket, DataInputStream in, Map<String, String> headers)
      throws IOException {
    String accept = accept(headers.getOrDefault("Sec-WebSocket-Key", ""));
    String protocol =
        binary ? "Sec-WebSocket-Protocol: " + MessageReader.BINARY_PROTOCOL + "\r\n" : "";
    String head =
        "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
            + accept
            + "\r\n"
            + protocol
            + "\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    ScriptedKernel kernel = new ScriptedKernel(socket, in, binary);
    kernels.add(kernel);
    while (true) {
      JsonNode message = kernel.next();
      handle(kernel, message);
    }
  }

  private void handle(ScriptedKernel kernel, JsonNode message) throws IOException {
    String type = message.at("/header/msg_type").asText();
    kernel.answering(message.at("/header/msg_id").asText());
    if (type.equals("kernel_info_request")) {
      infoRequests.incrementAndGet();
      if (answersProbes || !kernel.parent().endsWith("probe")) {
        kernel.send("kernel_info_reply", "{}");
        kernel.send("status", "{\"execution_state\":\"idle\"}");
      }
    } else if (type.equals("execute_request")) {
      script.run(message.at("/content/code").asText(), kernel);
    } else {
      requests.add(type + " " + message.at("/content"));
    }
  }

  private static String accept(String key) {
    try {
      byte[] text =
          (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String line(DataInputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.readUnsignedByte(); octet != '\n'; octet = in.readUnsignedByte()) {
      line.write(octet);
    }
    return line.toString(StandardCharsets.US_ASCII).strip();
  }

  @Override
  public void close() {
    try {
      listener.close();
      kernels.forEach(ScriptedKernel::cut);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.execd.jupyter.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.execd.domain.Fuzz;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameFuzzTest {
  private static final int LAST = 0x80;

  /** Frames of a server, and what a client must make of them. */
  private static final class Script {
    private final Fuzz fuzz;
    private final ByteArrayOutputStream frames = new ByteArrayOutputStream();
    private final List<byte[]> messages = new ArrayList<>();
    private final List<byte[]> pongs = new ArrayList<>();

    Script(Fuzz fuzz) {
      this.fuzz = fuzz;
      for (int i = fuzz.below(5); i > 0; i--) {
        message();
        controls();
      }
    }

    private void message() {
      int opcode = 1 + fuzz.below(2);
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      whole.write(opcode);
      for (int left = fuzz.below(4), next = opcode; left >= 0; left--, next = Frame.CONTINUATION) {
        byte[] part = fuzz.bytes(fuzz.below(8) == 0 ? fuzz.below(70_000) : fuzz.below(140));
        whole.writeBytes(part);
        frames.writeBytes(FrameServer.frame(fuzz, (left == 0 ? LAST : 0) | next, part));
        if (left > 0) {
          controls();
        }
      }
      messages.add(whole.toByteArray());
    }

    private void controls() {
      for (int i = fuzz.below(3); i > 0; i--) {
        byte[] payload = fuzz.bytes(fuzz.below(Frame.MAX_CONTROL_BYTES + 1));
        int opcode = Frame.PING + fuzz.below(2);
        frames.writeBytes(FrameServer.frame(fuzz, LAST | opcode, payload));
        if (opcode == Frame.PING) {
          pongs.add(FrameServer.joined(LAST | Frame.PONG, payload));
        }
      }
    }
  }

  /** All messages until the connection ends, each after its opcode. */
  private static List<byte[]> messages(Fuzz fuzz, WebSocket socket) throws IOException {
    List<byte[]> messages = new ArrayList<>();
    try {
      while (true) {
        Message message = socket.next();
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        read.write(message.isText() ? Frame.TEXT : Frame.BINARY);
        byte[] some = new byte[1 + fuzz.below(9000)];
        for (int n = message.read(some); n >= 0; n = message.read(some)) {
          read.write(some, 0, n);
        }
        messages.add(read.toByteArray());
      }
    } catch (EOFException end) {
      return messages;
    }
  }

  @Test
  void messagesAreWholeAndPingsAnsweredHoweverTheyArrive() {
    Fuzz.rounds(
        300,
        fuzz -> {
          Script script = new Script(fuzz);
          try (FrameServer server = new FrameServer(fuzz, script.frames.toByteArray())) {
            try (WebSocket socket = server.open()) {
              assertThat(messages(fuzz, socket)).containsExactlyElementsOf(script.messages);
            }
            assertThat(FrameServer.unmasked(server.received()))
                .containsExactlyElementsOf(script.pongs);
          }
        });
  }

  @Test
  void whatIsSentComesOutOfItsMask() {
    Fuzz.rounds(
        200,
        fuzz -> {
          byte[] text = fuzz.bytes(fuzz.below(3) == 0 ? fuzz.below(200) : fuzz.below(70_000));
          byte[] binary = fuzz.bytes(120 + fuzz.below(10));
          try (FrameServer server = new FrameServer(fuzz, new byte[0])) {
            try (WebSocket socket = server.open()) {
              socket.sendText(text.clone());
              socket.sendBinary(binary.clone());
            }
            assertThat(FrameServer.unmasked(server.received()))
                .containsExactly(
                    FrameServer.joined(LAST | Frame.TEXT, text),
                    FrameServer.joined(LAST | Frame.BINARY, binary));
          }
        });
  }

  /** Only an IOException may come of what is no WebSocket. */
  @Test
  void brokenFramesEndTheConnectionAndNothingElse() {
    Fuzz.rounds(
        300,
        fuzz -> {
          byte[] frames = new Script(fuzz).frames.toByteArray();
          for (int i = fuzz.below(4); i > 0 && frames.length > 0; i--) {
            frames[fuzz.below(fuzz.below(frames.length) + 1)] = (byte) fuzz.below(256);
          }
          try (FrameServer server = new FrameServer(fuzz, frames);
              WebSocket socket = server.open()) {
            messages(fuzz, socket);
          } catch (IOException refused) {
            assertThat(refused).hasMessageMatching("the server .*|.*(reset|[Bb]roken pipe).*");
          }
        });
  }

  @Test
  void framesOfAReservedKindAreRefused() {
    Fuzz.rounds(
        50,
        fuzz -> {
          int opcode = fuzz.below(2) == 0 ? 3 + fuzz.below(5) : 11 + fuzz.below(5);
          byte[] frame = FrameServer.frame(fuzz, LAST | opcode, fuzz.bytes(fuzz.below(100)));
          try (FrameServer server = new FrameServer(fuzz, frame);
              WebSocket socket = server.open()) {
            assertThat(catchMessage(socket)).isEqualTo("the server sent a frame that is none");
          }
        });
  }

  private static String catchMessage(WebSocket socket) {
    try {
      return "a message, text: " + socket.next().isText();
    } catch (IOException refused) {
      return String.valueOf(refused.getMessage());
    }
  }
}

package io.execd.jupyter.wire;

import java.io.IOException;
import java.io.InputStream;

/** One message, as it comes in: any number of frames, with control frames between them. */
public final class Message extends InputStream {
  private final WebSocket socket;
  private final boolean text;
  private Frame frame;
  private long left;

  Message(WebSocket socket, Frame first) throws IOException {
    if (first.opcode() == Frame.CONTINUATION) {
      throw new IOException("the server continued a message that had not begun");
    }
    this.socket = socket;
    this.text = first.opcode() == Frame.TEXT;
    this.frame = first;
    this.left = first.length();
  }

  public boolean isText() {
    return text;
  }

  /** How many bytes the frame still has that is being read: a hint at what is to come. */
  @Override
  public int available() {
    return (int) Math.min(left, Integer.MAX_VALUE);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    while (left == 0) {
      if (frame.last()) {
        return -1;
      }
      nextFrame();
    }
    int count = socket.read(bytes, from, (int) Math.min(length, left));
    left -= count;
    return count;
  }

  private void nextFrame() throws IOException {
    Frame next = socket.readFrame();
    if (next.isControl()) {
      socket.control(next);
    } else if (next.opcode() == Frame.CONTINUATION) {
      frame = next;
      left = next.length();
    } else {
      throw new IOException("the server began a message inside of another one");
    }
  }

  /** Reads past whatever is left. */
  @Override
  public void close() throws IOException {
    byte[] scrap = new byte[8192];
    while (read(scrap, 0, scrap.length) >= 0) {
      // nobody wants it
    }
  }
}

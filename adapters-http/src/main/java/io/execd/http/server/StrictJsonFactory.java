package io.execd.http.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * A JSON factory whose parsers refuse text that UTF-8 cannot express: an escape of half a surrogate
 * pair, in any name or string, also in fields that are ignored. Java would replace it by a question
 * mark on the way to a file name or a command.
 */
final class StrictJsonFactory extends JsonFactory {
  private static final long serialVersionUID = 1L;

  StrictJsonFactory(JsonFactoryBuilder builder) {
    super(builder);
  }

  @Override
  protected JsonParser _createParser(InputStream in, IOContext context) throws IOException {
    return new StrictParser(super._createParser(in, context));
  }

  @Override
  protected JsonParser _createParser(Reader in, IOContext context) throws IOException {
    return new StrictParser(super._createParser(in, context));
  }

  @Override
  protected JsonParser _createParser(
      char[] data, int offset, int length, IOContext context, boolean recyclable)
      throws IOException {
    return new StrictParser(super._createParser(data, offset, length, context, recyclable));
  }

  @Override
  protected JsonParser _createParser(byte[] data, int offset, int length, IOContext context)
      throws IOException {
    return new StrictParser(super._createParser(data, offset, length, context));
  }

  /** The refusal of a name or string with half of a surrogate pair. */
  static final class SurrogateException extends JsonParseException {
    private static final long serialVersionUID = 1L;

    private final String path;

    private SurrogateException(JsonParser parser) {
      super(parser, "half of a surrogate pair");
      this.path = pathOf(parser.getParsingContext());
    }

    /** The fields and indexes that lead to the text, such as {@code argv[2]}; may be empty. */
    String path() {
      return path;
    }

    private static String pathOf(@Nullable JsonStreamContext place) {
      if (place == null || place.inRoot()) {
        return "";
      }
      String parent = pathOf(place.getParent());
      if (place.inArray()) {
        return parent + "[" + place.getCurrentIndex() + "]";
      }
      String name = place.getCurrentName();
      if (name == null || hasLoneSurrogate(name)) {
        return parent;
      }
      return parent.isEmpty() ? name : parent + "." + name;
    }
  }

  private static final class StrictParser extends JsonParserDelegate {
    StrictParser(JsonParser parser) {
      super(parser);
    }

    @Override
    public @Nullable JsonToken nextToken() throws IOException {
      JsonToken token = super.nextToken();
      if (token == JsonToken.FIELD_NAME) {
        check(currentName());
      }
      return token;
    }

    @Override
    public String getText() throws IOException {
      return check(super.getText());
    }

    @Override
    public String getValueAsString() throws IOException {
      return check(super.getValueAsString());
    }

    @Override
    public String getValueAsString(String defaultValue) throws IOException {
      return check(super.getValueAsString(defaultValue));
    }

    /** Reads what is skipped as well, so that it is checked. */
    @Override
    public JsonParser skipChildren() throws IOException {
      int depth = 0;
      for (JsonToken token = currentToken(); token != null; token = nextToken()) {
        if (token == JsonToken.VALUE_STRING) {
          check(super.getText());
        }
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (depth <= 0) {
          break;
        }
      }
      return this;
    }

    private String check(String text) throws SurrogateException {
      if (text != null && hasLoneSurrogate(text)) {
        throw new SurrogateException(delegate);
      }
      return text;
    }
  }

  private static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (Character.isSurrogate(unit)) {
        boolean pair = i + 1 < text.length() && Character.isSurrogatePair(unit, text.charAt(i + 1));
        if (!pair) {
          return true;
        }
        i++;
      }
    }
    return false;
  }
}

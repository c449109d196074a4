package io.execd.http.server;

import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Refuses what is neither true nor false in a query; Jersey takes all else for false. */
final class BooleanQuery implements ParamConverterProvider {
  @Override
  @SuppressWarnings("unchecked") // T is Boolean
  public <T> @Nullable ParamConverter<T> getConverter(
      Class<T> type, Type generic, Annotation[] annotations) {
    return type == Boolean.class ? (ParamConverter<T>) new Converter() : null;
  }

  private static final class Converter implements ParamConverter<Boolean> {
    @Override
    public @Nullable Boolean fromString(@Nullable String text) {
      if (text == null || text.isEmpty()) {
        return null;
      }
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "true", "1" -> true;
        case "false", "0" -> false;
        default -> throw new IllegalArgumentException("must be true or false");
      };
    }

    @Override
    public String toString(Boolean value) {
      return value.toString();
    }
  }
}

package io.execd.http.server;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.execd.domain.Failure;
import java.nio.charset.CharacterCodingException;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a JSON body, in words that a caller may see. */
final class JsonProblem {
  static final String BODY = "request body";

  private JsonProblem() {}

  static Failure describe(JsonProcessingException problem) {
    return switch (innermost(problem)) {
      case StrictJsonFactory.SurrogateException half -> surrogate(half);
      case JsonEOFException cut -> body("cut off before its JSON ends", cut);
      case StreamConstraintsException large -> body(limit(large), large);
      case MismatchedInputException mismatch -> mismatch(mismatch);
      case JsonMappingException mapping
          when mapping.getCause() instanceof JsonProcessingException e
              && mapping.getPath().isEmpty() ->
          describe(e);
      case JsonMappingException mapping -> field(mapping, mappingProblem(mapping));
      default -> body("not valid JSON" + at(problem.getLocation()), problem);
    };
  }

  /** Arrays and maps wrap what their parser refuses. */
  private static JsonProcessingException innermost(JsonProcessingException problem) {
    return problem.getCause() instanceof StrictJsonFactory.SurrogateException half ? half : problem;
  }

  private static Failure surrogate(StrictJsonFactory.SurrogateException problem) {
    String where = problem.path().isEmpty() ? BODY : problem.path();
    String text = "half of a surrogate pair is no text" + at(problem.getLocation());
    return new Failure(Failure.Code.INVALID_REQUEST, where + ": " + text, problem);
  }

  static Failure notUtf8(CharacterCodingException problem) {
    return body("not valid UTF-8", problem);
  }

  private static Failure body(String problem, Exception cause) {
    return new Failure(Failure.Code.INVALID_REQUEST, BODY + ": " + problem, cause);
  }

  /** Whether there was no JSON at all. */
  static boolean isNothing(JsonProcessingException problem) {
    return problem instanceof MismatchedInputException mismatch
        && mismatch.getPath().isEmpty()
        && String.valueOf(mismatch.getMessage()).startsWith("No content");
  }

  private static Failure mismatch(MismatchedInputException mismatch) {
    if (isNothing(mismatch)) {
      return body("must not be empty", mismatch);
    }
    return field(mismatch, "must be " + kind(mismatch.getTargetType()));
  }

  /** A syntax error, a limit or a number out of range that Jackson met inside of a field. */
  private static String mappingProblem(JsonMappingException mapping) {
    return switch (mapping.getCause()) {
      case JsonEOFException cut -> "cut off before its JSON ends";
      case StreamConstraintsException large -> limit(large);
      case JsonProcessingException syntax -> "not a usable value" + at(syntax.getLocation());
      case null, default -> "not a usable value";
    };
  }

  private static Failure field(JsonMappingException problem, String text) {
    String path = path(problem);
    String where = path.isEmpty() ? BODY : path;
    return new Failure(Failure.Code.INVALID_REQUEST, where + ": " + text, problem);
  }

  private static String path(JsonMappingException problem) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : problem.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }

  private static String kind(@Nullable Class<?> type) {
    if (type == null || type.isArray() || Collection.class.isAssignableFrom(type)) {
      return type == null ? "of another type" : "an array";
    }
    return Map.class.isAssignableFrom(type) ? "an object" : scalar(type);
  }

  private static String scalar(Class<?> type) {
    return switch (type.getSimpleName()) {
      case "String" -> "a string";
      case "Boolean", "boolean" -> "true or false";
      case "Integer", "int", "Long", "long" -> "a whole number";
      case "Double", "double", "Float", "float", "BigDecimal" -> "a number";
      default -> type.isEnum() ? "one of the known values" : "an object";
    };
  }

  private static String limit(StreamConstraintsException problem) {
    String message = String.valueOf(problem.getMessage());
    if (message.contains("nesting depth")) {
      return "nested deeper than " + Limits.JSON_DEPTH;
    }
    return message.startsWith("Token count")
        ? "the request body holds more than " + Limits.JSON_TOKENS + " values"
        : "has a name, number or string that is too long";
  }

  private static String at(@Nullable JsonLocation location) {
    return location == null
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}

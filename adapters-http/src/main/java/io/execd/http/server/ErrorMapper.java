package io.execd.http.server;

import io.execd.domain.Failure;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.glassfish.jersey.server.ParamException;

/** Turns whatever a resource or Jersey throws into an answer. */
final class ErrorMapper implements ExceptionMapper<Throwable> {
  private static final Logger LOG = System.getLogger(ErrorMapper.class.getName());

  @Override
  public Response toResponse(Throwable thrown) {
    Answer answer = answerOf(thrown);
    Response.ResponseBuilder response =
        Response.status(answer.status()).type(Exchange.JSON).entity(answer.json());
    if (answer.isTemporary() || isBusy(thrown)) {
      response.header(HttpHeaders.RETRY_AFTER, Limits.RETRY_AFTER_SECONDS);
    }
    if (thrown instanceof NotAllowedException refused) {
      response.header(HttpHeaders.ALLOW, refused.getResponse().getHeaderString(HttpHeaders.ALLOW));
    }
    return response.build();
  }

  private static boolean isBusy(Throwable thrown) {
    return thrown instanceof Failure failure && failure.code() == Failure.Code.BUSY;
  }

  /** Logs what nobody expected, here and nowhere else. */
  static Answer answerOf(Throwable thrown) {
    return switch (thrown) {
      case Failure failure -> ofFailure(failure);
      case RefusedBodyException refused -> refused.answer();
      case ParamException.PathParamException path -> noSuchRoute();
      case ParamException param ->
          Answer.ofStatus(400, param.getParameterName() + ": not a usable value");
      case NotFoundException missing -> noSuchRoute();
      case WebApplicationException refused -> ofJersey(refused);
      case IOException broken -> Answer.ofStatus(400, "the request body could not be read");
      case OutOfMemoryError none when isForAThread(none) ->
          Answer.ofStatus(500, "start a thread: resource temporarily unavailable");
      default -> unexpected(thrown);
    };
  }

  /** The one place where a failure becomes a status. */
  private static Answer ofFailure(Failure failure) {
    String message = String.valueOf(failure.getMessage());
    return switch (failure.code()) {
      case INVALID_REQUEST -> new Answer(400, "INVALID_REQUEST_BODY", message);
      case MISSING_QUERY -> new Answer(400, "MISSING_QUERY", message);
      case COMMAND_NOT_FOUND -> new Answer(404, "INVALID_REQUEST_BODY", message);
      case CONTEXT_NOT_FOUND -> new Answer(404, "CONTEXT_NOT_FOUND", message);
      case FILE_NOT_FOUND -> new Answer(404, "FILE_NOT_FOUND", message);
      case INVALID_FILE -> new Answer(400, "INVALID_FILE", message);
      case INVALID_FILE_CONTENT -> new Answer(400, "INVALID_FILE_CONTENT", message);
      case INVALID_FILE_METADATA -> new Answer(400, "INVALID_FILE_METADATA", message);
      case RANGE_NOT_SATISFIABLE -> new Answer(416, "UNKNOWN", message);
      case PRECONDITION_FAILED -> new Answer(412, "PRECONDITION_FAILED", message);
      case CONFLICT -> new Answer(409, "CONFLICT", message);
      case PERMISSION_DENIED -> new Answer(403, "PERMISSION_DENIED", message);
      case NO_SPACE -> new Answer(507, "NO_SPACE", message);
      case NOT_READY -> new Answer(503, "EXECD_NOT_READY", message);
      case NOT_SUPPORTED -> new Answer(501, "NOT_SUPPORTED", message);
      case BUSY, RUNTIME_ERROR -> new Answer(500, "RUNTIME_ERROR", message);
    };
  }

  /** The kernel's limit of processes and threads, and no want of memory: the JVM has one error. */
  private static boolean isForAThread(OutOfMemoryError error) {
    return String.valueOf(error.getMessage()).startsWith("unable to create native thread");
  }

  private static Answer noSuchRoute() {
    return Answer.ofStatus(404, "no such route");
  }

  private static Answer ofJersey(WebApplicationException refused) {
    int status = refused.getResponse().getStatus();
    return switch (status) {
      case 405 -> Answer.ofStatus(status, "this method is not allowed here");
      case 415 -> Answer.ofStatus(400, "Content-Type: a body of this type cannot be read");
      default -> status < 500 ? Answer.ofStatus(status, "bad request") : unexpected(refused);
    };
  }

  private static Answer unexpected(Throwable thrown) {
    LOG.log(Level.ERROR, "a request failed unexpectedly", thrown);
    return Answer.ofStatus(500, "unexpected failure; see the log of execd");
  }
}

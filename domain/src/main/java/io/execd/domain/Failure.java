package io.execd.domain;

import org.jspecify.annotations.Nullable;

/**
 * The one way in which a request fails. Adapters translate what they meet (an errno, a parse error)
 * into it at their edge; exactly one place turns it into an answer. Its message names what was
 * wrong (field, path or value) and is safe to show to a caller.
 */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of failure it is. How each is answered is the business of the HTTP adapter. */
  public enum Code {
    /** The request cannot be used: a field, a parameter or a path in it is wrong. */
    INVALID_REQUEST,
    /** A query parameter that must be there is not. */
    MISSING_QUERY,
    /** No command has this id. */
    COMMAND_NOT_FOUND,
    /** No code context, session or terminal has this id. */
    CONTEXT_NOT_FOUND,
    /** No file or directory has this path. */
    FILE_NOT_FOUND,
    /** What was asked for, or sent, is no usable file, or not the right number of them. */
    INVALID_FILE,
    /** The content of an uploaded file is missing or cut. */
    INVALID_FILE_CONTENT,
    /** What was said of an uploaded file is missing or cannot be used. */
    INVALID_FILE_METADATA,
    /** None of the bytes that were asked for exist. */
    RANGE_NOT_SATISFIABLE,
    /** What is there is not what the caller says it means. */
    PRECONDITION_FAILED,
    /** Something stands in the way: what exists already, or an upload that got further or less. */
    CONFLICT,
    /** The operating system refuses (EACCES, EPERM). */
    PERMISSION_DENIED,
    /** The disk is full (ENOSPC, EDQUOT). */
    NO_SPACE,
    /** What was asked for is in use by another caller; later it may not be. */
    BUSY,
    /** The daemon, or a backend, is starting or stopping. */
    NOT_READY,
    /** This machine cannot do it. */
    NOT_SUPPORTED,
    /** Anything else. */
    RUNTIME_ERROR
  }

  private final Code code;

  /** A failure without a cause worth keeping. */
  public Failure(Code code, String message) {
    this(code, message, null);
  }

  /** A failure that came from another one, which the log shows and the caller does not see. */
  public Failure(Code code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** A field of the request body that cannot be used: the message starts with its name. */
  public static Failure invalidField(String field, String problem) {
    return new Failure(Code.INVALID_REQUEST, field + ": " + problem);
  }

  /** A query parameter that must be there: the message starts with its name. */
  public static Failure missingQuery(String parameter) {
    return new Failure(Code.MISSING_QUERY, parameter + ": this query parameter is required");
  }

  public Code code() {
    return code;
  }
}

package io.execd.http.server;

import io.execd.domain.Failure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** Small resources of every shape that the API has. */
@Path("/test")
@Produces("application/json")
public final class TestResource {
  /** A body with a field of each kind. */
  @NullUnmarked
  public static final class Thing {
    public String name;
    public Integer count;
    public Boolean flag;
    public Map<String, String> envs;
    public List<String> list;
    public Thing inner;
  }

  private final StreamScript script;

  TestResource(StreamScript script) {
    this.script = script;
  }

  @POST
  @Path("/echo")
  @Consumes("application/json")
  public Response echo(Thing thing) {
    return Response.ok(thing).build();
  }

  @POST
  @Path("/optional")
  @Consumes("application/json")
  public Response optional(@OptionalBody @Nullable Thing thing) {
    return Response.ok(Map.of("given", thing != null)).build();
  }

  @GET
  @Path("/flag")
  public Response flag(@QueryParam("flag") @Nullable Boolean flag) {
    return Response.ok(Map.of("flag", String.valueOf(flag))).build();
  }

  @GET
  @Path("/query")
  public Response query(@QueryParam("text") String text, @QueryParam("number") Integer number) {
    return Response.ok(Map.of("text", Optional.ofNullable(text).orElse(""))).build();
  }

  @DELETE
  @Path("/empty")
  public Response empty() {
    return Response.ok().build();
  }

  @GET
  @Path("/fail")
  public Response fail(@QueryParam("code") String code) {
    return broken(new Failure(Failure.Code.valueOf(code), "field: \"quoted\" \u2028"));
  }

  @POST
  @Path("/refuse")
  @Consumes("application/json")
  public Response refuse(Thing thing) {
    return Response.status(thing.count).build();
  }

  @GET
  @Path("/bug")
  public Response bug() {
    return broken(new IllegalStateException("secret detail"));
  }

  private static Response broken(RuntimeException failure) {
    throw failure;
  }

  @POST
  @Path("/stream")
  @Consumes("application/json")
  @Produces({"text/event-stream", "application/json"})
  public Response stream() {
    StreamBody body = script::run;
    return Response.ok(body).type("text/event-stream").header("Cache-Control", "no-cache").build();
  }

  @GET
  @Path("/lines")
  @Produces({"text/plain", "application/json"})
  public Response lines() {
    StreamBody body = script::run;
    return Response.ok(body).type("text/plain").build();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

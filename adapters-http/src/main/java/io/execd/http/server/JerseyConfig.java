package io.execd.http.server;

import java.util.List;
import java.util.Map;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.inject.hk2.AbstractBinder;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/**
 * Jersey with the resources given, our JSON and our errors, and nothing it would look for itself.
 */
final class JerseyConfig extends ResourceConfig {
  private static final Map<String, Object> PROPERTIES =
      Map.of(
          CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true,
          CommonProperties.METAINF_SERVICES_LOOKUP_DISABLE, true,
          CommonProperties.OUTBOUND_CONTENT_LENGTH_BUFFER, 0,
          ServerProperties.WADL_FEATURE_DISABLE, true,
          ServerProperties.BV_FEATURE_DISABLE, true,
          ServerProperties.PROCESSING_RESPONSE_ERRORS_ENABLED, true);

  JerseyConfig(List<ApiResource<?>> resources) {
    addProperties(PROPERTIES);
    resources.forEach(resource -> register(resource.type()));
    register(new Sources(resources));
    register(new BodyGuard());
    register(new JsonBody());
    register(new BooleanQuery());
    register(new StreamBodyWriter());
    register(new ErrorMapper());
  }

  /** Takes the resources from where they are made, for each request anew. */
  private static final class Sources extends AbstractBinder {
    private final List<ApiResource<?>> resources;

    Sources(List<ApiResource<?>> resources) {
      this.resources = resources;
    }

    @Override
    protected void configure() {
      resources.forEach(this::bindSource);
    }

    private <T> void bindSource(ApiResource<T> resource) {
      bindFactory(resource.source()).to(resource.type());
    }
  }
}

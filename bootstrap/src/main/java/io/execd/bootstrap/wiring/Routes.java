package io.execd.bootstrap.wiring;

import io.execd.http.server.ApiResource;
import io.execd.http.server.DirectRoute;
import java.util.List;

/** What the server answers with once all is built. */
record Routes(List<ApiResource<?>> resources, List<DirectRoute> direct) {}

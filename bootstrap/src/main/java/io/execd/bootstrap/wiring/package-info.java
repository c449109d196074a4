/**
 * The one place where implementations meet ports: Guice modules made of provider methods without
 * conditionals. It may use every module, and nothing outside it imports Guice.
 */
@NullMarked
package io.execd.bootstrap.wiring;

import org.jspecify.annotations.NullMarked;

/**
 * The use cases of execd, a package per slice: an interface that the adapters call and the service
 * behind it. It uses the domain and java.base only.
 */
@NullMarked
package io.execd.application;

import org.jspecify.annotations.NullMarked;

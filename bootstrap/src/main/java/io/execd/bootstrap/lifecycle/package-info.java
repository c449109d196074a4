/** What starts and stops, and in which order. It uses java.base only and knows no part by type. */
@NullMarked
package io.execd.bootstrap.lifecycle;

import org.jspecify.annotations.NullMarked;

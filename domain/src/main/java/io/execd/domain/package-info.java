/**
 * What every slice of the model shares: the one failure type and the operating system's errors. It
 * uses java.base and the null annotations only.
 */
@NullMarked
package io.execd.domain;

import org.jspecify.annotations.NullMarked;

/**
 * The daemon's log: java.util.logging as the one backend, one line a record, to stdout or to a
 * rotated file. It uses java.logging and the log settings, nothing else of ours.
 */
@NullMarked
package io.execd.bootstrap.logging;

import org.jspecify.annotations.NullMarked;

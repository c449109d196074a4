/**
 * The file slice of the model: paths and how they are written, what is known of a file, globs and
 * ranges, and the out-ports through which files are reached. It uses java.base, the root package
 * and the identities of the command package.
 */
@NullMarked
package io.execd.domain.file;

import org.jspecify.annotations.NullMarked;

/**
 * Files and directories: the in-port {@link io.execd.application.file.Filesystem} and its service,
 * with what a request keeps open. It uses the file package of the domain, the accounts of the
 * command package, and java.base.
 */
@NullMarked
package io.execd.application.file;

import org.jspecify.annotations.NullMarked;

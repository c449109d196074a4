/**
 * The file slice on this machine: its files through system calls relative to open directories, the
 * names of users and groups, and the journal of unfinished uploads. It implements the out-ports of
 * the domain's file package, and uses the native calls.
 */
@NullMarked
package io.execd.os.file;

import org.jspecify.annotations.NullMarked;

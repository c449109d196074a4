/**
 * The one door to native code: Linux system calls and the spawn of the shim, as plain Java types.
 * It alone may use java.lang.foreign; besides that it touches java.base and the domain's types for
 * processes and files only.
 */
@NullMarked
package io.execd.os.nativecall;

import org.jspecify.annotations.NullMarked;

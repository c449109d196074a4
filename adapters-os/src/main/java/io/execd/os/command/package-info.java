/**
 * Processes, accounts and the environment of commands, behind the out-ports of the domain's command
 * slice. It uses those ports, java.base, and native code through the nativecall package only.
 */
@NullMarked
package io.execd.os.command;

import org.jspecify.annotations.NullMarked;

package io.execd.os.nativecall;

import java.util.OptionalLong;

/**
 * What a child gets of the process around it: what the daemon was given, not what its JVM made of
 * it. The JVM raises its soft limit of open files and takes signals; the start script notes both
 * before, in system properties. Without them (java -jar) it is what can still be seen.
 *
 * @param softFiles the soft limit of open files; negative for none
 * @param hardFiles the hard limit of open files; negative for none
 * @param ignoredSignals bit n-1 is set for a signal n that is ignored; the others are at their
 *     default
 * @param oomScore the oom_score_adj; empty where it cannot be told
 */
record Inheritance(long softFiles, long hardFiles, long ignoredSignals, OptionalLong oomScore) {}

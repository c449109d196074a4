package io.execd.domain;

/**
 * An error of the operating system, as an adapter met it.
 *
 * @param number the errno, positive; 0 where the platform gives none
 * @param name the symbolic name, such as {@code ENOENT}
 * @param text a few words for people, such as {@code no such file or directory}
 */
public record OsError(int number, String name, String text) {}

package io.execd.domain.file;

/**
 * A file as callers see it.
 *
 * @param owner the user's name, or the number where there is none
 * @param group the group's name, or the number where there is none
 */
public record FileInfo(FilePath path, FileStatus status, String owner, String group) {}

package io.execd.planted.os.file;

/** Breaks: native code outside its package. */
public record CallsNativeCode(java.lang.foreign.MemorySegment segment) {}

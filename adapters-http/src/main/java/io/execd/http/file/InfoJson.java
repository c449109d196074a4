package io.execd.http.file;

import io.execd.domain.file.FileInfo;
import io.execd.domain.file.FileStatus;
import io.execd.domain.file.OctalMode;
import java.util.Map;

/** Writes infos as JSON: there may be a million of them. */
final class InfoJson {
  private InfoJson() {}

  /** A map from the paths as they were asked for. */
  static byte[] map(Map<String, FileInfo> infos) {
    JsonBytes out = new JsonBytes();
    out.raw("{");
    String comma = "";
    for (Map.Entry<String, FileInfo> entry : infos.entrySet()) {
      out.raw(comma).string(entry.getKey()).raw(":");
      write(entry.getValue(), out);
      comma = ",";
    }
    return out.raw("}").toByteArray();
  }

  static void write(FileInfo info, JsonBytes out) {
    FileStatus status = info.status();
    out.raw("{\"path\":").path(info.path());
    out.raw(",\"type\":\"").raw(type(status));
    out.raw("\",\"size\":").number(status.sizeBytes());
    out.raw(",\"modified_at\":\"").time(status.modified());
    out.raw("\",\"created_at\":\"").time(status.created());
    out.raw("\",\"owner\":").string(info.owner());
    out.raw(",\"group\":").string(info.group());
    out.raw(",\"mode\":").number(OctalMode.digits(status.mode())).raw("}");
  }

  private static String type(FileStatus status) {
    return switch (status.type()) {
      case FILE -> "file";
      case DIRECTORY -> "directory";
      case SYMLINK -> "symlink";
      case OTHER -> "other";
    };
  }
}

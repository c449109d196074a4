package io.execd.architecture;

import com.tngtech.archunit.lang.ArchRule;

/**
 * One arrow of the module table.
 *
 * @param module the package below the root whose classes it looks at; empty for all
 * @param offender the planted class that breaks it
 */
record Rule(String name, String module, ArchRule check, String offender) {
  @Override
  public String toString() {
    return name;
  }
}

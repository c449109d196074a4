/**
 * The lint of the two contract files: rules over their YAML trees, each with a planted violation
 * that proves it can fail. It uses the files of this module and JSON tools only.
 */
@NullMarked
package io.execd.api;

import org.jspecify.annotations.NullMarked;

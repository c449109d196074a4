/**
 * SQL against the database of the sandbox, over JDBC. It uses the code and stream packages of the
 * domain and the driver, which is loaded by the first query.
 */
@NullMarked
package io.execd.jupyter.sql;

import org.jspecify.annotations.NullMarked;

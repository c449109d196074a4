package io.execd.domain.command;

import java.util.Optional;

/**
 * Out-port: the user accounts of this machine. Implementations may read files; they never cache.
 */
public interface Accounts {

  /** The account with this user id; empty when the machine knows none. */
  Optional<Account> find(long uid);
}

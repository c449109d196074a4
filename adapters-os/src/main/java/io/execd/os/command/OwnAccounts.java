package io.execd.os.command;

import io.execd.domain.command.Account;
import io.execd.domain.command.Accounts;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/**
 * The accounts of this machine as a daemon that is not root has to see them: its own user has the
 * groups that the daemon has, whatever the account files say, since no others can be had; and it
 * has an account even where no file knows it, as in containers that run as any number.
 */
public final class OwnAccounts implements Accounts {
  private final Accounts others;
  private final Map<String, String> environment;

  /**
   * @param environment of the daemon: names its user where no account does
   */
  public OwnAccounts(Accounts others, Map<String, String> environment) {
    this.others = others;
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Optional<Account> find(long uid) {
    Optional<Account> told = others.find(uid);
    return own()
        .filter(self -> !self.isRoot() && self.uid() == uid)
        .map(self -> account(self, told))
        .or(() -> told);
  }

  private Account account(OwnIdentity self, Optional<Account> told) {
    String number = Long.toString(self.uid());
    return new Account(
        self.uid(),
        self.gid(),
        told.map(Account::name).orElse(environment.getOrDefault("USER", number)),
        told.map(Account::home).orElse(environment.getOrDefault("HOME", "/")),
        self.supplementaryGroups());
  }

  private static Optional<OwnIdentity> own() {
    try {
      return Optional.of(OwnIdentity.read());
    } catch (UncheckedIOException unknown) {
      return Optional.empty();
    }
  }
}

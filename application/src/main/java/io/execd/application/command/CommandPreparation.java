package io.execd.application.command;

import io.execd.domain.Variables;
import io.execd.domain.command.Account;
import io.execd.domain.command.Accounts;
import io.execd.domain.command.CommandRequest;
import io.execd.domain.command.CommandRequest.RunAs;
import io.execd.domain.command.EnvironmentSource;
import io.execd.domain.command.Identity;
import io.execd.domain.command.LaunchSpec;
import io.execd.domain.file.Octets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Works out what a launcher needs to know from what a caller asked for. */
final class CommandPreparation {
  private final EnvironmentSource environment;
  private final Accounts accounts;

  CommandPreparation(EnvironmentSource environment, Accounts accounts) {
    this.environment = environment;
    this.accounts = accounts;
  }

  LaunchSpec prepare(CommandRequest request) {
    Optional<Account> account = request.runAs().flatMap(runAs -> accounts.find(runAs.uid()));
    Map<String, String> variables = environment.read();
    request.runAs().ifPresent(_ -> follow(variables, account));
    variables.putAll(request.environment());
    return new LaunchSpec(
        request.program(),
        variables,
        request.directory().map(path -> directory(path, variables)),
        request.runAs().map(runAs -> identity(runAs, account)));
  }

  private String directory(String asked, Map<String, String> variables) {
    String path = Variables.expandPath("cwd", asked, variables, environment::exists);
    Octets.of("cwd", path); // refuses what is no path before anything is started
    return path;
  }

  /** A uid without an account is at home in the root directory, and has none of our names. */
  private static void follow(Map<String, String> variables, Optional<Account> account) {
    variables.keySet().removeAll(List.of("USER", "LOGNAME"));
    variables.put("HOME", account.map(Account::home).orElse("/"));
    account
        .map(Account::name)
        .ifPresent(name -> {
          variables.put("USER", name);
          variables.put("LOGNAME", name);
        });
  }

  /** A uid without an account gets a group of the same number, never one of the daemon's. */
  private static Identity identity(RunAs runAs, Optional<Account> account) {
    long primary = account.map(Account::gid).orElse(runAs.uid());
    long gid = runAs.gid().orElse(primary);
    List<Long> groups = gid == primary ? account.map(Account::groups).orElse(List.of()) : List.of();
    return new Identity(runAs.uid(), gid, groups);
  }
}

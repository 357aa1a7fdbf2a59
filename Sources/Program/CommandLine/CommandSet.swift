import Accounts
import Sandbox

/// The commands and options of the program with certain services: the only source of dispatch, of
/// `--help`, of the manual page and of shell completion.
struct CommandSet: Sendable {
  let services: [ServiceDescriptor]
  /// Every command, in the order of `--help`.
  let commands: [Subcommand]
  /// What every command takes.
  let globalOptions: [Subcommand.Option]
  /// What the bare program takes besides the global options.
  let consoleOptions: [Subcommand.Option] = [
    .flag("sandbox", "work on built-in servers, with data of their own"),
    .value(
      "scenario", "NAME", "what happens on the built-in servers",
      .oneOf(Scenario.allCases.map(\.rawValue))),
  ]

  init(_ services: [ServiceDescriptor]) {
    self.services = services
    globalOptions = Subcommand.Option.global(for: services)
    commands =
      services.map(Subcommand.login) + [
        .logout(services),
        .status, .chats, .messages, .send, .edit, .delete, .react, .forward, .save,
        .mute, .search, .contacts,
        .groupsShow, .groupsCreate, .groupsRename, .groupsAdd, .groupsLeave,
        .identity, .identityShow, .identityVerify, .identityAccept, .push,
        .calls, .callsDecline, .callsCheck, .vcp, .sessions,
        .balances, .estimate, .swap, .orders, .ordersVerify, .order, .halt, .resume, .limits,
        .alerts, .alertsAdd, .alertsRemove, .replay, .export,
        .doctor, .sandbox, .relay, .completion,
      ]
  }
}

import Sandbox

extension Subcommand {
  /// Every command, in the order of `--help`.
  static let all: [Subcommand] = [
    .loginMax, .loginTextSecure, .loginTrading, .logout,
    .status, .chats, .messages, .send, .edit, .delete, .react, .forward, .save,
    .mute, .search, .contacts,
    .groupsShow, .groupsCreate, .groupsRename, .groupsAdd, .groupsLeave,
    .identity, .identityShow, .identityVerify, .identityAccept, .push,
    .calls, .callsDecline, .callsCheck, .vcp, .sessions,
    .balances, .estimate, .swap, .orders, .ordersVerify, .order, .halt, .resume, .limits,
    .alerts, .alertsAdd, .alertsRemove, .replay, .export,
    .doctor, .sandbox, .relay, .completion,
  ]

  /// What the bare program takes besides the global options.
  static let consoleOptions: [Option] = [
    .flag("sandbox", "work on built-in servers, with data of their own"),
    .value(
      "scenario", "NAME", "what happens on the built-in servers",
      .oneOf(Scenario.allCases.map(\.rawValue))),
  ]
}

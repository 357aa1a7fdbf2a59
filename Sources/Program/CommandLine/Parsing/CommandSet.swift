import Accounts
import Languages
import Phrases
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
    .flag("linear", "line by line, for screen readers, simple terminals and pipes"),
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
        .alerts, .alertsAdd, .alertsRemove, .replay, .export, .passphrase,
        .backup, .restore, .wipe,
        .doctor, .sandbox, .relay, .completion,
      ]
  }
}

extension Subcommand.Option {
  /// What every command takes; those with a value, and those that are on or off, are the settings.
  static func global(for services: [ServiceDescriptor]) -> [Subcommand.Option] {
    general
      + services.map {
        .value("\($0.service.rawValue)-url", "URL", "address of \($0.words.server.text)")
      }
      + particular
  }

  private static let general: [Subcommand.Option] = [
    .value("profile", "NAME", "keep accounts apart by name (default: default)"),
    .directory("data-dir", "where everything is kept"),
    .file("config", "settings, one `name = value` a line; mouse, paper and dry-run: on or off"),
    .flag("json", "print JSON Lines"),
    .file("ca-file", "also trust the certificates in this PEM file"),
  ]

  private static let particular: [Subcommand.Option] = [
    .choice(
      "language", Language.allCases.map(\.rawValue),
      "what the console speaks (default: as LC_ALL, LC_MESSAGES or LANG say)"),
    .value("theme", "NAME", "the console's colours (default: terminal)"),
    .choice("max-codec", ["json", "binary"], "how MAX frames are written"),
    .choice(
      "read-marks", ["always", "focused", "never"],
      "when others see what was read (default: focused)"),
    .choice(
      "pictures", ["ask", "always", "never"],
      "when a message's picture is fetched to be looked at (default: ask)"),
    .command(
      "alert-command",
      "tells what needs you, orders' ends and prices: 'notify-send {event} {text}'"),
    .value("quiet-hours", "FROM-TO", "no bell and no notification in this time: 23:00-07:00"),
    .file("passphrase-file", "its first line is the passphrase of the profile"),
    .command("unlock-command", "its first line is the passphrase: 'pass show tercet'"),
    .toggle("paper", "trade on paper: swaps are filled here, at the server's prices"),
    .toggle("dry-run", "everything but the sending of swaps"),
    .choice("clock", ["24", "12"], "how the console writes times of day (default: 24)"),
    .choice(
      "numbers", DisplayForms.Grouping.allCases.map(\.rawValue),
      "what the console puts between groups of digits (default: space)"),
    .onOrOff("mouse", "clicks and the wheel reach the console (default: on)"),
    .value("max-app-version", "VERSION", "the version of the MAX web client to pass for"),
    .file("record", "write down what the trading server and we say, without secrets"),
    .value("timeout", "SECONDS", "how long to wait for a server (default: 20)"),
    .flag("v", "log to standard error"),
    .flag("help", "what the command does and takes"),
    .flag("version", "the version"),
  ]
}

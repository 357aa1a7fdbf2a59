import FoundationEssentials
import Glibc
import Storage
import TestSupport

/// A program that is measured from outside, in a home of its own.
struct MeasuredProgram {
  let name: String
  let command: [String]
  /// Words of its first picture.
  let marker: String
  /// Presses after which what is typed is written into a line.
  var opening = ""
  private let home: ScratchDirectory
  private var variables: [String: String] = [:]

  var environment: [String: String] {
    [
      "HOME": home.path, "TMPDIR": home.path, "PATH": "/usr/bin:/bin", "TERM": "xterm-256color",
      "LANG": "C.UTF-8",
    ].merging(variables) { $1 }
  }

  /// Starts it and waits for its first picture.
  func open() throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(command, environment: environment)
    guard terminal.moment(of: marker, within: 60) != nil else {
      throw PseudoTerminal.Failure(
        description: "\(name) shows no \"\(marker)\": "
          + String(decoding: terminal.written.suffix(300), as: UTF8.self))
    }
    return terminal
  }

  /// Tercet on a profile that `bench profile` wrote, sealed as any profile is after its first start.
  ///
  /// - Parameter servers: addresses of servers by the names of the program's settings.
  static func tercet(
    _ profile: String, servers: [String: String] = [:], marker: String = ProfilePlan.marker
  ) throws -> MeasuredProgram {
    let kept = Profile(directory: profile)
    try BenchStore.seal(kept)
    return MeasuredProgram(
      name: "Tercet", command: [Program.tercetPath, "--data-dir", profile],
      marker: marker, opening: "\r", home: try ScratchDirectory(),
      variables: servers.merging(["XDG_CONFIG_HOME": BenchStore.settings(of: kept)]) { $1 })
  }

  /// The other programs of this kind that are installed, and the packages of those that are not.
  static func peers() throws -> (programs: [MeasuredProgram], missing: [String]) {
    var programs: [MeasuredProgram] = []
    var missing: [String] = []
    for peer in ["irssi", "mcabber", "weechat", "profanity"] {
      guard access("/usr/bin/\(peer)", X_OK) == 0 else {
        missing.append(peer)
        continue
      }
      programs.append(try self.peer(peer))
    }
    return (programs, missing)
  }

  /// As it is after its first start, with nothing to connect to.
  private static func peer(_ name: String) throws -> MeasuredProgram {
    let home = try ScratchDirectory()
    switch name {
    case "irssi":
      return MeasuredProgram(
        name: name, command: ["/usr/bin/irssi", "--home=\(home.file("irssi"))", "--noconnect"],
        marker: "Irssi v", home: home)
    case "mcabber":
      let folder = home.file(".mcabber")
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
      guard
        FileManager.default.createFile(
          atPath: folder + "/mcabberrc", contents: Data("set beep_on_message = 0\n".utf8),
          attributes: [.posixPermissions: 0o600])
      else { throw CocoaError(.fileWriteUnknown) }
      return MeasuredProgram(
        name: name, command: ["/usr/bin/mcabber"], marker: "[status]", home: home)
    case "weechat":
      return MeasuredProgram(
        name: name,
        command: ["/usr/bin/weechat", "--no-connect", "--dir", home.file("weechat")],
        marker: "https://weechat.org", home: home)
    default:
      return MeasuredProgram(
        name: name, command: ["/usr/bin/\(name)"], marker: "Type /help", home: home)
    }
  }
}

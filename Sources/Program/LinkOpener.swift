import Phrases
import Processes

/// The program that shows web addresses outside the terminal: the person's own browser.
struct LinkOpener {
  private let command: OperatorCommand

  /// Nil where nothing is known that could: without a desktop of this machine, only what `BROWSER` names.
  ///
  /// - Parameter environment: of which `BROWSER`, `DISPLAY`, `WAYLAND_DISPLAY` and `SSH_CONNECTION` are
  ///   read. Over ssh the desktop is another machine's.
  init?(_ environment: [String: String], log: @escaping @Sendable (String) -> Void) {
    guard let words = Self.words(environment), var command = OperatorCommand(words) else {
      return nil
    }
    command.log = log
    self.command = command
  }

  /// What to start, with `{url}` in the address's place.
  ///
  /// The shell only gives it a session of its own, which goes on when this program ends, and nowhere to
  /// write to; the address is an argument, never a part of the script.
  static func words(_ environment: [String: String]) -> String? {
    let isSet = { (name: String) in !(environment[name] ?? "").isEmpty }
    // A list with colons; the first is the one that is liked best.
    let browser = environment["BROWSER"]?.split(separator: ":").first.map(String.init)
    let hasDesktop = isSet("DISPLAY") || isSet("WAYLAND_DISPLAY")
    guard let opener = browser ?? (hasDesktop && !isSet("SSH_CONNECTION") ? "xdg-open" : nil)
    else { return nil }
    let named = opener.contains("%s") ? opener.replacing("%s", with: "{url}") : opener + " {url}"
    return #"sh -c 'command -v "$0" >/dev/null || exit 127; exec setsid -f "$0" "$@" "#
      + #">/dev/null 2>&1 </dev/null' "# + named
  }

  /// Why an address could not be handed over; nil when it was.
  func open(_ address: String) async -> String? {
    switch await command.end(of: ["{url}": address]) {
    case .ended(0): nil
    case .ended(127): Phrase.noSuchProgram.text
    case .ended(let code): Phrase.programFailed.with("\(code)")
    case .late, .tooMany: Phrase.programLate.text
    case .notStarted(let reason): reason
    }
  }
}

/// What a terminal is asked for besides showing pictures. Terminals without it ignore the request.
struct TerminalExtras {
  /// How it shows a notification.
  let notice: DesktopNotice
  var title: TerminalTitle
  /// Ours disappears when it is left; otherwise it has to be wiped.
  let hasOtherScreen: Bool
  private let reportsMouse: Bool

  /// - Parameters:
  ///   - mouse: whether clicks and the wheel are to be reported.
  ///   - entering: what enters the other screen.
  init(_ environment: [String: String], mouse: Bool, entering: [UInt8], hasOtherScreen: Bool) {
    self.hasOtherScreen = hasOtherScreen
    notice = DesktopNotice(environment)
    title = TerminalTitle(term: environment["TERM"] ?? "", savedBy: entering)
    reportsMouse = mouse
  }

  /// Bracketed paste, reports of the focus and the mouse, and Alt as Escape before a key, which xterm
  /// has off: there Alt-B would write a letter. What the person had set is kept by the terminal and put
  /// back (`s`, `r`).
  var on: [UInt8] {
    Array("\u{1b}[?2004h\u{1b}[?1004h\u{1b}[?1036s\u{1b}[?1036h".utf8) + title.saving
      + (reportsMouse ? Array("\u{1b}[?1000h\u{1b}[?1006h".utf8) : [])
  }

  /// The same as it was, and letters turned by the terminal again.
  var off: [UInt8] {
    let modes = "\u{1b}[?2004l\u{1b}[?1006l\u{1b}[?1000l\u{1b}[?1004l\u{1b}[?1036r\u{1b}[8h"
    return Array(modes.utf8) + title.restoring
  }
}

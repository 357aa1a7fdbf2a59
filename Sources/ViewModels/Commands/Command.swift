import Phrases
import ScreenState

/// One thing a person can do by key.
///
/// The table `Command.all` is the only source of dispatch, the help overlay and the bottom line.
package struct Command: Sendable {
  /// Where a command's keys work. The narrower place wins when two commands share a key.
  package enum Place: Sendable, Hashable {
    case everywhere
    /// Everywhere, but not by a key that writes something where text can be written. What changes
    /// something at once is tied to this: a word that is typed into a list must not do it.
    case byChord
    case pane(PaneID)
    /// A message of the open chat is selected, or the chat cannot be written in. Where it can, every
    /// other letter begins a message: no other command hangs on a letter in an open chat.
    case messages
    /// While a call rings, over everything that is not being typed into.
    case ring
    case dialog(Dialog)
  }

  /// The dialogs that commands can be tied to.
  package enum Dialog: Sendable, Hashable {
    case order, call, identity, group, line, devices, picture, chart, ticketReview, ticketEnd
  }

  /// A stable name for logs and tests: `chat.open`.
  package let name: String
  /// Any of them does it; the first is the one to show.
  package let keys: [Key]
  /// For the help overlay: a sentence.
  package let title: Phrase
  /// For the bottom line: a word or two; nil keeps it out of there.
  package var hint: Phrase?
  package let places: Set<Place>
  /// Under which heading the help shows it.
  package let group: Phrase
  /// The same thing on the command line.
  var cli: String?
  /// Among messages its letter is text where it would do nothing.
  var yieldsToText = false
  /// Why it does nothing now; nil when it works.
  var disabledReason: @MainActor @Sendable (ConsoleModel) -> String? = { _ in nil }
  let perform: @MainActor @Sendable (ConsoleModel) -> Void

  /// In the order in which help and the bottom line show them.
  package static let all: [Command] =
    [
      .openChat, .write, .openEditor, .closeChat,
      .reply, .react, .copyMessage, .openLink, .editMessage, .deleteMessage, .forward,
      .saveAttachment, .viewPicture, .sendFile, .endSession, .firstUnread,
      .addContact, .showContacts, .mute, .signOutOfMessenger, .createGroup, .showGroup,
      .showIdentity,
      .declineCall, .replyToCall, .ignoreCall, .checkLine, .showCall, .writeToCaller,
      .checkLineOfCall, .refreshCalls,
      .filterChats, .search, .palette,
      .swapBalance, .trade, .showOrder, .refreshOrder, .filterOrders, .copyTransaction,
      .exportOrders, .priceAlert, .priceAlerts, .chart, .valueAsset, .halt, .signOutOfTrading,
      .nextPane, .previousPane, .showView1, .showView2, .showView3, .showView4, .nextAttention,
      .signIn, .showDevices, .toggleBell, .settings, .retry, .dismiss, .help, .tour, .redraw, .quit,
    ] + movement + people + callDialogs + chartDialog + dialogs

  /// The commands that work in a place, in the same order. They are looked for at each key and each
  /// picture.
  static func at(_ place: Place) -> [Command] { byPlace[place] ?? [] }

  private static let byPlace: [Place: [Command]] = {
    var byPlace: [Place: [Command]] = [:]
    for command in all {
      for place in command.places { byPlace[place, default: []].append(command) }
    }
    return byPlace
  }()

  /// The panes whose business it is; none for what works everywhere or in a dialog.
  var panes: Set<PaneID> {
    Set(
      places.compactMap { place in
        switch place {
        case .pane(let pane): pane
        case .messages: .conversation
        case .everywhere, .byChord, .ring, .dialog: nil
        }
      })
  }

  /// Whether some of its keys work whatever pane has the keys.
  var worksEverywhere: Bool { places.contains(.everywhere) || places.contains(.byChord) }

  /// Its hint stays in the narrowest bottom line.
  var isLasting: Bool { [Command.help.name, Command.palette.name].contains(name) }

  /// Keys as the help overlay prints them: `Tab`, `j ↓`.
  var keyText: String { keys.map(\.mark).joined(separator: " ") }
}

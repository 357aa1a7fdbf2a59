import Domain
import Phrases
import Storage

extension Command {
  static let declineCall = Command(
    name: "call.decline", keys: [.character("d"), .alt("d")], title: .commandDeclineCall,
    hint: .hintDecline, places: [.ring], group: .groupCalls, cli: "tercet calls decline ID"
  ) { $0.calls.decline() }

  static let replyToCall = Command(
    name: "call.reply", keys: [.character("m"), .alt("m")], title: .commandReplyToCall,
    hint: .hintReplyToCall, places: [.ring], group: .groupCalls,
    cli: "tercet calls decline ID --reply TEXT"
  ) { $0.callActions.reply() }

  static let ignoreCall = Command(
    name: "call.ignore", keys: [.character("i"), .alt("i")], title: .commandIgnoreCall,
    hint: .hintIgnore, places: [.ring], group: .groupCalls
  ) { $0.calls.ignore() }

  static let checkLine = Command(
    name: "call.check", keys: [.character("c"), .alt("c")], title: .commandCheckLine,
    hint: .hintCheckLine, places: [.ring], group: .groupCalls, cli: "tercet calls check ID"
  ) { $0.callActions.checkLine() }

  static let showCall = Command(
    name: "call.details", keys: [.enter], title: .commandShowCall, hint: .hintDetails,
    places: [.pane(.calls)], group: .groupCalls, cli: "tercet calls",
    disabledReason: { $0.calls.selected == nil ? Phrase.noCallSelected.text : nil }
  ) { $0.callActions.showSelected() }

  static let writeToCaller = Command(
    name: "call.write", keys: [.character("m")], title: .commandWriteToCaller,
    hint: .hintWrite, places: [.pane(.calls)], group: .groupCalls, cli: "tercet send",
    disabledReason: { $0.calls.selected == nil ? Phrase.noCallSelected.text : nil }
  ) { $0.callActions.reply() }

  static let checkLineOfCall = Command(
    name: "call.check-past", keys: [.character("c")], title: .commandCheckLineOfCall,
    hint: .hintCheckLine, places: [.pane(.calls), .dialog(.call)], group: .groupCalls,
    cli: "tercet calls check ID",
    disabledReason: { $0.callActions.checkDisabledReason }
  ) { $0.callActions.checkLine() }

  static let refreshCalls = Command(
    name: "calls.refresh", keys: [.character("u")], title: .commandRefreshCalls,
    hint: .hintAskServer, places: [.pane(.calls)], group: .groupCalls, cli: "tercet calls",
    disabledReason: {
      $0.status.state(.calling) == .notSetUp
        ? Phrase.notSignedIn.with($0.status.service(with: .calling)?.title ?? "") : nil
    }
  ) { $0.calls.refresh() }

  static let toggleBell = Command(
    name: "bell", keys: [.character("b"), .alt("b")], title: .commandToggleBell,
    places: [.pane(.calls), .byChord], group: .groupCalls
  ) { $0.calls.toggleBell() }

  static let showDevices = Command(
    name: "devices", keys: [.character("A")], title: .commandShowDevices, places: [.everywhere],
    group: .groupEverywhere, cli: "tercet sessions"
  ) { $0.callActions.showDevices() }

  /// What keys do inside the dialogs about calls and devices.
  static let callDialogs: [Command] = [
    Command(
      name: "line.again", keys: [.character("r")], title: .commandCheckAgain,
      hint: .hintAgain, places: [.dialog(.line)], group: .groupCalls
    ) { $0.dialogs.line?.start() },
    Command(
      name: "devices.close", keys: [.character("X")], title: .commandCloseDevices,
      hint: .hintCloseDevices, places: [.dialog(.devices)], group: .groupDialogs,
      cli: "tercet sessions --close-others",
      disabledReason: { $0.dialogs.devices?.closeDisabledReason ?? nil }
    ) { $0.callActions.askToCloseDevices() },
    Command(
      name: "devices.again", keys: [.character("r")], title: .commandAskDevicesAgain,
      hint: .hintAgain, places: [.dialog(.devices)], group: .groupDialogs
    ) { $0.dialogs.devices?.load() },
  ]
}

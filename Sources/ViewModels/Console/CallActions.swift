import Phrases
import ScreenState

/// What can be done with calls and with one's devices, and why it cannot be.
@MainActor
struct CallActions {
  private let context: ModelContext
  private let dialogs: DialogModel
  private let status: StatusModel
  private let calls: CallLogModel

  init(_ console: ConsoleModel) {
    context = console.context
    dialogs = console.dialogs
    status = console.status
    calls = console.calls
  }

  func showSelected() { dialogs.show(calls.selected.map { .call($0.id) }) }

  /// The call that is meant: the one that rings, else the one selected in the log.
  var atHand: CallRow? {
    calls.ringing.flatMap { calls.row(of: $0.id) } ?? calls.selected
  }

  /// Why the servers of the call at hand cannot be tried; nil when they can.
  var checkDisabledReason: String? {
    if case .order? = dialogs.shown { return Phrase.noCallSelected.text }
    guard let call = atHand else { return Phrase.noCallSelected.text }
    return call.stun == nil && call.turn.isEmpty ? Phrase.noCallServers.text : nil
  }

  func reply() {
    guard let call = atHand else { return }
    dialogs.show(.form(.reply(context, to: call) { [weak dialogs] in dialogs?.close() }))
  }

  func checkLine() {
    guard let call = atHand else { return }
    dialogs.show(.line(LineCheckModel(context, call: call)))
  }

  func showDevices() { dialogs.show(.devices(DevicesModel(context, status: status))) }

  func askToCloseDevices() {
    guard let devices = dialogs.devices else { return }
    dialogs.ask(
      .init(
        title: Phrase.closeDevicesTitle.text,
        introduction: Phrase.closeDevicesLoses.with("\(devices.others)")),
      no: .keepDevices, yes: .closeDevicesNow, from: .devices(devices)
    ) { [dialogs] _ in
      dialogs.show(.devices(devices))
      devices.closeOthers()
    }
  }
}

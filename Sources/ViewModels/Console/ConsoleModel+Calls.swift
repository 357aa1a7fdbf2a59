import Phrases
import ScreenState

// What commands do with calls.
extension ConsoleModel {
  /// The call that is meant: the one that rings, else the one selected in the log.
  var callAtHand: CallRow? {
    calls.ringing.flatMap { calls.row(of: $0.id) } ?? calls.selected
  }

  /// Why the servers of the call at hand cannot be tried; nil when they can.
  var checkDisabledReason: String? {
    if case .order? = dialog { return Phrase.noCallSelected.text }
    guard let call = callAtHand else { return Phrase.noCallSelected.text }
    return call.stun == nil && call.turn.isEmpty ? Phrase.noCallServers.text : nil
  }

  func replyToCall() {
    guard let call = callAtHand else { return }
    dialogs.show(.form(.reply(context, to: call) { [weak self] in self?.closeDialog() }))
  }

  func checkLine() {
    guard let call = callAtHand else { return }
    dialogs.show(.line(LineCheckModel(context, call: call)))
  }

  func openDevices() { dialogs.show(.devices(DevicesModel(context, status: status))) }
}

import Accounts
import Domain
import Phrases
import ScreenState
import Storage

/// The devices on which the MAX account is signed in, and the way to sign out all others.
@MainActor
package final class DevicesModel {
  private var devices: [DeviceOutput]?
  private var selection = 0
  private var progress: String?
  private var problem: String?
  private let context: ModelContext
  private let status: StatusModel

  init(_ context: ModelContext, status: StatusModel) {
    self.context = context
    self.status = status
    load()
  }

  /// All but the keys of the bottom line.
  var state: DevicesState {
    var state = DevicesState()
    state.accounts = status.state.entries
    state.devices = devices?.map {
      .init(
        client: $0.client, info: $0.info, location: $0.location, lastSeenAt: $0.lastSeenAt,
        isCurrent: $0.current)
    }
    state.selection = devices.flatMap { $0.isEmpty ? nil : min(selection, $0.count - 1) }
    state.progress = progress
    state.problem = problem
    return state
  }

  /// How many other devices are signed in, as far as is known.
  var others: Int { devices?.count { !$0.current } ?? 0 }

  /// Why no other device can be signed out; nil when one can.
  var closeDisabledReason: String? { others == 0 ? Phrase.noOtherDevice.text : nil }

  func move(_ step: Selection.Step) {
    let last = max(0, (devices?.count ?? 0) - 1)
    selection =
      switch step {
      case .by(let rows): max(0, min(last, selection + rows))
      case .first: 0
      case .last: last
      }
    context.onChange()
  }

  func load() {
    // Signed out there is nothing to ask; the list of accounts says so.
    guard status.state(.devices) != .notSetUp else { return }
    ask(ListDevices(), saying: .askingForDevices)
  }

  /// Signs the others out.
  func closeOthers() {
    ask(CloseOtherDevices(), saying: .closingDevices)
  }

  private func ask<R: Request>(_ call: R, saying phrase: Phrase)
  where R.Output == DeviceOutput {
    guard progress == nil else { return }
    progress = phrase.text
    problem = nil
    context.start("devices") { [self] in
      do throws(UserError) {
        devices = try await context.hub.lines(of: call)
      } catch {
        problem = error.sentences
      }
      progress = nil
    }
  }
}

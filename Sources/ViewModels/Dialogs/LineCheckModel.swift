import Accounts
import Domain
import ScreenState

/// Trying the servers of a call, one row each.
@MainActor
package final class LineCheckModel {
  private let call: CallRow
  private var answers: [String: ServerCheckOutput] = [:]
  private var problem: String?
  /// Counts the rounds, so that a late answer of an earlier one changes nothing.
  private var round = 0
  private(set) var isRunning = false
  private let context: ModelContext

  init(_ context: ModelContext, call: CallRow) {
    self.context = context
    self.call = call
    start()
  }

  /// All but the keys of the bottom line.
  var state: LineCheckState {
    var state = LineCheckState(caller: call.caller)
    state.rows = ((call.stun.map { [$0] } ?? []) + call.turn).map { url in
      .init(url: url, outcome: answers[url]?.outcome ?? .waiting)
    }
    state.problem = problem
    return state
  }

  /// Tries all servers, again if they were tried before.
  func start() {
    guard !isRunning else { return }
    round += 1
    answers = [:]
    problem = nil
    isRunning = true
    let round = round
    context.start("calls.check") { [self] in
      do throws(UserError) {
        try await context.hub.run(CheckCall(id: call.id)) { [weak self] line in
          await self?.show(line, of: round)
        }
      } catch {
        problem = error.sentences
      }
      isRunning = false
    }
  }

  private func show(_ line: ServerCheckOutput, of asked: Int) {
    guard asked == round else { return }
    answers[line.url] = line
    context.onChange()
  }
}

extension ServerCheckOutput {
  fileprivate var outcome: LineCheckState.Row.Outcome {
    ok ? .good(roundTrip: rttMs ?? 0, address: address) : .bad(error ?? "")
  }
}

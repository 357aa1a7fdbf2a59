import Clocks
import Domain
import Phrases
import Transport

/// How long whoever asked for a call still waits for it: what runs for the call ends by then.
///
/// It travels with the task of the call, and over the control socket with the request.
package struct CallLimit: Sendable {
  /// That of the call which this task runs; nil without one, as for what watches.
  @TaskLocal package static var current: CallLimit?

  private let end: Duration
  private let time: any TimeSource

  /// From now on.
  package init(_ limit: Duration, time: any TimeSource) {
    end = time.uptime + limit
    self.time = time
  }

  /// Runs the work of a call with a limit of its own.
  package static func hold<Failure: Error>(
    _ limit: CallLimit?, during work: () async throws(Failure) -> Void
  ) async throws(Failure) {
    let outcome = await $current.withValue(limit) { () async -> Result<Void, Failure> in
      do throws(Failure) { return .success(try await work()) } catch { return .failure(error) }
    }
    try outcome.get()
  }

  /// What is left of it.
  package var remaining: Duration { max(.zero, end - time.uptime) }
}

/// How a command's time-out counts for a call.
package enum CallPatience: Sendable {
  /// All of the call takes no longer.
  case whole
  /// It counts anew from each line: the call is about much data, and goes on as long as some comes.
  case eachLine
  /// From the first line on it waits for a person.
  case untilFirstLine
}

extension Desk {
  /// How long the call that is running may still wait for a server.
  package nonisolated var patience: Duration { CallLimit.current?.remaining ?? settings.timeout }
}

extension ConsoleError {
  /// A call that was given up, since it was not answered in time: nobody knows how far it came.
  ///
  /// - Parameter isDeed: whether it may have done something that is not to be done twice.
  package static func late(_ limit: Duration, isDeed: Bool = false) -> ConsoleError {
    ConsoleError(
      .noConnection, code: "no-connection", Phrase.noAnswerWithin.with(spanText(limit)),
      hint: isDeed ? Phrase.lookBeforeRepeating.text : Phrase.noAnswerHint.text)
  }
}

/// Seconds as `--timeout` takes them.
private func spanText(_ limit: Duration) -> String {
  let milliseconds = limit.milliseconds
  let rest = milliseconds % 1000
  guard rest > 0 else { return String(milliseconds / 1000) }
  let digits = String(rest + 1000).dropFirst()
  return "\(milliseconds / 1000).\(digits)"
}

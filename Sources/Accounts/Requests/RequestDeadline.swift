import Clocks
import Domain
import Phrases
import Transport

/// How long whoever asked for a request still waits for it: what runs for the request ends by then.
///
/// It travels with the task of the request, and over the control socket with the request.
package struct RequestDeadline: Sendable {
  /// That of the request which this task runs; nil without one, as for what watches.
  @TaskLocal package static var current: RequestDeadline?

  private let end: Duration
  private let time: any TimeSource

  /// From now on.
  package init(_ limit: Duration, time: any TimeSource) {
    end = time.uptime + limit
    self.time = time
  }

  /// Runs the work of a request with a limit of its own.
  package static func hold<Failure: Error>(
    _ limit: RequestDeadline?, during work: () async throws(Failure) -> Void
  ) async throws(Failure) {
    let outcome = await $current.withValue(limit) { () async -> Result<Void, Failure> in
      do throws(Failure) { return .success(try await work()) } catch { return .failure(error) }
    }
    try outcome.get()
  }

  /// What is left of it.
  package var remaining: Duration { max(.zero, end - time.uptime) }
}

/// How a command's time-out counts for a request.
package enum TimeoutRule: Sendable {
  /// All of the request takes no longer.
  case whole
  /// It counts anew from each output: the request is about much data, and goes on as long as some comes.
  case eachLine
  /// From the first output on it waits for a person.
  case untilFirstLine
}

extension AccountHub {
  /// How long the request that is running may still wait for a server.
  package nonisolated var timeout: Duration {
    RequestDeadline.current?.remaining ?? settings.timeout
  }
}

extension UserError {
  /// A request that was given up, since it was not answered in time: nobody knows how far it came.
  ///
  /// - Parameter hasEffects: whether it may have done something that is not to be done twice.
  package static func late(_ limit: Duration, hasEffects: Bool = false) -> UserError {
    UserError(
      .noConnection, code: "no-connection", Phrase.noAnswerWithin.with(spanText(limit)),
      hint: hasEffects ? Phrase.lookBeforeRepeating.text : Phrase.noAnswerHint.text)
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

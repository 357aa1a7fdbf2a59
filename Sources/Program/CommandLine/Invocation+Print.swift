import Accounts
import Domain
import Phrases
import Storage

extension Invocation {
  /// Runs a call and prints its lines: their JSON, or `words` for each.
  ///
  /// A watching call goes on until the program is interrupted.
  ///
  /// - Parameter done: what a line means that cannot be printed although the call has done something;
  ///   nil says just that.
  func print<R: Request>(
    _ call: R, done: (@Sendable (R.Output) -> Phrase)? = nil,
    words: @escaping @Sendable (R.Output) -> String
  ) async throws(UserError) {
    let output = output
    let isWatching = arguments.has("watch")
    try await withAccounts(serving: isWatching, pace: isWatching ? .endless : .command) {
      accounts throws(UserError) in
      try await accounts.run(call) { line in
        output.line(
          line, words(line), done: call.hasEffects ? done?(line) ?? .doneUnprinted : nil)
      }
    }
  }

  func service(_ name: String) throws(UserError) -> Service {
    guard let descriptor = services.first(where: { $0.service.rawValue == name }) else {
      let names = services.map(\.service.rawValue)
      throw .usage(
        "the services are \(names.dropLast().joined(separator: ", ")) and \(names.last ?? "none")")
    }
    return descriptor.service
  }
}

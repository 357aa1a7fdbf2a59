import Dispatch
import Domain
import Glibc
import Phrases

/// Standard input, line by line; each is read when it is asked for, and no sooner.
struct InputLines: Sendable {
  // Reading may block for long, and the threads of tasks have other work to do meanwhile.
  private let queue = DispatchQueue(label: "tercet.input")

  /// The next line without its end; nil when there are no more, or when the task is cancelled. Throws
  /// where there is nothing that can be read: that is not the same as nothing to say.
  func next() async throws(UserError) -> String? {
    guard !Task.isCancelled else { return nil }
    let first = FirstOutcome<String?>()
    queue.async { first.come(readLine()) }
    let line = await withTaskCancellationHandler {
      await first.value()
    } onCancel: {
      // The thread that reads is left behind: the program is about to end.
      first.come(nil)
    }
    guard !Task.isCancelled else { return nil }
    // Reading nothing does not wait, and fails for a directory and for what is not open.
    guard line == nil, read(STDIN_FILENO, nil, 0) < 0 else { return line }
    throw UserError(
      .failed, code: "input", Phrase.inputUnreadable.with(String(cString: strerror(errno))),
      hint: Phrase.inputUnreadableHint.text)
  }
}

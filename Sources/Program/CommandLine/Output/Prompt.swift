import Dispatch
import Domain
import Glibc
import Interface
import Phrases

/// Questions to the person at the terminal, or answers read line by line from standard input.
struct Prompt: Sendable {
  let output: OutputWriter

  /// Whether there is somebody to ask.
  static var isInteractive: Bool { isatty(STDIN_FILENO) == 1 }

  /// The next line of standard input, without white space around it; the question is shown only to
  /// a person.
  func ask(_ question: String) throws(UserError) -> String {
    try line(question).trimmed
  }

  private func line(_ question: String) throws(UserError) -> String {
    if Prompt.isInteractive { show("\(question): ") }
    guard let line = readLine() else {
      throw UserError(
        .usage, code: "no-answer", "Nobody answered: \(question)",
        hint: "Write the answer to standard input")
    }
    return line
  }

  /// Like `ask`, without echo; a secret may begin or end with a space.
  func askSecretly(_ question: String) throws(UserError) -> String {
    let answer = SilentInput.during { () -> Result<String, UserError> in
      do throws(UserError) {
        return .success(try line(question))
      } catch {
        return .failure(error)
      }
    }
    guard let answer else { return try line(question) }
    show("\n")
    return try answer.get()
  }

  /// True for a `y` or `yes`; anything else, and no answer at all, is a no.
  func confirm(_ question: String) -> Bool {
    if Prompt.isInteractive { show("\(question) [y/N] ") }
    return ["y", "yes"].contains((readLine() ?? "").trimmed.lowercased())
  }

  /// Questions go to standard error: standard output may be somebody's pipe.
  func show(_ text: String) {
    let bytes = Array(text.utf8)
    _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
  }
}

/// Standard input, line by line; each is read when it is asked for, and no sooner.
struct InputLines: Sendable {
  // Reading may block for long, and the threads of tasks have other work to do meanwhile.
  private let queue = DispatchQueue(label: "tercet.input")

  /// The next line without its end; nil when there are no more, or when the task is cancelled. Throws
  /// where there is nothing that can be read: that is not the same as nothing to say.
  func next() async throws(UserError) -> String? {
    guard !Task.isCancelled else { return nil }
    let first = FirstValue<String?>()
    queue.async { first.offer(readLine()) }
    let line = await withTaskCancellationHandler {
      await first.value()
    } onCancel: {
      // The thread that reads is left behind: the program is about to end.
      first.offer(nil)
    }
    guard !Task.isCancelled else { return nil }
    // Reading nothing does not wait, and fails for a directory and for what is not open.
    guard line == nil, read(STDIN_FILENO, nil, 0) < 0 else { return line }
    throw UserError(
      .failed, code: "input", Phrase.inputUnreadable.with(String(cString: strerror(errno))),
      hint: Phrase.inputUnreadableHint.text)
  }
}

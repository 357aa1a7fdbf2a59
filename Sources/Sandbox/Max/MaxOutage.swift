/// A server that is away for a while, as if its line were cut: connections break, nobody is let in,
/// and people go on writing.
extension MaxServer {
  enum OutageStep: Sendable {
    case begin(seconds: Int, Int64)
    case message(number: Int, Int64)
    case end
  }

  /// Messages that arrive while it lasts.
  static let outageMessages = 50

  func takeStep(_ step: OutageStep, at moment: Duration) {
    switch step {
    case .begin(let seconds, let account):
      setReachable(false)
      for number in 1...MaxServer.outageMessages {
        let share = Duration.seconds(seconds) * number / (MaxServer.outageMessages + 1)
        schedule(.outage(.message(number: number, account)), at: moment + share)
      }
      schedule(.outage(.end), at: moment + .seconds(seconds))
    case .message(let number, let account):
      speak("Пока тебя нет: \(number)", from: Population.pavel, toDialogWith: account)
    case .end: setReachable(true)
    }
  }

  func setReachable(_ isReachable: Bool) {
    self.isReachable = isReachable
    guard !isReachable else { return }
    for id in sessions.keys.sorted() { sessions[id]?.outbox.drop() }
    for id in book.signals.keys.sorted() { book.signals[id]?.outbox.drop() }
  }

  /// Lets someone write who is not signed in.
  func speak(_ text: String, from sender: Int64, toDialogWith account: Int64) {
    let dialog = world.dialog(sender, account, at: time.wallTime)
    speak(text, from: sender, in: dialog)
  }
}

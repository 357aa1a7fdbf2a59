import Testing

@testable import Transport

struct MailboxTests {
  /// The connection stops reading when it hears that the mailbox is full, but what it has decoded by
  /// then still comes, and the reader may have taken something meanwhile.
  @Test func asksForMoreAfterMessagesBehindTheOneThatFilledIt() async {
    var limits = WebSocketLimits()
    limits.incomingMessages = 8
    let mailbox = Mailbox(limits: limits)
    let answers = (0..<8).map { mailbox.deliver(.text("\($0)")) }
    #expect(answers == Array(repeating: false, count: 7) + [true])
    var asked = 0
    for _ in 0..<2 { _ = await mailbox.next { asked += 1 } }
    _ = mailbox.deliver(.text("behind"))
    for _ in 0..<7 { _ = await mailbox.next { asked += 1 } }
    #expect(asked == 1)
  }
}

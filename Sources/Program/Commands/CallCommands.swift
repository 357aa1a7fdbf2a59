import Accounts
import Domain
import Phrases

extension Subcommand {
  static let calls = Subcommand(
    path: ["calls"], summary: "the call log",
    options: [
      .flag("watch", "wait for calls and show them as they ring and end"),
      .flag("reveal", "include the signalling token and the TURN password"),
    ]
  ) { invocation throws(UserError) in
    let request = ListCalls(
      watching: invocation.arguments.has("watch"), revealing: invocation.arguments.has("reveal"))
    try await invocation.print(request) { line in
      let time = LocalTime(milliseconds: line.at)
      let talk = line.durationMs.map { "  \(stopwatchText(milliseconds: $0))" } ?? ""
      return
        "\(time.date) \(time.clock)  \(harmless(line.conversationId))  \(line.event)  \(line.words)  \(harmless(line.kind))\(talk)"
    }
  }

  static let callsDecline = Subcommand(
    path: ["calls", "decline"], operands: "ID", operandCount: 1...1,
    summary: "decline a ringing call on all your devices",
    options: [.value("reply", "TEXT", "first send the caller this message")]
  ) { invocation throws(UserError) in
    let id = invocation.arguments.operands[0]
    guard let text = invocation.arguments["reply"] else {
      return try await invocation.print(DeclineCall(id: id)) { "\($0.event)  \($0.words)" }
    }
    let request = ReplyToCall(id: id, text: text)
    try await invocation.print(request, done: { $0.done }) { line in
      "\(line.status)  \(line.chat)  \(line.id)"
    }
  }

  static let callsCheck = Subcommand(
    path: ["calls", "check"], operands: "ID", operandCount: 1...1,
    summary: "try a call's STUN and TURN servers, without answering it"
  ) { invocation throws(UserError) in
    let request = CheckCall(id: invocation.arguments.operands[0])
    try await invocation.print(request) { line in
      let time = line.rttMs.map { "  \($0) ms" } ?? ""
      let words = line.address.map { "  seen as \($0)" } ?? line.error.map { "  \(harmless($0))" }
      return "\(line.ok ? "ok" : "no")  \(harmless(line.url))\(time)\(words ?? "")"
    }
  }

  static let sessions = Subcommand(
    path: ["sessions"], summary: "the devices on which MAX is signed in",
    options: [.flag("close-others", "sign MAX out on all of them but this one")]
  ) { invocation throws(UserError) in
    @Sendable func words(_ line: DeviceOutput) -> String {
      let seen = line.lastSeenAt.map { LocalTime(milliseconds: $0) }
      let time = seen.map { "\($0.date) \($0.clock)" } ?? "-"
      let place = [line.info, line.location].compactMap { $0.map { harmless($0) } }
      return ([time, harmless(line.client)] + place + (line.current ? ["this one"] : []))
        .joined(separator: "  ")
    }
    if invocation.arguments.has("close-others") {
      try await invocation.print(CloseOtherDevices()) { words($0) }
    } else {
      try await invocation.print(ListDevices()) { words($0) }
    }
  }
}

extension CallOutput {
  /// Who called whom.
  fileprivate var words: String {
    let person = callee.map { Phrase.callTo.with(harmless($0)) } ?? harmless(caller ?? callerId)
    return group.map { Phrase.callInGroup.with(person, harmless($0)) } ?? person
  }
}

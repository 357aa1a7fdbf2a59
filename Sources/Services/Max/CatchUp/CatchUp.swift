/// What an account makes up for once it is online again.
struct CatchUp: Sendable {
  /// Messages that were missed.
  let gaps: GapFiller
  /// Chats that a login left out.
  let chats: ChatPages
  /// Chats that were read here.
  let marks: ReadMarks

  /// The account is online. Messages and chats are asked for in the background.
  func begin() async {
    await gaps.fill()
    await chats.fetch()
    await marks.tell()
  }

  /// Ends the work; what it has brought is stored when this returns.
  func stop() async {
    async let gapsEnded: Void = gaps.stop()
    async let chatsEnded: Void = chats.stop()
    _ = await (gapsEnded, chatsEnded)
  }
}

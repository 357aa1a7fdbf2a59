/// The three connections of one account.
struct Lanes: Sendable {
  let trade: Lane
  let quotes: Lane
  let stream: Lane

  init(_ context: LinkContext, report: @escaping @Sendable (Lane.Purpose, Lane.Event) async -> Void)
  {
    trade = Lane(.trade, context) { await report(.trade, $0) }
    quotes = Lane(.quotes, context) { await report(.quotes, $0) }
    stream = Lane(.stream, context) { await report(.stream, $0) }
  }

  func stop() async {
    for lane in all { await lane.stop() }
  }

  func retryNow() async {
    for lane in all { await lane.retryNow() }
  }

  private var all: [Lane] { [trade, quotes, stream] }
}

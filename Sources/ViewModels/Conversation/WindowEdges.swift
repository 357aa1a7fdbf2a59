/// What is known of a chat beyond the edges of the window that is in memory.
struct WindowEdges {
  /// One side.
  struct Edge {
    var isLoading = false
    /// There is nothing beyond, on the server neither.
    var isLast = false
    /// What is beyond is not stored, and the server did not tell.
    var isMissing = false
  }

  var past = Edge()
  var future = Edge()
  /// Whether there are stored messages before the window, as far as was seen.
  var hasMoreAbove = false
  /// How many messages are stored after the window, and whether more may be missing there.
  var below = (count: 0, isTorn: false)

  /// Somewhere else is gone to: nothing of what was found out at the edges counts there.
  mutating func forget() {
    past = Edge()
    future = Edge()
  }
}

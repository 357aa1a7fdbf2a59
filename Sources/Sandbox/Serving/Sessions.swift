/// The connections of all clients, by number.
struct Sessions<Session: Sendable>: Sendable {
  private var sessions: [Int: Session] = [:]
  private var lastID = 0

  var keys: Dictionary<Int, Session>.Keys { sessions.keys }
  var values: Dictionary<Int, Session>.Values { sessions.values }

  subscript(id: Int) -> Session? {
    get { sessions[id] }
    set { sessions[id] = newValue }
  }

  /// A number for a new connection; they count up.
  mutating func newID() -> Int {
    lastID += 1
    return lastID
  }
}

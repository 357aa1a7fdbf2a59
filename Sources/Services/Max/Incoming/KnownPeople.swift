import Domain
import OneMe
import Synchronization

/// Whom a MAX account knows: its owner, and everybody whose name a server has told.
///
/// A message needs the names when it becomes a record, so that they are read without waiting.
final class KnownPeople: Sendable {
  private struct State {
    var records: MaxRecords
    var lookups = NameLookups()
  }

  private let state: Mutex<State>

  init(ownId: Int64?, names: [Int64: String]) {
    state = Mutex(State(records: MaxRecords(ownId: ownId, names: names)))
  }

  /// Translates MAX's objects, with the names that are known now.
  var records: MaxRecords { state.withLock { $0.records } }

  var ownId: Int64? { state.withLock { $0.records.ownId } }

  func name(of id: Int64) -> String? { state.withLock { $0.records.names[id] } }

  /// A login tells who we are and hands over the address book; all others are asked for anew.
  func learn(from snapshot: Snapshot) {
    state.withLock { state in
      if let profile = snapshot.profile { state.records.ownId = profile.id }
      state.lookups = NameLookups()
    }
    learn([snapshot.profile].compactMap(\.self) + snapshot.contacts)
  }

  func learn(_ contacts: [Contact]) {
    state.withLock { state in
      for contact in contacts { state.records.names[contact.id] = contact.shownName }
    }
  }

  /// Those of `people` who have no name yet and are to be asked for now.
  func unknown(among people: [Int64], at now: Duration) -> [Int64] {
    state.withLock { state in
      let unnamed = Set(people).filter { state.records.names[$0] == nil }
      return state.lookups.new(among: unnamed, at: now)
    }
  }

  /// They could not be asked for, or somebody wants them to be asked for again.
  func forgetLookup(of people: [Int64]) {
    state.withLock { $0.lookups.forget(people) }
  }
}

/// Whose names the server was asked for. Who was asked for is not asked for again with every message of
/// theirs, whether there was an answer or not.
struct NameLookups {
  /// Until somebody is asked for again.
  static let patience: Duration = .seconds(600)
  /// More people than this in so short a time are a flood: then all of them wait.
  private static let limit = 10_000

  private var asked: [Int64: Duration] = [:]

  /// Those of `people` who have not been asked for of late, in order; they are asked for now.
  mutating func new(among people: Set<Int64>, at now: Duration) -> [Int64] {
    if asked.count >= NameLookups.limit {
      asked = asked.filter { now - $0.value < NameLookups.patience }
    }
    let new = people.filter { person in
      asked[person].map { now - $0 >= NameLookups.patience } ?? true
    }
    let allowed = new.sorted().prefix(max(0, NameLookups.limit - asked.count))
    for person in allowed { asked[person] = now }
    return Array(allowed)
  }

  mutating func forget(_ people: [Int64]) {
    for person in people { asked[person] = nil }
  }
}

extension Contact {
  /// The name to show: of those that show anything the owner's own for them, then theirs, then any,
  /// then the number, then the id.
  var shownName: String {
    let preferred = ["CUSTOM", "ONEME"].flatMap { kind in names.filter { $0.kind == kind } }
    return (preferred + names).lazy.compactMap { visibleName($0.text) }.first
      ?? phone.map { "+\($0)" } ?? String(id)
  }
}

/// What was in a field before, to be undone step by step.
///
/// It is no part of what the field shows: all of them count as equal.
package struct FieldPast: Sendable, Equatable {
  /// Kinds of editing; a run of one kind is undone at once.
  enum Kind: Sendable {
    case typing, deleting, killing, other
  }

  private struct Step: Sendable {
    var text: String
    var cursor: Int
  }

  private var steps: [Step] = []
  private var kind: Kind?

  /// Enough for whoever changes their mind; a long message has a copy in each.
  private static let mostSteps = 100
  /// Bytes of all copies together.
  private static let mostBytes = 1 << 19

  /// Nothing to undo.
  package init() {}

  /// Whether there is nothing to undo.
  package var isEmpty: Bool { steps.isEmpty }

  /// The last key killed text as well: what is killed now belongs to it.
  var isKilling: Bool { kind == .killing }

  /// Keeps what is in a field, before it is edited.
  ///
  /// - Parameter isNewStep: this edit is undone by itself, though it is of the same kind as the last.
  mutating func keep(_ text: String, cursor: Int, before kind: Kind, isNewStep: Bool) {
    if self.kind != kind || isNewStep {
      steps.append(Step(text: text, cursor: cursor))
      var bytes = steps.reduce(0) { $0 + $1.text.utf8.count }
      while steps.count > FieldPast.mostSteps || bytes > FieldPast.mostBytes, steps.count > 1 {
        bytes -= steps.removeFirst().text.utf8.count
      }
    }
    self.kind = kind
  }

  /// What is edited next is undone by itself: the cursor was moved.
  mutating func endStep() { kind = nil }

  /// Takes the last step back; nil where there is none.
  mutating func undo() -> (text: String, cursor: Int)? {
    kind = nil
    return steps.popLast().map { ($0.text, $0.cursor) }
  }

  package static func == (one: FieldPast, other: FieldPast) -> Bool { true }
}

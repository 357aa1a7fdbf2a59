import Synchronization

/// A document that came from outside, taken apart once: which values it holds and where, in one flat
/// list.
///
/// `JSONReader` fills one in a single pass, and so can the reader of any other form that holds the same
/// kinds of values. Texts and numbers stay bytes until somebody asks for them: of a message most names
/// and many values are never looked at, and making a dictionary of each object costs more than all else
/// that is done with it.
package final class ValueTree: Sendable {
  /// How deep arrays and objects may lie in each other: deeper nesting is an attack on the stack.
  package static let depth = 64
  /// How many values a document may hold, names included; the largest of a messenger's have some ten
  /// thousand.
  package static let values = 1 << 20

  /// A value, or the name of one. What an array or object holds follows it, names before their values.
  package struct Node: Sendable {
    /// What a node is. A `numeral` is a number as it was written, an `escapedText` one with a backslash
    /// in it.
    package enum Kind: UInt8 {
      case null, bool, integer, double, numeral, text, escapedText, array, object
    }

    package var kind: Kind
    /// The place after this and all that it holds.
    package var end: UInt32
    /// Of an integer or a double its bits; of what stands in the bytes, its place there in the upper
    /// half and its length.
    package var bits: UInt64

    /// A node of these three.
    package init(kind: Kind, end: UInt32, bits: UInt64) {
      self.kind = kind
      self.end = end
      self.bits = bits
    }
  }

  let bytes: [UInt8]
  let nodes: [Node]
  /// Where the document stands in a larger one; for messages about it.
  let path: [String]

  /// - Parameter nodes: at least one; each `end`, and every place in the bytes, within bounds.
  package init(bytes: [UInt8], nodes: [Node], path: [String] = []) {
    self.bytes = bytes
    self.nodes = nodes
    self.path = path
    #if DEBUG
      ValueTree.made?.add()
    #endif
  }

  #if DEBUG
    /// Counts the documents that a task, and those that it begins, take apart: for tests.
    @TaskLocal package static var made: Counter?

    package final class Counter: Sendable {
      private let count = Atomic<Int>(0)

      package init() {}

      package var value: Int { count.load(ordering: .relaxed) }
      func add() { count.add(1, ordering: .relaxed) }
    }
  #endif

  /// Lends the bytes of a text or a numeral, as they stand in the document.
  @inline(__always)
  func withBytes<Result>(
    of node: Node, _ read: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    bytes.withUnsafeBufferPointer { bytes in
      read(
        UnsafeBufferPointer(
          start: bytes.baseAddress.map { $0 + Int(node.bits >> 32) },
          count: Int(node.bits & 0xffff_ffff)))
    }
  }

  /// The document itself.
  package var root: TreeValue { TreeValue(tree: self, place: 0) }
}

/// The faults of a run. They strike by count, never by chance, so that a run can be repeated.
public struct FaultPlan: Sendable, Equatable {
  /// In the order they were written.
  public private(set) var faults: [Fault] = []
  /// Occasions so far, by the fault's place.
  private var seen: [Int: Int] = [:]

  /// Nothing goes wrong.
  public init() {}

  /// Reads comma-separated faults, such as `drop-after-swap@1,skew=45`; empty text means none.
  public init(parsing text: String) throws(SandboxError) {
    for part in text.split(separator: ",") {
      faults.append(try Fault(parsing: part))
    }
  }

  /// The fault of this kind that holds for the whole run; with `opcode`, for that one.
  func standing(_ kind: Fault.Kind, opcode: Int? = nil) -> Fault? {
    faults.last { $0.kind == kind && (opcode == nil || $0.opcode == opcode) }
  }

  /// Counts one more occasion for `kind` (and `opcode` or `operation`) and returns the fault that
  /// strikes on it, if any.
  mutating func strike(
    _ kind: Fault.Kind, opcode: Int? = nil, operation: String? = nil
  ) -> Fault? {
    var struck: Fault?
    for (index, fault) in faults.enumerated() where fault.kind == kind {
      guard opcode == nil || fault.opcode == opcode,
        operation == nil || fault.operation == operation
      else { continue }
      seen[index, default: 0] += 1
      if struck == nil, fault.occurrence == nil || fault.occurrence == seen[index] {
        struck = fault
      }
    }
    return struck
  }
}

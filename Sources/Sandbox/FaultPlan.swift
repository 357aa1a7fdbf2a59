/// The faults of a run. They strike by count, never by chance, so that a run can be repeated.
public struct FaultPlan: Sendable, Equatable {
  /// In the order they were written.
  public private(set) var faults: [Fault] = []
  private var seen: [Fault.Kind: Int] = [:]

  /// Nothing goes wrong.
  public init() {}

  /// Reads comma-separated faults, such as `drop-after-swap@1,skew=45`; empty text means none.
  public init(parsing text: String) throws(SandboxError) {
    for part in text.split(separator: ",") {
      faults.append(try Fault(parsing: part))
    }
  }

  /// The fault of this kind that holds for the whole run.
  func standing(_ kind: Fault.Kind) -> Fault? {
    faults.last { $0.kind == kind }
  }

  /// Counts one more occasion for `kind` and returns the fault that strikes on it, if any.
  mutating func strike(_ kind: Fault.Kind) -> Fault? {
    seen[kind, default: 0] += 1
    return faults.first {
      $0.kind == kind && ($0.occurrence == nil || $0.occurrence == seen[kind])
    }
  }
}

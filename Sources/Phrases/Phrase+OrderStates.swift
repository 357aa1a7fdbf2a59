extension Phrase {
  package static let stateSubmitting: Phrase = "SUBMITTING"
  package static let stateNotSent: Phrase = "NOT SENT"
  package static let stateRejected: Phrase = "REJECTED"
  package static let stateUnknown: Phrase = "UNKNOWN"
  package static let stateLost: Phrase = "LOST"
  package static let statePending: Phrase = "PENDING"
  package static let stateProcessing: Phrase = "PROCESSING"
  package static let statePartial: Phrase = "PARTIAL"
  package static let stateFilled: Phrase = "FILLED"
  package static let stateFailed: Phrase = "FAILED"
  package static let stateCancelled: Phrase = "CANCELLED"
}

/// How much it matters, which is also how long it stays.
package enum NoticeKind: Sendable {
  /// Something to know.
  case info
  /// Something that was waited for came out well.
  case success
  /// Something to look at before going on.
  case warning
  /// Something that was asked for did not happen.
  case failure
}

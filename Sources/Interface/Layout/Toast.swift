import Domain
import ScreenState

/// The newest notices, each with a sign for its kind; they lie over the foot of the panes.
struct Toast {
  /// More than these wait until the newer ones are gone.
  static let most = 3

  var notices: [Notice]

  private static func sentence(_ text: String) -> String {
    text.last.map(".!?…".contains) == true ? text : text + "."
  }

  /// The rows to draw, each notice taking at most two.
  func lines(width: Int) -> [StyledLine] {
    notices.suffix(Self.most).flatMap { notice in
      let text =
        notice.hint.map { Self.sentence(notice.text) + " " + Self.sentence($0) }
        ?? notice.text
      let wrapped = TextWidth.wrap(text, width: max(1, width - 4))
      return wrapped.prefix(2).enumerated().map { index, piece in
        let isCut = index == 1 && wrapped.count > 2
        return StyledLine(index == 0 ? " \(notice.kind.sign) " : "   ", notice.kind.style.strong)
          + StyledLine(isCut ? piece + " …" : piece, index == 0 ? .bold : .plain)
      }
    }
  }
}

extension NoticeKind {
  var sign: String {
    switch self {
    case .info: "·"
    case .success: "✓"
    case .warning: "!"
    case .failure: "✗"
    }
  }

  var style: Style {
    switch self {
    case .info: .accent
    case .success: .gain
    case .warning: .warning
    case .failure: .loss
    }
  }
}

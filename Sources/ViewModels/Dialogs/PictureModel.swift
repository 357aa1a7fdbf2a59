import Accounts
import Domain
import Phrases
import ScreenState

/// A picture of a message, which is brought here first where it is not on this machine.
@MainActor
package final class PictureModel {
  private(set) var state: PictureState
  private let context: ModelContext

  init(_ context: ModelContext, title: String) {
    self.context = context
    state = PictureState(title: title)
  }

  /// Shows a file that is here.
  func show(file path: String) {
    context.start("picture.show") { [self] in state.stage = await stage(of: path) }
  }

  /// Brings the picture here, into the folder for what is saved, and shows it.
  func show(saving call: SaveAttachment) {
    context.start("picture.save") { [self, context] in
      let saved = SavedPath()
      do throws(UserError) {
        guard await context.files.isThere(call.directory) else {
          throw UserError(
            .usage, code: "bad-folder", Phrase.noSuchFolder.with(call.directory),
            hint: Phrase.makeFolder.text)
        }
        try await context.hub.run(call) { await saved.keep($0) }
        guard let path = saved.path else { return }
        context.notices.show(NoticeText(.success, Phrase.savedAs.with(path)))
        state.stage = await stage(of: path)
      } catch {
        state.stage = .failed(error.sentences)
      }
    }
  }

  private func stage(of path: String) async -> PictureState.Stage {
    switch await context.program.picture(path) {
    case .success(let pixels): .shown(pixels)
    case .failure(let failure): .failed(failure.phrase.text)
    }
  }
}

/// Where an attachment lies once it is saved.
@MainActor private final class SavedPath {
  private(set) var path: String?
  func keep(_ line: TransferOutput) { path = line.path ?? path }
}

/// Reads the file at a path as a picture.
package typealias PictureReading =
  @MainActor @Sendable (String) async -> Result<PicturePixels, PictureFailure>

/// Why a picture cannot be shown.
package struct PictureFailure: Error, Sendable {
  /// The sentence that says so.
  package let phrase: Phrase

  /// A failure that this sentence tells.
  package init(_ phrase: Phrase) { self.phrase = phrase }
}

/// When pictures are brought here and shown.
package enum PictureUse: String, Sendable, CaseIterable {
  /// After a question, where that costs something.
  case ask
  /// Without one.
  case always
  /// Not at all.
  case never
}

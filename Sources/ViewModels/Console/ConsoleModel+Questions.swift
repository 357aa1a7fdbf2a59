import Accounts
import Domain
import Phrases
import ScreenState
import Storage

// Questions before something that cannot be undone. Each says what is lost; not doing it is chosen.
extension ConsoleModel {
  // MARK: Signing out

  /// Why nobody can be signed out; nil when somebody can.
  func signOutDisabledReason(_ service: Service?) -> String? {
    guard let service else { return Phrase.noAccountCan.text + "." }
    return status.state(service) == .notSetUp ? Phrase.notSignedIn.with(service.title) : nil
  }

  func askToSignOut(_ service: Service?) {
    guard let service, let descriptor = context.hub.descriptor(of: service) else { return }
    let chats = "\(chats.all.count { $0.service == service })"
    let loss = descriptor.words.signOutLoses.with(chats)
    dialogs.ask(
      .init(title: Phrase.signOutTitle.with(service.title), introduction: loss),
      no: .staySignedIn, yes: .signOutNow
    ) { [weak self, context] model in
      model.perform(.signingOut) { () throws(UserError) in
        try await context.hub.run(SignOut(service: service)) { _ in }
      } then: {
        self?.closeDialog()
      }
    }
  }

  // MARK: Trading

  /// Halting is done at once; resuming asks.
  func haltOrAskToResume() {
    guard status.isHalted else { return status.setHalt(true) }
    dialogs.ask(
      .init(title: Phrase.resumeTitle.text, introduction: Phrase.resumeLoses.text),
      no: .stayHalted, yes: .resumeNow
    ) { [weak self] _ in
      self?.closeDialog()
      self?.status.setHalt(false)
    }
  }

  // MARK: From other dialogs

  func askToLeaveGroup() {
    guard let group = dialogs.group else { return }
    dialogs.ask(
      .init(
        title: Phrase.leaveGroupTitle.with(group.state.title),
        introduction: Phrase.leaveGroupLoses.text),
      no: .stayInGroup, yes: .leaveGroupNow, from: .group(group)
    ) { [dialogs] _ in
      dialogs.show(.group(group))
      group.leave()
    }
  }

  func askToCloseDevices() {
    guard let devices = dialogs.devices else { return }
    dialogs.ask(
      .init(
        title: Phrase.closeDevicesTitle.text,
        introduction: Phrase.closeDevicesLoses.with("\(devices.others)")),
      no: .keepDevices, yes: .closeDevicesNow, from: .devices(devices)
    ) { [dialogs] _ in
      dialogs.show(.devices(devices))
      devices.closeOthers()
    }
  }

  func askToAcceptKey() {
    guard let fingerprints = dialogs.fingerprints else { return }
    dialogs.ask(
      .init(
        title: Phrase.acceptKeyTitle.text,
        introduction: Phrase.acceptKeyLoses.with(fingerprints.state.contact ?? "")),
      no: .keepOldKey, yes: .acceptKeyNow, from: .identity(fingerprints)
    ) { [dialogs] _ in
      dialogs.show(.identity(fingerprints))
      fingerprints.accept()
    }
  }

  func askToVerifyKey() {
    guard let fingerprints = dialogs.fingerprints else { return }
    dialogs.ask(
      .init(
        title: Phrase.verifyKeyTitle.text,
        introduction: Phrase.verifyKeyMeans.with(fingerprints.state.contact ?? "")),
      no: .notCompared, yes: .keysAreRight, from: .identity(fingerprints)
    ) { [dialogs] _ in
      dialogs.show(.identity(fingerprints))
      fingerprints.verify()
    }
  }

  /// Asks about the session with whoever wrote what cannot be read.
  func askToEndSession() {
    guard let message = unreadableMessage else { return }
    dialogs.ask(
      .init(
        title: Phrase.endSessionTitle.text,
        introduction: Phrase.endSessionLoses.with(message.senderName ?? message.senderId ?? "")),
      no: .keepSession, yes: .endSessionNow
    ) { [weak self] _ in
      self?.closeDialog()
      self?.endSession(with: message)
    }
  }
}

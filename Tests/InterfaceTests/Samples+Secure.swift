import TextSecureService

@testable import ScreenState

extension Sample {
  static let fingerprint = FingerprintsState.Fingerprint(
    text: "05 3f a2 11 c0 9e 77 42 18 d5 6b 0c 9a 33 f1 2e 84 70 5d 6c e9 1b 28 ff 03 4a 9d b6 "
      + "52 c7 e0 81 1f",
    code: "BT+iEcCed0IY1WsMmjPxLoRwXWzpGyj/A0qdtlLH4IEf")

  static let otherFingerprint = FingerprintsState.Fingerprint(
    text: "05 90 1c 5e 27 b3 d8 64 fa 0f 3b 71 c2 48 e6 9d 15 a7 8e 30 6f d4 52 bb 29 c8 07 e1 "
      + "7c 93 4d 60 aa",
    code: "BZAcXiez2GT6DztxwkjmnRWnjjBv1FK7KcgH4XyTTWCq")

  static var identity: FingerprintsState {
    var state = FingerprintsState(
      contact: "Alice", own: fingerprint, theirs: otherFingerprint, trust: .trusted)
    state.hints = [
      Hint(key: "v", label: "they match"),
      Hint(key: "a", label: "accept the new key", isEnabled: false),
      Hint(key: "c", label: "QR code"), Hint(key: "Esc", label: "close"),
    ]
    return state
  }

  static var changedIdentity: FingerprintsState {
    var state = identity
    state.new = .init(text: fingerprint.text.replacing("3f", with: "9d"), code: fingerprint.code)
    state.trust = .changed
    state.hints[0].isEnabled = false
    state.hints[1].isEnabled = true
    return state
  }

  static var sendForm: FormState {
    var form = FormState(
      title: "SEND A FILE",
      introduction: ["Tab completes the path; ~ is your home directory."],
      inputs: [
        .init(label: "File", field: FieldState(text: "~/Pictures/")),
        .init(label: "Words", field: FieldState(placeholder: "not needed")),
      ])
    form.suggestions = (1...9).map { "IMG_000\($0).jpg" }
    form.hints = [
      Hint(key: "Tab", label: "next field"), Hint(key: "Enter", label: "go on"),
      Hint(key: "Esc", label: "leave"),
    ]
    return form
  }

  static var numberPage: WizardState {
    let ways = ["SMS", "a call"]
    var wizard = WizardState(
      title: "TextSecure: your relay and number",
      introduction: [
        "Messages go through a relay that you or a friend runs; it cannot read them.",
        "A code is sent to your number to prove that it is yours.",
      ],
      page: .form(
        inputs: [
          .init(label: "Relay", field: FieldState(placeholder: "https://relay.example.org")),
          .init(label: "Number", field: FieldState(text: "+14155550101")),
          .init(label: "Code by", field: FieldState(text: "a call", style: .choice(ways))),
        ], selection: 2), step: 4, steps: 6)
    wizard.problem = "Type the address of the relay; there is no public one."
    wizard.hints = [
      Hint(key: "Tab", label: "next field"), Hint(key: "Enter", label: "go on"),
      Hint(key: "Esc", label: "back"),
    ]
    return wizard
  }
}

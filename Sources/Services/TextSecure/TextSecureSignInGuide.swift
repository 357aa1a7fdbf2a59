import Accounts
import Phrases

extension SignInGuide {
  /// The name of the way by a call.
  static let textSecureVoice = "voice"

  /// How a number is registered with a relay.
  static let textSecure = SignInGuide(
    [
      textSecureWay("sms", .bySms, summary: "", code: .codeIntroduction),
      textSecureWay(
        textSecureVoice, .byVoice, summary: "have the code told in a call",
        code: .codeByVoiceIntroduction),
    ], choiceLabel: .codeByLabel)

  private static func textSecureWay(
    _ name: String, _ label: Phrase, summary: String, code: Phrase
  ) -> SignInWay {
    SignInWay(
      name: name, label: label, summary: summary, title: .textSecureTitle,
      introduction: [.relayIntroduction, .numberIntroduction],
      questions: [
        .init(
          "url", .relayLabel, .address, example: "https://relay.example.org",
          whenMissing: .relayNeeded),
        .init(
          "number", .numberLabel, example: "+14155550100",
          summary: "the number that the code is sent to"),
      ],
      codeGoesTo: "number", codeIntroduction: code, progress: .askingForCode)
  }
}

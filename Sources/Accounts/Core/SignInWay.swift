import Phrases

/// One way into a service: what a person is asked for.
package struct SignInWay: Sendable {
  /// One question.
  package struct Question: Sendable {
    /// How the answer is kept and asked for on the command line.
    package enum Style: Sendable {
      case text
      /// Never shown, and never an argument of a command.
      case secret
      /// The server's address; on the command line a setting.
      case address
      /// One of a few words, for a command alone: the usual one does for everybody else.
      case word([String])
    }

    /// The name of its answer, and of its option on the command line.
    package var name: String
    package var label: Phrase
    package var style: Style
    /// What an answer may look like.
    package var example: String
    /// What it is, in the help of its command.
    package var summary: String
    /// What is said on the page when there is no answer; nil where the service says so itself.
    package var whenMissing: Phrase?

    package init(
      _ name: String, _ label: Phrase, _ style: Style = .text, example: String = "",
      summary: String = "", whenMissing: Phrase? = nil
    ) {
      self.name = name
      self.label = label
      self.style = style
      self.example = example
      self.summary = summary
      self.whenMissing = whenMissing
    }

    package var isSecret: Bool { if case .secret = style { true } else { false } }
    package var isAddress: Bool { if case .address = style { true } else { false } }
  }

  /// Its name, and that of its flag on the command line.
  package var name: String
  /// What a person chooses it by.
  package var label: Phrase
  /// What it does, in the help of its command.
  package var summary: String
  package var title: Phrase
  package var introduction: [Phrase]
  package var questions: [Question]
  /// Where the code goes that it sends: the name of the question that says so; nil if it sends none.
  package var codeGoesTo: String?
  /// What is said where the code is typed; `{}` stands for where it was sent.
  package var codeIntroduction: Phrase
  /// What is said while its answers are with the server.
  package var progress: Phrase

  package init(
    name: String, label: Phrase, summary: String = "", title: Phrase, introduction: [Phrase] = [],
    questions: [Question], codeGoesTo: String? = nil,
    codeIntroduction: Phrase = .codeIntroduction, progress: Phrase
  ) {
    self.name = name
    self.label = label
    self.summary = summary
    self.title = title
    self.introduction = introduction
    self.questions = questions
    self.codeGoesTo = codeGoesTo
    self.codeIntroduction = codeIntroduction
    self.progress = progress
  }

  /// What a page asks for: a command's own words stay with the command.
  package var pageQuestions: [Question] {
    questions.filter { if case .word = $0.style { false } else { true } }
  }
}

/// How one signs in to a service.
package struct SignInGuide: Sendable {
  /// The usual one first.
  package var ways: [SignInWay]
  /// What the choice between them is called.
  package var choiceLabel: Phrase
  /// The way that helps where the server sends no codes; its name.
  package var wayWithoutCodes: String?
  /// Whether the server says beforehand whether it sends codes.
  package var asksBeforehand: Bool

  package init(
    _ ways: [SignInWay], choiceLabel: Phrase = .signInByLabel, wayWithoutCodes: String? = nil,
    asksBeforehand: Bool = false
  ) {
    self.ways = ways
    self.choiceLabel = choiceLabel
    self.wayWithoutCodes = wayWithoutCodes
    self.asksBeforehand = asksBeforehand
  }

  /// The way of this name; the first that asks something for nil.
  package func way(_ name: String?) -> SignInWay? {
    guard let name else { return ways.first { !$0.questions.isEmpty } }
    return ways.first { $0.name == name }
  }
}

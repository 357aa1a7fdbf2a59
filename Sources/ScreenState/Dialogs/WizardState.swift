import Domain

/// The first-run wizard: a page at a time, by keyboard.
package struct WizardState: Sendable, Equatable {
  /// A service to tick.
  package struct Choice: Sendable, Equatable {
    /// Which one.
    package var service: Service
    /// The name people know it by.
    package var title: String
    /// What it is for and what signing in takes.
    package var explanation: String
    /// Ticked.
    package var isChosen: Bool
    /// `signed in as …`, where somebody is already.
    package var account: String?

    package init(
      service: Service,
      title: String,
      explanation: String,
      isChosen: Bool,
      account: String? = nil
    ) {
      self.service = service
      self.title = title
      self.explanation = explanation
      self.isChosen = isChosen
      self.account = account
    }
  }

  /// What a page asks.
  package enum Page: Sendable, Equatable {
    /// Which services are used; `selection` is the row that Space ticks.
    case services([Choice], selection: Int)
    /// Something to type; `selection` is the field that has the keys.
    case form(inputs: [FormState.Input], selection: Int)
    /// Nothing more: what was achieved, a line each.
    case done([String])
  }

  /// `Welcome to Tercet.`, `MAX: your phone number`.
  package var title: String
  /// One or two sentences above the page's fields.
  package var introduction: [String] = []
  /// What is asked.
  package var page: Page
  /// Where this page stands among `steps`, from 1.
  package var step: Int
  /// How many pages the chosen services take.
  package var steps: Int
  /// What the page waits for: `Asking for a code…`.
  package var progress: String?
  /// What is wrong with the input, in words.
  package var problem: String?
  /// Below the fields: `A new code can be asked for in 24 s.`
  package var note: String?
  /// The sandbox's SMS, shown because there is no phone it could reach, or its password.
  package var delivered: String?
  /// Drawn as a QR code beside the words.
  package var picture: String?
  /// The first row in sight, once somebody has scrolled; nil lets the page see to that.
  package var scroll: Int?
  /// The keys of this page.
  package var hints: [Hint] = []

  package init(
    title: String,
    introduction: [String] = [],
    page: Page,
    step: Int,
    steps: Int,
    progress: String? = nil,
    problem: String? = nil,
    note: String? = nil,
    delivered: String? = nil,
    picture: String? = nil,
    scroll: Int? = nil,
    hints: [Hint] = []
  ) {
    self.title = title
    self.introduction = introduction
    self.page = page
    self.step = step
    self.steps = steps
    self.progress = progress
    self.problem = problem
    self.note = note
    self.delivered = delivered
    self.picture = picture
    self.scroll = scroll
    self.hints = hints
  }
}

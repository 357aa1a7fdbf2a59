import Storage

/// The first-run wizard: a page at a time, by keyboard.
public struct WizardState: Sendable, Equatable {
  /// A service to tick.
  public struct Choice: Sendable, Equatable {
    /// Which one.
    public var service: Service
    /// The name people know it by.
    public var title: String
    /// What it is for and what signing in takes.
    public var explanation: String
    /// Ticked.
    public var isChosen: Bool
  }

  /// What a page asks.
  public enum Page: Sendable, Equatable {
    /// Which services are used; `selection` is the row that Space ticks.
    case services([Choice], selection: Int)
    /// Something to type; `selection` is the field that has the keys.
    case form(inputs: [FormState.Input], selection: Int)
    /// Nothing more: what was achieved, a line each.
    case done([String])
  }

  /// `Welcome to Tercet.`, `MAX: your phone number`.
  public var title: String
  /// One or two sentences above the page's fields.
  public var introduction: [String] = []
  /// What is asked.
  public var page: Page
  /// Where this page stands among `steps`, from 1.
  public var step: Int
  /// How many pages the chosen services take.
  public var steps: Int
  /// What the page waits for: `Asking for a code…`.
  public var progress: String?
  /// What is wrong with the input, in words.
  public var problem: String?
  /// Below the fields: `A new code can be asked for in 24 s.`
  public var note: String?
  /// The sandbox's SMS, shown because there is no phone it could reach, or its password.
  public var delivered: String?
  /// Drawn as a QR code beside the words.
  public var picture: String?
  /// The first row in sight, once somebody has scrolled; nil lets the page see to that.
  public var scroll: Int?
  /// The keys of this page.
  public var hints: [Hint] = []
}

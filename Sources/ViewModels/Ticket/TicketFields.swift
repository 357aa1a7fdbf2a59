import Accounts
import Domain
import Phrases
import ScreenState

/// What is typed into the ticket, and what it means.
struct TicketFields {
  private var fields: [TicketState.FieldID: FieldState]
  /// The amount that a part came to when the price was asked for: it stays while that is looked at,
  /// whatever becomes of the balance.
  private var settled: String?

  /// Slippages to choose from, as percent.
  static let presets = ["0.10", "0.30", "0.50", "1.00"]

  /// - Parameters:
  ///   - from: the asset paid with, unless another one is typed.
  ///   - to: the asset received, likewise.
  init(from: String, to: String) {
    fields = [
      .amount: FieldState(placeholder: Phrase.typeAmount.text),
      .from: FieldState(placeholder: from), .to: FieldState(placeholder: to),
      .slippage: FieldState(text: "0.30", isSelected: true),
      .network: FieldState(placeholder: Phrase.anyNetwork.text),
      .filter: FieldState(placeholder: Phrase.allVenues.text),
    ]
  }

  mutating func fill(amount: String, from: String, to: String) {
    for (id, text) in [(TicketState.FieldID.amount, amount), (.from, from), (.to, to)] {
      fields[id] = FieldState(
        text: String(text.prefix(64)), placeholder: self[id].placeholder, isSelected: id == .amount)
    }
  }

  subscript(id: TicketState.FieldID) -> FieldState { fields[id] ?? FieldState() }

  /// What may be paid when a key asks for a part of it.
  struct SpendableBalance {
    /// Nil when the balance is not known.
    var available: Amount?
    /// What stays for the network's fees.
    var reserve: Amount = .zero
  }

  /// A key for one of the fields; false when it is none of the field's business.
  ///
  /// In the amount, `25%` is a quarter of what may be paid and `m` all of it, whichever asset that will
  /// be; in the midst of a word `m` is a letter. In the slippage, Space goes through the presets.
  ///
  /// - Parameter killed: what was cut out last, here or elsewhere.
  mutating func edit(_ key: Key, in id: TicketState.FieldID, killed: inout String) -> Bool {
    var field = self[id]
    switch (id, key.latinEquivalent) {
    case (.amount, .character("%")):
      guard let percent = Int(field.text), (1...100).contains(percent) else { return true }
      field = FieldState(text: "\(percent)%")
    case (.amount, .character("m")) where percent != nil || field.text.allSatisfy(\.isAmountSign):
      field = FieldState(text: "100%")
    case (.slippage, .character(" ")):
      let next = TicketFields.presets.firstIndex(of: field.text).map { $0 + 1 } ?? 0
      field = FieldState(text: TicketFields.presets[next % TicketFields.presets.count])
    default:
      // A number after a part is another amount.
      if id == .amount, percent != nil, case .character = key { field.text = "" }
      guard field.edit(key, limit: 64, killed: &killed) else { return false }
      if id == .from || id == .to { field.text = field.text.uppercased() }
    }
    field.placeholder = self[id].placeholder
    fields[id] = field
    return true
  }

  /// Which part of what is available is to be paid, in percent; nil for an amount.
  var percent: Int? {
    let text = self[.amount].text
    return text.hasSuffix("%") ? Int(text.dropLast()) : nil
  }

  /// What the part comes to, never rounded up; nil for an amount.
  /// - Throws: why there is no part to take.
  func part(of balance: SpendableBalance) throws(UserError) -> String? {
    guard let percent else { return nil }
    guard let available = balance.available else {
      throw UserError(
        .failed, code: "no-balance", Phrase.noBalanceData.with(asset(.from)),
        hint: Phrase.tryAgain.text)
    }
    let most = available - balance.reserve
    let part = available.portion(percent: percent, places: Amount.placeLimit)
    let amount = (part < most ? part : most).portion(percent: 100, places: Amount.placeLimit)
    guard amount.isPositive else {
      throw UserError(
        .failed, code: "nothing-left", Phrase.noPortion.text,
        hint: Phrase.overBalance.with(available.shown))
    }
    return amount.plainText
  }

  /// Makes a part the amount that it comes to now.
  /// - Throws: why there is no part to take.
  mutating func settle(spending balance: SpendableBalance) throws(UserError) {
    settled = try part(of: balance)
  }

  /// A part is a part again.
  mutating func unsettle() { settled = nil }

  /// The asset that was typed, or the suggested one when nothing was.
  func asset(_ id: TicketState.FieldID) -> String {
    let typed = self[id].text.filter { !$0.isWhitespace }.uppercased()
    return typed.isEmpty ? self[id].placeholder : typed
  }

  /// The question for a price that the fields make; checked when it is asked.
  var estimate: EstimateSwap {
    let network = self[.network].text.trimmed
    return EstimateSwap(
      from: asset(.from), to: asset(.to), amount: amountText,
      network: network.isEmpty ? nil : network,
      filter: self[.filter].text.split(separator: ",").map(\.trimmed).filter { !$0.isEmpty })
  }

  /// Whether the quote answers what the fields ask now.
  func areAnswered(by quote: Quote) -> Bool {
    do throws(UserError) { return try estimate.request() == quote.request } catch {
      return false
    }
  }

  /// The amount: what stands in its field, without spaces, or what a part came to.
  var amountText: String { settled ?? self[.amount].text.filter { $0 != " " } }

  /// Percent with at most two places, as hundredths of a percent.
  func slippageBps() throws(UserError) -> Int {
    let text = self[.slippage].text
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? String(parts[1]) : ""
    guard (1...2).contains(parts.count), fraction.count <= 2, text.utf8.count <= 6,
      text.utf8.allSatisfy({ $0 == 0x2e || (0x30...0x39).contains($0) }),
      let whole = Int(parts[0]), let hundredths = Int((fraction + "00").prefix(2)),
      whole * 100 + hundredths <= 10_000
    else {
      throw UserError(
        .usage, code: "invalid-slippage", Phrase.badSlippage.text,
        hint: Phrase.badSlippageHint.text)
    }
    return whole * 100 + hundredths
  }

  /// The slippage as it counts; nil while it is none.
  var slippage: Int? {
    do throws(UserError) { return try slippageBps() } catch { return nil }
  }
}

extension Character {
  /// It can stand in an amount.
  fileprivate var isAmountSign: Bool { isASCII && isNumber || ".,  ".contains(self) }
}

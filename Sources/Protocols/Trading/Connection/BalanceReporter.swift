import Clocks

/// Merges what the server says of balances and tells it.
actor BalanceReporter {
  private static let largeSheet = 20
  private static let largeSheetPause: Duration = .milliseconds(100)

  private let context: ConnectionContext
  private let emit: @Sendable (TradingEvent) -> Void
  private var sheet = BalanceSheet()
  private var lastTold: Duration = .zero
  private var toldUnreadable: Set<String> = []
  private var hasToldOfCut = false
  /// Tells what was pushed too soon after the last time.
  private var latecomer: Task<Void, Never>?

  init(_ context: ConnectionContext, emit: @escaping @Sendable (TradingEvent) -> Void) {
    self.context = context
    self.emit = emit
  }

  func receive(_ data: BalancesData, isSnapshot: Bool) {
    let hasChanged = sheet.apply(
      data.balances, isSnapshot: isSnapshot, unreadable: data.unreadable,
      at: context.time.wallTime)
    if sheet.isCut || data.isCut, !hasToldOfCut {
      hasToldOfCut = true
      emit(.warning(.tooManyAssets(limit: BalancesData.limit)))
    }
    // Once, and again only for others: a server that writes them so does it all the time.
    if !Set(data.unreadable).isSubset(of: toldUnreadable) {
      emit(.warning(.unreadableBalances(data.unreadable)))
    }
    if isSnapshot || !data.unreadable.isEmpty { toldUnreadable = Set(data.unreadable) }
    if hasChanged { tell(isSnapshot: isSnapshot) }
  }

  /// Tells nothing more that waits.
  func stop() {
    latecomer?.cancel()
    latecomer = nil
  }

  /// Forgets what was told so far: the next start begins anew.
  func forget() { sheet = BalanceSheet() }

  /// A sheet of many assets is told at most ten times a second: a server that pushes it without end
  /// must not fill memory with copies.
  private func tell(isSnapshot: Bool) {
    let due = lastTold + BalanceReporter.largeSheetPause - context.time.uptime
    guard !isSnapshot, sheet.balances.count > BalanceReporter.largeSheet, due > .zero else {
      return emitBalances(isSnapshot: isSnapshot)
    }
    guard latecomer == nil else { return }
    latecomer = Task {
      do { try await context.time.sleep(for: due) } catch { return }
      latecomer = nil
      emitBalances(isSnapshot: false)
    }
  }

  private func emitBalances(isSnapshot: Bool) {
    lastTold = context.time.uptime
    emit(
      .balances(
        BalancesUpdate(
          balances: sheet.balances, isSnapshot: isSnapshot, receivedAt: context.clock.now,
          moments: sheet.moments, unreadable: sheet.unreadable)))
  }
}

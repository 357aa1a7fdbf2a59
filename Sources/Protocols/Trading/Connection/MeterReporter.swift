import Clocks
import Transport

/// Keeps the meter and tells it at most once a second, and not at all while nothing changes.
actor MeterReporter {
  private let time: any TimeSource
  private let emit: @Sendable (TradingEvent) -> Void
  private var meter = Meter()
  private var told = Meter()
  private var moments: [Duration] = []
  private var ticker: Task<Void, Never>?

  init(time: any TimeSource, emit: @escaping @Sendable (TradingEvent) -> Void) {
    self.time = time
    self.emit = emit
  }

  func noteWrite() {
    moments.append(time.uptime)
    tick()
  }

  func noteReconnect() {
    meter.reconnects += 1
    tick()
  }

  /// The first one is told at once: a status that is asked for only once should have it.
  func note(roundTrip: Duration?) {
    let isFirst = meter.roundTrip == nil && roundTrip != nil
    meter.roundTrip = roundTrip
    if isFirst { tell() }
  }

  func note(subscriptions: Int, polled: Int) {
    meter.subscriptions = subscriptions
    meter.polledOrders = polled
    tick()
  }

  func stop() {
    ticker?.cancel()
    ticker = nil
    moments = []
    meter = Meter()
    told = Meter()
  }

  private func tick() {
    guard ticker == nil else { return }
    tell()
    ticker = Task {
      repeat {
        do { try await time.sleep(for: .seconds(1)) } catch { return }
        tell()
      } while !moments.isEmpty
      ticker = nil
    }
  }

  private func tell() {
    let now = time.uptime
    moments.removeAll { now - $0 >= .seconds(1) }
    meter.messagesPerSecond = moments.count
    guard meter != told else { return }
    told = meter
    emit(.meter(meter))
  }
}

import Database

extension Schema {
  /// Indexes of the few rows among many that are looked for at every start: no start, however much has
  /// been stored, reads more than it shows.
  @Sendable static func fewOfMany(_ connection: Connection) throws {
    try connection.run(
      """
      CREATE INDEX message_that_waits ON message (status, at, id)
        WHERE status = 'queued' OR status = 'failed';
      CREATE INDEX message_that_was_edited ON message (edited_at) WHERE edited_at IS NOT NULL;
      CREATE INDEX chat_by_time ON chat (last_message_at, chat);
      CREATE INDEX call_that_rings ON call (at) WHERE state = 'ringing';
      CREATE INDEX swap_order_that_is_open ON swap_order (created_at)
        WHERE status NOT IN ('CANCELLED', 'FAILED', 'FILLED', 'NOT_SENT', 'REJECTED');
      CREATE INDEX swap_order_without_amount ON swap_order (created_at)
        WHERE status = 'FILLED' AND filled_out IS NULL;
      """)
  }
}

/// How the records of one listing come to be, go wrong and change: all that tells one listing from another.
struct Kind: Sendable {
    /// A new record; the serial is its own.
    let make: @Sendable (_ serial: Int, inout SplitMix64) -> Row
    /// What time does to a record.
    let change: @Sendable (inout Row, inout SplitMix64) -> Void
    let faults: [RecordFault]
    /// The share of records with a fault.
    var faultyShare = 0.04
    /// The share of records that are listed twice, as joins that find two rows make them.
    var repeatedShare = 0.0
}

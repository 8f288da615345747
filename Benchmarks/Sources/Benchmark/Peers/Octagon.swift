/// A record's place: an octagon of about a hundred metres, somewhere in a degree by four fifths of one.
struct Octagon {
    /// Where all places are, in degrees.
    static let area = (west: 112.5, south: 27.8, width: 1.0, height: 0.8)

    struct Corner {
        let longitude: String
        let latitude: String
    }

    /// Counter-clockwise, the first once more at the end (RFC 7946 §3.1.6).
    let corners: [Corner]

    /// - Parameter number: strides without a common divisor spread neighbours over the area.
    init(number: Int) {
        let (x, y) = (112_500_000 + number * 7919 % 1_000_000, 27_800_000 + number * 104_729 % 800_000)
        let steps = [
            (500, 0), (354, 354), (0, 500), (-354, 354), (-500, 0), (-354, -354), (0, -500), (354, -354), (500, 0),
        ]
        corners = steps.map { Corner(longitude: Self.degrees(x + $0.0), latitude: Self.degrees(y + $0.1)) }
    }

    private static func degrees(_ millionths: Int) -> String {
        let fraction = String(1_000_000 + millionths % 1_000_000).dropFirst()
        return "\(millionths / 1_000_000).\(fraction)"
    }
}

import Foundation
import Model

extension String {
    /// The time of a source, or the moment at which its run began where the source is ahead of that.
    ///
    /// A department's clock that is fast, or one record that is dated 2099 or 9999-12-31, must not hide what changes until
    /// then: from the moment of our own clock everything newer is asked for again. What is no date or time is left alone.
    func notAfter(_ start: Date) -> String {
        let bytes = Array(utf8)
        guard bytes.count >= 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return self }
        let seconds = start.timeIntervalSince1970.rounded(.down)
        // Texts of one normal form sort as the moments do.
        let limit =
            bytes.count == 10
            ? ChinaTime.date(seconds) : ChinaTime.text(seconds).replacing(".000", with: "", maxReplacements: 1)
        return self > limit ? limit : self
    }
}

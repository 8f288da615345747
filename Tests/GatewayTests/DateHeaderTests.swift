import HTTPTypes
import Testing

@testable import Gateway

@Suite struct DateHeaderTests {
    /// The example of RFC 9110, section 5.6.7, a leap day, and a year's last second.
    @Test(arguments: [
        (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (1_709_164_800, "Thu, 29 Feb 2024 00:00:00 GMT"),
        (1_798_761_599, "Thu, 31 Dec 2026 23:59:59 GMT"),
    ])
    func `dates are written as RFC 9110 has them`(second: Int, text: String) {
        #expect(DateHeader.field(second).value == text)
    }

    @Test func `the header says now`() {
        #expect(DateHeader().field.value.hasSuffix(" GMT"))
        #expect(!DateHeader().field.value.contains("1970"))
    }
}

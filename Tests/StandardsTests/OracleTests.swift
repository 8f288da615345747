import Testing

@testable import Standards

/// What python-stdnum says of the same numbers; where the two differ, the standard's clause says who is right.
@Suite struct OracleTests {
    private static let python = Python.having("stdnum")
    static var hasOracle: Bool { python != nil }

    private func verdicts(_ script: String, _ lines: [String]) throws -> [String] {
        let answers = try #require(Self.python).run(script, input: lines)
        #expect(answers.count == lines.count)
        return answers
    }

    /// Right numbers, and as many with a character changed.
    private func samples(_ count: Int, _ alphabet: String, _ valid: (inout Repeatable) -> String) -> [String] {
        var random = Repeatable()
        let characters = Array(alphabet)
        var samples: [String] = []
        for _ in 0..<count {
            let number = valid(&random)
            samples.append(number)
            var changed = Array(number)
            let index = Int.random(in: changed.indices, using: &random)
            changed[index] = characters.randomElement(using: &random) ?? "0"
            samples.append(String(changed))
        }
        return samples
    }

    private static func digits(_ count: Int, _ random: inout Repeatable) -> String {
        String((0..<count).map { _ in "0123456789".randomElement(using: &random) ?? "0" })
    }

    private static func letters(_ count: Int, _ random: inout Repeatable) -> String {
        String((0..<count).map { _ in "0123456789ABCDEFGHJKLMNPQRTUWXY".randomElement(using: &random) ?? "0" })
    }

    @Test(.enabled(if: hasOracle, "python3-stdnum is not installed"))
    func citizenNumbers() throws {
        let numbers = samples(3_000, "0123456789X") { random in
            let day = CalendarDate(dayNumber: Int.random(in: -25_000..<20_000, using: &random)) ?? .longTerm
            var written: [UInt8] = []
            day.append(to: &written)
            let area = ["430112", "430122", "110105", "999999"].randomElement(using: &random) ?? ""
            let date = String(decoding: written.filter { $0 != 0x2D }, as: UTF8.self)
            let body = area + date + Self.digits(3, &random)
            return body + String(UnicodeScalar(CitizenID.checkDigit(Array(body.utf8)) ?? 0))
        }
        let answers = try verdicts(
            """
            import sys
            from stdnum.cn import ric
            from stdnum.exceptions import ValidationError
            birth_place = ric.get_birth_place
            ric.get_birth_place = lambda number: number
            for line in sys.stdin:
                number = line.strip()
                try:
                    birth_place(number)
                    place = True
                except Exception:
                    place = False
                print('yes' if ric.is_valid(number) else 'no', 'place' if place else 'nowhere')
            """, numbers)
        for (number, answer) in zip(numbers, answers) {
            // Whether the area is known is no part of the check (GB 11643-1999 §4): areas are renumbered, people are not.
            let isOurs = (try? citizen(number)) != nil
            #expect(isOurs == answer.hasPrefix("yes"), "\(number) \(answer)")
        }
        // The oracle's list of areas ends in the past, and has no 999999: as it is delivered it refuses these.
        #expect(zip(numbers, answers).contains { $1.hasSuffix("nowhere") && (try? citizen($0)) != nil })
    }

    @Test(.enabled(if: hasOracle, "python3-stdnum is not installed"))
    func creditCodes() throws {
        let codes = samples(3_000, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") { random in
            let registrar = ["91", "12", "52", "N2", "A1", "Y1"].randomElement(using: &random) ?? "91"
            let body = registrar + Self.digits(6, &random) + Self.letters(9, &random)
            return body + String(UnicodeScalar(CreditCode.checkDigit(Array(body.utf8)) ?? 0))
        }
        let answers = try verdicts(
            """
            import sys
            from stdnum.cn import uscc
            for line in sys.stdin:
                print('yes' if uscc.is_valid(line.strip()) else 'no')
            """, codes)
        var lettered = 0
        for (code, answer) in zip(codes, answers) {
            let isOurs = (try? credit(code)) != nil
            if isOurs, code.prefix(2).contains(where: \.isLetter) {
                // GB 32100-2015 §5.2 and its amendment give registrars letters: A for the army, N for 农业农村, Y for others. The
                // oracle wants digits in positions 1–8 and refuses every village collective.
                #expect(answer == "no")
                lettered += 1
            } else {
                #expect(isOurs == (answer == "yes"), "\(code)")
            }
        }
        #expect(lettered > 1_000)
    }

    @Test(.enabled(if: hasOracle, "python3-stdnum is not installed"))
    func certificateChecks() throws {
        var random = Repeatable()
        let bodies = (0..<2_000).map { _ in
            String(
                (0..<Int.random(in: 1...70, using: &random)).map { _ in
                    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".randomElement(using: &random) ?? "0"
                })
        }
        let answers = try verdicts(
            """
            import sys
            from stdnum.iso7064 import mod_37_36
            for line in sys.stdin:
                print(mod_37_36.calc_check_digit(line.strip()))
            """, bodies)
        for (body, answer) in zip(bodies, answers) {
            let bytes = Array(body.utf8)
            let check = CertificateID.check(bytes.span, 0..<bytes.count)
            #expect(check == answer.utf8.first, "\(body)")
        }
    }

    /// The private characters of Python's table of GB 18030 (which is that of 2000), by glibc's, which is newer.
    @Test(.enabled(if: Python.having("codecs") != nil, "there is no Python"))
    func privateCharacters() throws {
        let lines = try #require(Python.having("codecs")).run(
            """
            import subprocess
            for lead in range(0xA1, 0xFF):
                for trail in list(range(0x40, 0x7F)) + list(range(0x80, 0xFF)):
                    pair = bytes([lead, trail])
                    old = pair.decode('gb18030')
                    if not 0xE000 <= ord(old) <= 0xF8FF:
                        continue
                    new = subprocess.run(['iconv', '-f', 'GB18030', '-t', 'UTF-8'], input=pair, capture_output=True)
                    if new.returncode == 0 and len(new.stdout.decode()) == 1:
                        print(hex(ord(old))[2:], hex(ord(new.stdout.decode()))[2:])
            """, input: [])
        var compared = 0
        for line in lines {
            let pair = line.split(separator: " ").compactMap { UInt32($0, radix: 16) }
            guard pair.count == 2, pair[0] != pair[1] else { continue }
            #expect(PrivateUse.character(for: pair[0]) == pair[1], "\(line)")
            compared += 1
        }
        #expect(compared >= 20 || lines.isEmpty)
    }
}

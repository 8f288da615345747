import Testing

@testable import Standards

/// What Python's own library says of numbers, times, addresses and full-width forms, and phonenumbers of telephones.
@Suite struct WrittenOracleTests {
    private static let python = Python.having("decimal, datetime, urllib.parse, unicodedata")
    static var hasPython: Bool { python != nil }
    static let phonenumbers = Python.having("phonenumbers")

    private func answers(_ script: String, _ lines: [String]) throws -> [String] {
        let answers = try #require(Self.python).run(script, input: lines)
        #expect(answers.count == lines.count)
        return answers
    }

    private static func digits(_ count: Int, _ random: inout Repeatable) -> String {
        String((0..<count).map { _ in "0123456789".randomElement(using: &random) ?? "0" })
    }

    private static func number(_ random: inout Repeatable) -> String {
        let whole = digits(Int.random(in: 1...18, using: &random), &random)
        let fraction = Bool.random(using: &random) ? "." + digits(Int.random(in: 1...12, using: &random), &random) : ""
        let exponent = Int.random(in: 0..<3, using: &random) == 0 ? "e\(Int.random(in: -9...6, using: &random))" : ""
        return (["", "-", "+"].randomElement(using: &random) ?? "") + whole + fraction + exponent
    }

    /// Python's decimals are exact in sixty digits here; a normal form is its plain notation without zeros at the ends.
    private static let decimals = """
        import sys
        from decimal import Decimal, ROUND_HALF_UP, getcontext
        getcontext().prec = 60
        def plain(number):
            text = format(number, 'f')
            if '.' in text:
                text = text.rstrip('0').rstrip('.')
            sign = '-' if text.startswith('-') else ''
            text = text.lstrip('-').lstrip('0') or '0'
            text = '0' + text if text.startswith('.') else text
            return text if text == '0' else sign + text

        """

    @Test(.enabled(if: hasPython, "there is no Python"))
    func decimalNumbers() throws {
        var random = Repeatable()
        let numbers = (0..<4_000).map { _ in Self.number(&random) }
        let script =
            Self.decimals + """
                for line in sys.stdin:
                    print(plain(Decimal(line.strip())))
                """
        for (number, answer) in zip(numbers, try answers(script, numbers)) {
            #expect(try decimal(number) == answer, "\(number)")
        }
    }

    /// 亩 is a fifteenth of a hectare, so that most results have no end: half away from zero, to six decimals or as many as
    /// were sent.
    @Test(
        .enabled(if: hasPython, "there is no Python"),
        arguments: [
            ("万元", "元", "10000", "1"), ("元", "亿元", "1", "100000000"), ("公顷", "平方米", "10000", "1"),
            ("千米", "米", "1000", "1"), ("亩", "平方米", "2000", "3"), ("平方米", "亩", "3", "2000"), ("公顷", "亩", "15", "1"),
        ])
    func units(_ sample: (from: String, to: String, above: String, below: String)) throws {
        var random = Repeatable()
        let numbers = (0..<800).map { _ in
            let whole = Self.digits(Int.random(in: 1...12, using: &random), &random)
            return (Bool.random(using: &random) ? "" : "-") + whole + "."
                + Self.digits(Int.random(in: 1...8, using: &random), &random)
        }
        let script =
            Self.decimals + """
                above, below = Decimal(\(sample.above)), Decimal(\(sample.below))
                for line in sys.stdin:
                    number = Decimal(line.strip())
                    result = number * above / below
                    if below not in (1, 2000, 100000000):
                        places = max(6, -number.normalize().as_tuple().exponent)
                        result = result.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
                    print(plain(result))
                """
        let (from, to) = (try #require(Measure(sample.from)), try #require(Measure(sample.to)))
        let conversion = try #require(MeasureConversion(from: from, to: to))
        for (number, answer) in zip(numbers, try answers(script, numbers)) {
            var output: [UInt8] = []
            try ExactDecimal(reading: Array(number.utf8)).converted(by: conversion).append(to: &output)
            #expect(String(decoding: output, as: UTF8.self) == answer, "\(number) \(sample.from)")
        }
    }

    @Test(.enabled(if: hasPython, "there is no Python"))
    func days() throws {
        var random = Repeatable()
        let days = (0..<4_000).map { _ in
            let year = Int.random(in: 1000...9999, using: &random)
            return "\(year)-\(Int.random(in: 1...13, using: &random))-\(Int.random(in: 28...32, using: &random))"
        }
        let script = """
            import sys, datetime
            for line in sys.stdin:
                try:
                    print(datetime.date(*map(int, line.strip().split('-'))).isoformat())
                except ValueError:
                    print('none')
            """
        for (day, answer) in zip(days, try answers(script, days)) {
            #expect(((try? date(day)) ?? "none") == answer, "\(day)")
            #expect(((try? date(day.replacing("-", with: "/"))) ?? "none") == answer, "\(day)")
        }
    }

    @Test(.enabled(if: hasPython, "there is no Python"))
    func moments() throws {
        var random = Repeatable()
        func two(_ range: Range<Int>) -> String {
            let value = Int.random(in: range, using: &random)
            return (value < 10 ? "0" : "") + String(value)
        }
        let times = (0..<3_000).map { _ in
            let day = "\(Int.random(in: 1001...9998, using: &random))-\(two(1..<13))-\(two(1..<29))"
            let fraction = Bool.random(using: &random) ? "." + Self.digits(6, &random) : ""
            let zone = (Bool.random(using: &random) ? "+" : "-") + two(0..<14) + ":" + two(0..<60)
            return day + "T" + two(0..<24) + ":" + two(0..<60) + ":" + two(0..<60) + fraction + zone
        }
        let script = """
            import sys, datetime
            shanghai = datetime.timezone(datetime.timedelta(hours=8))
            for line in sys.stdin:
                moment = datetime.datetime.fromisoformat(line.strip()).astimezone(shanghai)
                head, _, tail = moment.isoformat().rpartition('+')
                if '.' in head:
                    head = head.rstrip('0').rstrip('.')
                print(head + '+' + tail)
            """
        for (time, answer) in zip(times, try answers(script, times)) { #expect(try moment(time) == answer, "\(time)") }
    }

    @Test(.enabled(if: hasPython, "there is no Python"))
    func spreadsheetDays() throws {
        var random = Repeatable()
        let serials = (0..<2_000).map { _ in String(Double.random(in: 61...2_958_464, using: &random)) }
        let script = """
            import sys, datetime
            from decimal import Decimal, ROUND_HALF_UP
            for line in sys.stdin:
                number = Decimal(line.strip()[:line.strip().index('.') + 10])
                seconds = int(((number % 1) * 86400).quantize(Decimal(1), ROUND_HALF_UP))
                moment = datetime.datetime(1899, 12, 30) + datetime.timedelta(days=int(number), seconds=seconds)
                print(moment.isoformat() + '+08:00')
            """
        for (serial, answer) in zip(serials, try answers(script, serials)) {
            var output: [UInt8] = []
            try SpreadsheetDate.read(Array(serial.utf8).span).append(to: &output)
            #expect(String(decoding: output, as: UTF8.self) == answer, "\(serial)")
        }
    }

    /// Unicode's compatibility forms (UAX #15, NFKC) of the whole block, by Python.
    @Test(.enabled(if: hasPython, "there is no Python"))
    func fullWidthForms() throws {
        let forms = (Array(0xFF01...0xFF5E) + [0x3000]).compactMap { Unicode.Scalar($0 as UInt32) }.map { "x\($0)x" }
        let script = """
            import sys, unicodedata
            for line in sys.stdin.read().split(chr(10))[:-1]:
                print(unicodedata.normalize('NFKC', line))
            """
        for (form, answer) in zip(forms, try answers(script, forms)) {
            let bytes = Array(form.utf8)
            #expect(String(decoding: FullWidth.fold(bytes.span), as: UTF8.self) == answer)
        }
    }

    /// What urllib parses as an address of the web, we read, with the same scheme, host and port.
    @Test(.enabled(if: hasPython, "there is no Python"))
    func addresses() throws {
        var random = Repeatable()
        let letters = Array("abcXYZ09-")
        let addresses = (0..<2_000).map { _ in
            let scheme = ["http", "HTTPS", "ftp", "Http"].randomElement(using: &random) ?? "http"
            let host = "h" + String((0..<5).map { _ in letters.randomElement(using: &random) ?? "a" }) + ".Gov.cn"
            let port = ["", ":80", ":443", ":8080", ":21"].randomElement(using: &random) ?? ""
            let path = ["", "/", "/a/附件.pdf?x=1#b", "?q=%E4%B8%AD", "#top"].randomElement(using: &random) ?? ""
            return scheme + "://" + host + port + path
        }
        let script = """
            import sys
            from urllib.parse import urlsplit
            usual = {'http': 80, 'https': 443, 'ftp': 21}
            for line in sys.stdin:
                parts = urlsplit(line.strip())
                port = '' if parts.port in (None, usual[parts.scheme]) else ':%d' % parts.port
                rest = (parts.path or '/') + ('?' + parts.query if parts.query else '')
                print(parts.scheme + '://' + parts.hostname + port + rest + ('#' + parts.fragment if parts.fragment else ''))
            """
        for (text, answer) in zip(addresses, try answers(script, addresses)) { #expect(try address(text) == answer) }
    }

    /// Every number that phonenumbers makes up for a kind of telephone, in each of its ways of writing it, is the one number
    /// it says: the oracle knows which prefixes are in use, and we only how long they are.
    @Test(.enabled(if: phonenumbers != nil, "python3-phonenumbers is not installed"))
    func telephones() throws {
        let script = """
            import random
            import phonenumbers as p
            random.seed(430112)
            for region in ['CN'] * 1500 + ['HK', 'MO', 'TW', 'US', 'GB', 'JP'] * 20:
                kind = random.choice([p.PhoneNumberType.MOBILE, p.PhoneNumberType.FIXED_LINE])
                sample = p.example_number_for_type(region, kind)
                text = str(sample.national_number)[:-6] + '%06d' % random.randrange(10 ** 6)
                if region == 'CN' and kind == p.PhoneNumberType.FIXED_LINE:
                    # Its example begins with 1, as no number of a landline does.
                    text = random.choice(['10', '21', '731', '755']) + '%d' % random.randrange(2 * 10 ** 7, 9 * 10 ** 7)
                number = p.PhoneNumber(country_code=sample.country_code, national_number=int(text))
                if not p.is_valid_number(number):
                    continue
                for form in (p.PhoneNumberFormat.E164, p.PhoneNumberFormat.INTERNATIONAL, p.PhoneNumberFormat.NATIONAL):
                    if form == p.PhoneNumberFormat.NATIONAL and region != 'CN':
                        continue
                    print(p.format_number(number, p.PhoneNumberFormat.E164) + '|' + p.format_number(number, form))
            """
        let lines = try #require(Self.phonenumbers).run(script, input: [])
        #expect(lines.count > 2_000)
        for line in lines {
            let parts = line.split(separator: "|").map(String.init)
            let digits = (try? phone(parts[1]))?.filter(\.isNumber) ?? ""
            let number = parts[0].hasPrefix("+86") ? String(parts[0].dropFirst(3)) : String(parts[0].dropFirst())
            #expect(digits == number || digits == "0" + number, "\(line)")
        }
    }
}

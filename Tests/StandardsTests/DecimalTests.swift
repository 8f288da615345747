import Testing

@testable import Standards

@Suite struct DecimalTests {
    @Test(arguments: [
        ("0", "0"), ("-0.00", "0"), ("007", "7"), ("1234.50", "1234.5"), ("1,234.50", "1234.5"),
        ("12,345,678", "12345678"),
        (".5", "0.5"), ("5.", "5"), ("+3", "3"), ("-3.10", "-3.1"), ("1.2e4", "12000"), ("1.25E-3", "0.00125"),
        ("0.1", "0.1"), ("100", "100"),
        ("99999999999999999999999999999999999999", "99999999999999999999999999999999999999"),
        ("0.30000000000000004", "0.30000000000000004"), ("0e9", "0"), ("0.0000001", "0.0000001"),
    ])
    func numbers(_ sample: (String, String)) throws {
        #expect(try decimal(sample.0) == sample.1)
        #expect(try decimal(sample.1) == sample.1)
    }

    @Test(arguments: [
        "", "-", ".", "1.2.3", "1,23", "1,2345", ",123", "1234,567", "1,234,56", "12 34", "1e", "1e+", "NaN",
        "Infinity", "0x10", "--1",
        "1.5万", "1,234.5,6", "1e5.5",
    ])
    func unreadable(_ text: String) {
        #expect(throws: ExactDecimal.Problem.unreadable) { try decimal(text) }
    }

    @Test(arguments: ["999999999999999999999999999999999999999", "1e38", "1e-39", "1e999999"])
    func tooLong(_ text: String) {
        #expect(throws: ExactDecimal.Problem.range) { try decimal(text) }
    }

    @Test(arguments: [
        ("0.2", "万元", "元", "2000"), ("1.5", "亿元", "元", "150000000"), ("2000", "元", "万元", "0.2"),
        ("1.23", "公顷", "平方米", "12300"), ("3", "亩", "平方米", "2000"), ("1", "亩", "平方米", "666.666667"),
        ("-1", "亩", "平方米", "-666.666667"), ("1000", "平方米", "亩", "1.5"), ("1", "公顷", "亩", "15"),
        ("1", "亩", "公顷", "0.066667"), ("0.12345678", "平方米", "亩", "0.00018518517"), ("1.0005", "平方米", "亩", "0.00150075"),
        ("1.5", "km", "m", "1500"), ("12.5", "%", "1", "0.125"), ("3", "万人", "人", "30000"), ("7", "km²", "公顷", "700"),
    ])
    func units(_ sample: (String, String, String, String)) throws {
        let from = try #require(Measure(sample.1))
        let to = try #require(Measure(sample.2))
        let conversion = try #require(MeasureConversion(from: from, to: to))
        let result = try ExactDecimal(reading: Array(sample.0.utf8)).converted(by: conversion)
        var output: [UInt8] = []
        result.append(to: &output)
        #expect(String(decoding: output, as: UTF8.self) == sample.3)
    }

    @Test func unitsOfDifferentQuantities() throws {
        #expect(MeasureConversion(from: try #require(Measure("元")), to: try #require(Measure("亩"))) == nil)
        #expect(Measure("斗") == nil)
    }

    @Test func integers() throws {
        let samples: [(String, Int64)] = [
            ("0", 0), ("-0", 0), ("12.00", 12), ("1e3", 1000), ("9223372036854775807", .max),
            ("-9223372036854775808", .min),
        ]
        for (text, value) in samples { #expect(try ExactDecimal(reading: Array(text.utf8)).integer() == value) }
        for text in ["9223372036854775808", "-9223372036854775809", "1e30"] {
            #expect(throws: ExactDecimal.Problem.range) { try ExactDecimal(reading: Array(text.utf8)).integer() }
        }
        #expect(throws: ExactDecimal.Problem.unreadable) { try ExactDecimal(reading: Array("1.5".utf8)).integer() }
    }

    @Test func randomNumbersKeepTheirValueAndOrder() throws {
        var random = Repeatable()
        var previous: (Int, [UInt8])?
        for _ in 0..<5_000 {
            let value = Int.random(in: -2_000_000...2_000_000, using: &random)
            let isPadded = Bool.random(using: &random)
            let text =
                (value < 0 ? "-" : "") + (isPadded ? "00" : "") + "\(abs(value) / 1_000)."
                + String(String(abs(value) % 1_000 + 1_000).dropFirst()) + (isPadded ? "000" : "")
            let normal = try decimal(text)
            #expect(try decimal(normal) == normal)
            #expect(ExactDecimal.isNormal(Array(normal.utf8)))
            #expect(text == normal || !ExactDecimal.isNormal(Array(text.utf8)))
            #expect(Double(normal) == Double(value) / 1_000)
            let bytes = Array(normal.utf8)
            if let previous {
                let order = ExactDecimal.compareNormal(previous.1, bytes)
                #expect(order.signum() == (previous.0 - value).signum())
                #expect(ExactDecimal.compareNormal(bytes, previous.1).signum() == -order.signum())
            }
            previous = (value, bytes)
        }
    }

    @Test func normalFormIsRecognised() {
        for text in ["0", "-1", "0.5", "10", "-0.07", "1234567890.12345"] {
            #expect(ExactDecimal.isNormal(Array(text.utf8)), "\(text)")
        }
        for text in ["", "-", "-0", "00", "01", "1.", ".1", "1.0", "+1", "1e3", "1,000", "-0.0", "0.0"] {
            #expect(!ExactDecimal.isNormal(Array(text.utf8)), "\(text)")
        }
    }
}

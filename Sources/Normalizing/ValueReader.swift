import Geospatial
import Model
import Standards

/// What became of one raw value.
enum Outcome {
    case absent
    case value(RecordBatch.Cell)
    /// Kept, with a remark.
    case doubtful(RecordBatch.Cell, FindingRule)
    /// Not kept.
    case wrong(FindingRule)
}

extension Column {
    /// Reads a trimmed value that is not empty, and appends its normal form to the arena.
    func read(_ value: Span<UInt8>, kind: RawBatch.Kind, into bytes: inout [UInt8]) -> Outcome {
        guard let number = replacement(for: value) else { return readMeant(value, kind: kind, into: &bytes) }
        guard number >= 0 else { return .absent }
        let meaning = meanings[number]
        return meaning.isEmpty ? .absent : readMeant(meaning.span, kind: .text, into: &bytes)
    }

    private func readMeant(_ value: Span<UInt8>, kind: RawBatch.Kind, into bytes: inout [UInt8]) -> Outcome {
        let isNested = kind == .structure && (value[0] == 0x7B || value[0] == 0x5B)
        switch type {
        // A text may hold a nested document; what a record is told from others by is never one.
        case .text where !isKey || !isNested: return readText(value, into: &bytes)
        case .point, .geometry: return readPlace(value, into: &bytes)
        default: break
        }
        if isNested { return .wrong(.structure) }
        if ASCII.holds(value) { return readPlain(value, into: &bytes) }
        // Chinese titles and map keys are found as they are written; all else is folded first.
        if let codes, type != .citizenID, let number = codes.find(value) { return answer(codes, number, into: &bytes) }
        let folded = FullWidth.fold(value)
        let inner = Blank.trim(folded.span)
        return inner.isEmpty ? .absent : readPlain(folded.span.extracting(inner), into: &bytes)
    }

    /// A value whose full-width forms are folded.
    private func readPlain(_ value: Span<UInt8>, into bytes: inout [UInt8]) -> Outcome {
        switch type {
        case .integer: readInteger(value)
        case .decimal: readDecimal(value, into: &bytes)
        case .boolean: readBoolean(value)
        case .date: readDate(value, into: &bytes)
        case .datetime: readDatetime(value, into: &bytes)
        case .code, .division: readCode(value, into: &bytes)
        case .uscc: readCreditCode(value, into: &bytes)
        case .citizenID: readCitizenID(value, into: &bytes)
        case .organisationCode: readOrganisationCode(value, into: &bytes)
        case .phone: readPhone(value, into: &bytes)
        case .url: readAddress(value, into: &bytes)
        case .certificateID: readCertificateID(value, into: &bytes)
        case .certificateType: readCertificateType(value, into: &bytes)
        case .realEstateUnit: readRealEstateUnit(value, into: &bytes)
        case .text, .point, .geometry: .wrong(.structure)
        }
    }

    @inline(__always)
    func copy(_ value: Span<UInt8>, into bytes: inout [UInt8]) -> Outcome {
        let start = bytes.count
        value.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        return .value(RecordBatch.Cell(kind: .text, offset: start, length: value.count))
    }

    /// The cell of what was appended since `start`.
    @inline(__always)
    func text(_ bytes: [UInt8], from start: Int) -> RecordBatch.Cell {
        RecordBatch.Cell(kind: .text, offset: start, length: bytes.count - start)
    }

    @inline(__always)
    private func integer(_ value: Int64) -> Outcome {
        .value(RecordBatch.Cell(kind: .integer, payload: UInt64(bitPattern: value)))
    }

    private func readInteger(_ value: Span<UInt8>) -> Outcome {
        do throws(ExactDecimal.Problem) {
            var number = try ExactDecimal(reading: value)
            if let conversion { number = try number.converted(by: conversion) }
            return integer(try number.integer())
        } catch {
            return .wrong(error == .range ? .integerRange : .integerUnreadable)
        }
    }

    private func readDecimal(_ value: Span<UInt8>, into bytes: inout [UInt8]) -> Outcome {
        if conversion == nil, ExactDecimal.isNormal(value) { return copy(value, into: &bytes) }
        do throws(ExactDecimal.Problem) {
            var number = try ExactDecimal(reading: value)
            if let conversion { number = try number.converted(by: conversion) }
            let start = bytes.count
            number.append(to: &bytes)
            return .value(text(bytes, from: start))
        } catch {
            return .wrong(error == .range ? .decimalRange : .decimalUnreadable)
        }
    }

    private func readBoolean(_ value: Span<UInt8>) -> Outcome {
        guard let truth = Truth.read(value) else { return .wrong(.booleanUnreadable) }
        return integer(truth ? 1 : 0)
    }

    private func readDate(_ value: Span<UInt8>, into bytes: inout [UInt8]) -> Outcome {
        do throws(TimeProblem) {
            let date: CalendarDate
            if let format { date = try format.read(value).date } else { date = try CalendarDate(reading: value) }
            let start = bytes.count
            date.append(to: &bytes)
            return .value(text(bytes, from: start))
        } catch {
            return .wrong(error == .impossible ? .dateImpossible : .dateUnreadable)
        }
    }

    private func readDatetime(_ value: Span<UInt8>, into bytes: inout [UInt8]) -> Outcome {
        do throws(TimeProblem) {
            let moment: Moment
            if let format { moment = try format.read(value) } else { moment = try Moment(reading: value) }
            let start = bytes.count
            moment.append(to: &bytes)
            return .value(text(bytes, from: start))
        } catch {
            return .wrong(error == .impossible ? .datetimeImpossible : .datetimeUnreadable)
        }
    }
}

import Model
import Standards

extension Column {
    func readCreditCode(_ value: Span<UInt8>, into bytes: inout [UInt8]) -> Outcome {
        if Filler.holds(value) { return .wrong(.filler) }
        let start = bytes.count
        do throws(CreditCode.Problem) {
            let isRegular: Bool
            if value.count == 18 {
                isRegular = try CreditCode.normalize(value, into: &bytes)
            } else {
                let joined = withoutBlanks(value)
                isRegular = try CreditCode.normalize(joined.span, into: &bytes)
            }
            let cell = RecordBatch.Cell(kind: .text, offset: start, length: 18)
            return isRegular ? .value(cell) : .doubtful(cell, .usccOrganisation)
        } catch {
            switch error {
            case .length: return .wrong(.usccLength)
            case .characters: return .wrong(.usccCharacters)
            case .checkDigit: return .wrong(.usccCheckDigit)
            }
        }
    }

    func readCitizenID(_ value: Span<UInt8>, into bytes: inout [UInt8]) -> Outcome {
        if Filler.holds(value) { return .wrong(.filler) }
        let start = bytes.count
        do throws(CitizenID.Problem) {
            if value.count == 18 {
                try CitizenID.normalize(value, into: &bytes)
            } else {
                let joined = withoutBlanks(value)
                try CitizenID.normalize(joined.span, into: &bytes)
            }
            let cell = RecordBatch.Cell(kind: .text, offset: start, length: 18)
            return remark(bytes.span.extracting(start..<start + 18)).map { .doubtful(cell, $0) } ?? .value(cell)
        } catch {
            switch error {
            case .length: return .wrong(.citizenLength)
            case .characters: return .wrong(.citizenCharacters)
            case .birthDate: return .wrong(.citizenBirthDate)
            case .checkDigit: return .wrong(.citizenCheckDigit)
            }
        }
    }

    /// What is odd about a number that is right, and is kept: a birth to come; an area that the list never had, or did not
    /// have in the year of birth. Areas are renumbered, people are not, and some are registered late.
    private func remark(_ number: Span<UInt8>) -> FindingRule? {
        if isLaterThanToday(number.extracting(6..<14)) { return .citizenBirthYear }
        guard let codes, !CitizenID.isResidencePermit(number) else { return nil }
        guard let area = codes.find(number.extracting(0..<6)) else { return .citizenArea }
        return codes.answers[area].wasInUse(in: number.extracting(6..<10)) ? nil : .citizenBirthYear
    }

    private func isLaterThanToday(_ day: Span<UInt8>) -> Bool {
        for index in 0..<min(8, today.count) where day[index] != today[index] { return day[index] > today[index] }
        return false
    }

    func readOrganisationCode(_ value: Span<UInt8>, into bytes: inout [UInt8]) -> Outcome {
        let start = bytes.count
        do throws(OrganisationCode.Problem) {
            if value.count == 9 {
                try OrganisationCode.normalize(value, into: &bytes)
            } else {
                let joined = withoutBlanks(value)
                try OrganisationCode.normalize(joined.span, into: &bytes)
            }
            guard !Filler.holds(bytes.span.extracting(start..<bytes.count)) else {
                bytes.removeLast(bytes.count - start)
                return .wrong(.filler)
            }
            return .value(text(bytes, from: start))
        } catch {
            switch error {
            case .length: return .wrong(.organisationLength)
            case .characters: return .wrong(.organisationCharacters)
            case .checkDigit: return .wrong(.organisationCheckDigit)
            }
        }
    }

    func readCertificateID(_ value: Span<UInt8>, into bytes: inout [UInt8]) -> Outcome {
        let start = bytes.count
        do throws(CertificateID.Malformed) {
            let isChecked = try CertificateID.normalize(value, into: &bytes)
            let cell = text(bytes, from: start)
            return isChecked ? .value(cell) : .doubtful(cell, .certificateCheckDigit)
        } catch {
            return .wrong(.certificateForm)
        }
    }

    func readCertificateType(_ value: Span<UInt8>, into bytes: inout [UInt8]) -> Outcome {
        let start = bytes.count
        do throws(CertificateType.Problem) {
            let isChecked = try CertificateType.normalize(value, into: &bytes)
            let cell = text(bytes, from: start)
            return isChecked ? .value(cell) : .doubtful(cell, .certificateTypeDefiner)
        } catch {
            switch error {
            case .length: return .wrong(.certificateTypeLength)
            case .characters: return .wrong(.certificateTypeCharacters)
            }
        }
    }

    func readRealEstateUnit(_ value: Span<UInt8>, into bytes: inout [UInt8]) -> Outcome {
        let start = bytes.count
        do throws(RealEstateUnit.Problem) {
            if value.count == 28 || value.count == 19 {
                try RealEstateUnit.normalize(value, into: &bytes)
            } else {
                let joined = withoutBlanks(value)
                try RealEstateUnit.normalize(joined.span, into: &bytes)
            }
            return .value(text(bytes, from: start))
        } catch {
            switch error {
            case .length: return .wrong(.realEstateLength)
            case .digits: return .wrong(.realEstateDigits)
            case .parcel: return .wrong(.realEstateParcel)
            case .fixture: return .wrong(.realEstateFixture)
            }
        }
    }

    /// People group long numbers by blanks; the check digit tells whether the rest is one number.
    private func withoutBlanks(_ value: Span<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        for index in 0..<value.count where value[index] != 0x20 { output.append(value[index]) }
        return output
    }
}

import Model
import Standards

extension Column {
    func readCreditCode(_ value: Span<UInt8>, into bytes: inout [UInt8]) -> Outcome {
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
        let start = bytes.count
        do throws(CitizenID.Problem) {
            if value.count == 18 {
                try CitizenID.normalize(value, into: &bytes)
            } else {
                let joined = withoutBlanks(value)
                try CitizenID.normalize(joined.span, into: &bytes)
            }
            let cell = RecordBatch.Cell(kind: .text, offset: start, length: 18)
            return isKnownArea(bytes, start) ? .value(cell) : .doubtful(cell, .citizenArea)
        } catch {
            switch error {
            case .length: return .wrong(.citizenLength)
            case .characters: return .wrong(.citizenCharacters)
            case .birthDate: return .wrong(.citizenBirthDate)
            case .checkDigit: return .wrong(.citizenCheckDigit)
            }
        }
    }

    /// Whether the list has, or had, the area of a number; without a list every area is.
    private func isKnownArea(_ bytes: [UInt8], _ start: Int) -> Bool {
        guard let codes else { return true }
        return codes.find(bytes.span.extracting(start..<start + 6)) != nil
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

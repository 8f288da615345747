import Model
import Standards

extension Column {
    func readCode(_ value: Span<UInt8>, into bytes: inout [UInt8]) -> Outcome {
        guard let codes else { return .wrong(.codeUnknown) }
        if let number = codes.find(value) { return answer(codes, number, into: &bytes) }
        if type == .division, !isDivision(value) { return .wrong(.divisionForm) }
        guard codes.isOpen else { return .wrong(type == .division ? .divisionUnknown : .codeUnknown) }
        if TextScan.of(value).contains(.control) { return .wrong(.controlCharacter) }
        let start = bytes.count
        value.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        if type == .division {
            // GB/T 2260 §3: of a province 2 digits say something, of a prefecture 4; zeros fill what is below.
            while bytes.count - start < 6 { bytes.append(UInt8(ascii: "0")) }
        }
        return .value(RecordBatch.Cell(kind: .text, offset: start, length: bytes.count - start))
    }

    func answer(_ codes: CodeTable, _ number: Int, into bytes: inout [UInt8]) -> Outcome {
        let answer = codes.answers[number]
        if answer.isAmbiguous { return .wrong(.codeAmbiguous) }
        let cell = RecordBatch.Cell(kind: .text, offset: bytes.count, length: answer.code.count)
        bytes.append(contentsOf: answer.code)
        if answer.isExpired { return .doubtful(cell, type == .division ? .divisionExpired : .codeExpired) }
        if answer.isEarly { return .doubtful(cell, type == .division ? .divisionEarly : .codeEarly) }
        return .value(cell)
    }

    private func isDivision(_ value: Span<UInt8>) -> Bool {
        switch value.count {
        case 2, 4, 6, 9, 12: break
        default: return false
        }
        for index in 0..<value.count where value[index] < 0x30 || value[index] > 0x39 { return false }
        return true
    }
}

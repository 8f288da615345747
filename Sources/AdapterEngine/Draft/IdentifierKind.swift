import Model
import Standards

/// Tells values of the types that a standard gives a form of their own, where the form leaves no doubt.
enum IdentifierKind {
    /// The types that are told, the most particular first.
    static let types: [FieldType] = [
        .certificateID, .certificateType, .realEstateUnit, .organisationCode, .url, .phone,
    ]

    /// Whether a value has the form of a type, whatever else it may be.
    static func `is`(_ text: String, _ type: FieldType) -> Bool {
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        switch type {
        case .certificateID: return (try? CertificateID.normalize(bytes.span, into: &output)) != nil
        case .certificateType: return (try? CertificateType.normalize(bytes.span, into: &output)) == true
        case .realEstateUnit: return (try? RealEstateUnit.normalize(bytes.span, into: &output)) != nil
        case .organisationCode: return (try? OrganisationCode.normalize(bytes.span, into: &output)) != nil
        case .url:
            return text.contains("://") && (try? WebAddress.normalize(bytes.span, into: &output)) != nil
        case .phone: return (try? PhoneNumber.normalize(bytes.span, into: &output)) != nil
        default: return false
        }
    }

    /// Whether values that have the form can be nothing else.
    static func isCertain(_ type: FieldType, _ values: [String], named name: String) -> Bool {
        switch type {
        // One of eleven nine-digit numbers has the check digit of an organisation code.
        case .organisationCode:
            isNamed(name, ["zzjg", "jgdm", "org", "组织机构", "机构代码"]) || values.allSatisfy { $0.contains("-") }
        // Five to eight digits are a landline without its area, or any other number.
        case .phone:
            isNamed(name, ["phone", "tel", "mobile", "lxdh", "lxfs", "sjh", "电话", "手机", "联系方式"])
                || (!InferredType.isIdentifier(name) && values.allSatisfy { isMobile($0) || isWithArea($0) })
        default: true
        }
    }

    private static func isNamed(_ name: String, _ hints: [String]) -> Bool { hints.contains { name.contains($0) } }

    private static func isMobile(_ text: String) -> Bool {
        text.utf8.count == 11 && text.hasPrefix("1") && text.allSatisfy { $0.isASCII && $0.isNumber }
    }

    private static func isWithArea(_ text: String) -> Bool {
        text.hasPrefix("0") && text.contains("-") && text.utf8.count >= 11
    }
}

/// What the judge says of a complete run.
public enum Verdict: Sendable, Equatable {
    /// It may be served.
    case publish
    /// It is complete but suspicious: a person has to look first.
    case hold([Suspicion])
}

/// One reason to hold a run, with its figures.
public enum Suspicion: Sendable, Equatable {
    /// A source that had records has none.
    case empty(served: Int)
    case removed(Int, served: Int, allowed: Double)
    case refused(Int, read: Int, allowed: Double)
    case changed(Int, served: Int, allowed: Double)
    /// The source promised another number of records than it gave.
    case broken(promised: Int, read: Int)
    /// A field that had values has none.
    case vanished(String)

    /// The reason in one sentence, in English and in Chinese, as a run keeps it.
    public var sentence: String { "\(english) \(chinese)" }

    private var english: String {
        switch self {
        case .empty(let served):
            "The source is empty, and \(served) records are served."
        case .removed(let count, let served, let allowed):
            "\(count) of \(served) records (\(percent(count, served))) would be removed; the entry allows \(percent(allowed))."
        case .refused(let count, let read, let allowed):
            "\(count) of \(read) records (\(percent(count, read))) were refused; the entry allows \(percent(allowed))."
        case .changed(let count, let served, let allowed):
            "\(count) of \(served) records (\(percent(count, served))) would change; the entry allows \(percent(allowed))."
        case .broken(let promised, let read):
            "The source promised \(promised) records and gave \(read)."
        case .vanished(let field):
            "The field \(field) had values and has none now."
        }
    }

    private var chinese: String {
        switch self {
        case .empty(let served): "来源为空,而当前在用 \(served) 条。"
        case .removed(let count, let served, let allowed):
            "将删除 \(served) 条中的 \(count) 条(\(percent(count, served))),超过允许的 \(percent(allowed))。"
        case .refused(let count, let read, let allowed):
            "读取的 \(read) 条中有 \(count) 条(\(percent(count, read)))被拒收,超过允许的 \(percent(allowed))。"
        case .changed(let count, let served, let allowed):
            "将变更 \(served) 条中的 \(count) 条(\(percent(count, served))),超过允许的 \(percent(allowed))。"
        case .broken(let promised, let read): "来源声明 \(promised) 条,实际读到 \(read) 条。"
        case .vanished(let field): "数据项 \(field) 原有值,现全部为空。"
        }
    }

    private func percent(_ part: Int, _ whole: Int) -> String { percent(whole == 0 ? 1 : Double(part) / Double(whole)) }

    /// Two digits after the point at most: 5 %, 0.25 %.
    private func percent(_ share: Double) -> String {
        let hundredths = Int((share * 10_000).rounded())
        let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
        guard rest != 0 else { return "\(whole)%" }
        let digits = rest < 10 ? "0\(rest)" : (rest % 10 == 0 ? "\(rest / 10)" : "\(rest)")
        return "\(whole).\(digits)%"
    }
}

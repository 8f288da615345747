import Model

/// One pass over a catalogue's files: first what is referred to, then what refers to it.
struct CatalogReading {
    let files: CatalogFiles
    private(set) var catalogue = Catalogue()
    private(set) var diagnostics: [Diagnostic]
    private var around = Surroundings()

    init(files: CatalogFiles) {
        self.files = files
        diagnostics = files.diagnostics
    }

    mutating func readManifests() {
        var places: [String: String] = [:]
        for file in files.manifests {
            var reader = Reader(file: file.path)
            guard let document = reader.document(file.text), let manifest = reader.manifest(document) else {
                diagnostics += reader.diagnostics
                continue
            }
            diagnostics += reader.diagnostics
            if let first = places[manifest.name] {
                let draft = Draft(noun: manifest, file: file.path, places: reader.places)
                diagnostics.append(draft.duplicate("adapter", manifest.name, at: "adapter", first: first))
                continue
            }
            places[manifest.name] = file.path
            around.manifests[manifest.name] = manifest
            if reader.diagnostics.isEmpty { catalogue.manifests[manifest.name] = manifest }
        }
    }

    mutating func readLists() {
        for file in files.lists {
            var reader = CodeListReader(file: file.path)
            let list = reader.list(named: file.stem, file.text)
            diagnostics += reader.diagnostics
            if reader.diagnostics.isEmpty {
                catalogue.lists[list.name] = list
                around.lists[list.name] = list
            } else {
                around.lists[list.name] = CodeList(name: list.name, title: list.title, codes: [])
            }
        }
    }

    mutating func readDepartments() {
        guard let file = files.departments else { return }
        var reader = Reader(file: file.path)
        if let document = reader.document(file.text) { around.departments = reader.departments(document) }
        diagnostics += reader.diagnostics
        if reader.diagnostics.isEmpty { catalogue.departments = around.departments }
    }

    mutating func readEntries() {
        var first: [String: String] = [:]
        for file in files.entries {
            var reader = Reader(file: file.path)
            let document = reader.document(file.text)
            let entry = document.flatMap { reader.entry($0, manifests: around.manifests) }
            var mistakes = reader.diagnostics
            if let entry {
                let draft = Draft(noun: entry, file: file.path, places: reader.places)
                mistakes += EntryRule.all.flatMap { $0.check(draft, around) }
                if let first = first[entry.name] {
                    mistakes.append(draft.duplicate("entry", entry.name, at: "entry", first: first))
                } else {
                    first[entry.name] = file.path
                    around.entries[entry.name] = entry
                    if mistakes.isEmpty { keep(entry, of: file) }
                }
            }
            diagnostics += mistakes
        }
    }

    private mutating func keep(_ entry: Entry, of file: CatalogFiles.File) {
        catalogue.entries[entry.name] = entry
        catalogue.sources[entry.name] = file.text
    }

    mutating func readSubjects() {
        // A subject is served beside the entries, so it takes none of their names.
        var first = Dictionary(uniqueKeysWithValues: around.entries.keys.map { ($0, "the entry of that name") })
        for file in files.subjects {
            var reader = Reader(file: file.path)
            let document = reader.document(file.text)
            let read = document.flatMap { reader.subject($0) }
            var mistakes = reader.diagnostics
            if let read {
                let subject = read.completed(from: around.entries)
                let draft = Draft(noun: subject, file: file.path, places: reader.places)
                mistakes += SubjectRule.all.flatMap { $0.check(draft, around) }
                // A key without a source is told only where no other mistake is its cause.
                if mistakes.isEmpty { mistakes += SubjectRule.subjectKeyIsField.check(draft, around) }
                if let first = first[subject.name] {
                    mistakes.append(draft.duplicate("subject", subject.name, at: "subject", first: first))
                } else {
                    first[subject.name] = file.path
                    let isWhole = subject.entries.allSatisfy { catalogue.entries[$0] != nil }
                    if mistakes.isEmpty, isWhole { catalogue.subjects[subject.name] = subject }
                }
            }
            diagnostics += mistakes
        }
    }
}

extension Subject {
    /// With what its file need not say: the key as a field from every source, and titles of the sources' fields.
    func completed(from entries: [String: Entry]) -> Subject {
        var subject = self
        if !fields.contains(where: { $0.name == key }) {
            let sources = valueEntries.compactMap { name -> SubjectSource? in
                guard let entry = entries[name], entry.key.count == 1
                else { return nil }
                return SubjectSource(entry: name, field: entry.key[0])
            }
            if !sources.isEmpty {
                subject.fields.insert(SubjectField(name: key, title: "", rule: .value(sources)), at: 0)
            }
        }
        subject.fields = subject.fields.map { $0.titled(from: entries) }
        return subject
    }
}

extension SubjectField {
    fileprivate func titled(from entries: [String: Entry]) -> SubjectField {
        guard title.isEmpty else { return self }
        var field = self
        field.title = name
        guard case .value(let sources) = rule, let source = sources.first,
            let authority = entries[source.entry]?.fields.first(where: { $0.name == source.field })
        else { return field }
        field.title = authority.title
        field.titleEnglish = titleEnglish ?? authority.titleEnglish
        return field
    }
}

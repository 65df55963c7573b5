-- Everything in `ciphertext`, `sealed` and `wrapped` is sealed. Tokens are keyed. Times are milliseconds.

CREATE TABLE landlord (
    n INTEGER PRIMARY KEY,
    label TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE journal (
    n INTEGER PRIMARY KEY,
    landlord INTEGER NOT NULL REFERENCES landlord (n),
    id BLOB NOT NULL,
    kind INTEGER NOT NULL,
    UNIQUE (landlord, id)
) STRICT;

-- Wrapped by a generation key. Deleting the row erases the journal.
CREATE TABLE journal_key (
    journal INTEGER PRIMARY KEY REFERENCES journal (n),
    generation INTEGER NOT NULL,
    wrapped BLOB NOT NULL
) STRICT;

-- Entries grow at the end of the table; the unique index is also the optimistic lock. `leaf` is for a sequencer.
CREATE TABLE entry (
    n INTEGER PRIMARY KEY,
    journal INTEGER NOT NULL REFERENCES journal (n),
    position INTEGER NOT NULL,
    version INTEGER NOT NULL,
    algorithm INTEGER NOT NULL,
    flags INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    commitment BLOB NOT NULL,
    hash BLOB NOT NULL,
    leaf INTEGER,
    ciphertext BLOB NOT NULL,
    UNIQUE (journal, position)
) STRICT;

-- Outside the hash, so that a key can go and the chain still hold.
CREATE TABLE entry_key (
    entry INTEGER PRIMARY KEY REFERENCES entry (n),
    wrapped BLOB NOT NULL
) STRICT;

CREATE TABLE reading_case (
    landlord INTEGER NOT NULL REFERENCES landlord (n),
    journal_id BLOB NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (landlord, journal_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE summary (
    journal INTEGER PRIMARY KEY REFERENCES journal (n),
    state INTEGER NOT NULL,
    sort INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT;

-- One keyed hash over each set of listing rows of a case: 0 index, 1 search, 2 audience, 3 shut-out.
CREATE TABLE listing_seal (
    journal INTEGER NOT NULL REFERENCES journal (n),
    rows_of INTEGER NOT NULL,
    seal BLOB NOT NULL,
    PRIMARY KEY (journal, rows_of)
) STRICT, WITHOUT ROWID;

-- State and sort are copies of the summary's, so that each token is an ordered list by itself.
CREATE TABLE audience (
    landlord INTEGER NOT NULL,
    token BLOB NOT NULL,
    state INTEGER NOT NULL,
    sort INTEGER NOT NULL,
    journal INTEGER NOT NULL REFERENCES journal (n),
    PRIMARY KEY (landlord, token, state, sort, journal)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX audience_of ON audience (journal, token);

CREATE TABLE shut_out (
    journal INTEGER NOT NULL REFERENCES journal (n),
    token BLOB NOT NULL,
    PRIMARY KEY (journal, token)
) STRICT, WITHOUT ROWID;

CREATE TABLE search (
    landlord INTEGER NOT NULL,
    token BLOB NOT NULL,
    sort INTEGER NOT NULL,
    journal INTEGER NOT NULL REFERENCES journal (n),
    state INTEGER NOT NULL,
    PRIMARY KEY (landlord, token, sort, journal)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX search_of ON search (journal, token);

-- `due` is the greatest integer where no figure is stated, so that such rows come last.
CREATE TABLE obligation (
    journal INTEGER NOT NULL REFERENCES journal (n),
    slot BLOB NOT NULL,
    landlord INTEGER NOT NULL,
    rule BLOB NOT NULL,
    started INTEGER NOT NULL,
    due INTEGER NOT NULL,
    met INTEGER,
    lapsed INTEGER,
    open INTEGER NOT NULL,
    owner BLOB,
    state INTEGER NOT NULL,
    wake_at INTEGER,
    made_by INTEGER NOT NULL,
    PRIMARY KEY (journal, slot)
) STRICT, WITHOUT ROWID;
CREATE INDEX obligation_rule ON obligation (landlord, rule, state, started, due, met, lapsed);
CREATE INDEX obligation_due ON obligation (landlord, due, journal, slot) WHERE open = 1;
CREATE INDEX obligation_owner ON obligation (landlord, owner, due, journal, slot) WHERE open = 1;
CREATE INDEX obligation_wake ON obligation (landlord, wake_at) WHERE wake_at IS NOT NULL;

CREATE TABLE sealed_row (
    n INTEGER PRIMARY KEY,
    landlord INTEGER NOT NULL REFERENCES landlord (n),
    label TEXT NOT NULL,
    id BLOB NOT NULL,
    journal INTEGER REFERENCES journal (n),
    owner BLOB,
    version INTEGER NOT NULL,
    sort INTEGER NOT NULL,
    expires_at INTEGER,
    sealed BLOB NOT NULL,
    UNIQUE (landlord, label, id)
) STRICT;
CREATE INDEX sealed_row_order ON sealed_row (landlord, label, sort, id);
CREATE INDEX sealed_row_owner ON sealed_row (landlord, label, owner, sort, id) WHERE owner IS NOT NULL;
CREATE INDEX sealed_row_case ON sealed_row (journal) WHERE journal IS NOT NULL;
CREATE INDEX sealed_row_expiry ON sealed_row (landlord, expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE stamp (
    landlord INTEGER NOT NULL REFERENCES landlord (n),
    command BLOB NOT NULL,
    asked BLOB NOT NULL,
    journal INTEGER REFERENCES journal (n),
    made_at INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (landlord, command)
) STRICT, WITHOUT ROWID;
CREATE INDEX stamp_age ON stamp (landlord, made_at);
CREATE INDEX stamp_case ON stamp (journal) WHERE journal IS NOT NULL;

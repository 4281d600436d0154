-- The books of one customer. Times are milliseconds since 1970-01-01T00:00:00Z, values and factors are millionths,
-- days are '2026-11-27', periods '2026-11'. A column that ends in _normal holds what the normaliser of `shared`
-- made of its neighbour: codes are compared by it and by nothing else.
-- The PostgreSQL twin of this file has the same names; what differs is types, identities and triggers.

-- One row an installation fact: 'server_id' (which installation) and 'epoch' (new after a restore).
CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- Receipt and change numbers. Whoever writes updates these rows first: that serialises writers, so numbers are given
-- out in commit order. A change number is also the number of the event that tells of it.
CREATE TABLE counter (
    name  TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT;
INSERT INTO counter (name, value) VALUES ('receipt', 0), ('change', 0);

-- What admins have set; values are JSON. Absent: the default of the code.
CREATE TABLE setting (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE property (
    id          INTEGER PRIMARY KEY,
    code        TEXT NOT NULL,
    code_normal TEXT NOT NULL,
    name        TEXT NOT NULL,
    time_zone   TEXT NOT NULL,
    kind        TEXT NOT NULL DEFAULT 'residential',
    -- A code names one property however it is typed.
    CONSTRAINT property_code_once UNIQUE (code_normal),
    CONSTRAINT property_kind_known CHECK (kind IN ('residential', 'commercial'))
) STRICT;

CREATE TABLE unit (
    id              INTEGER PRIMARY KEY,
    property_id     INTEGER NOT NULL REFERENCES property (id),
    building        TEXT NOT NULL,
    building_normal TEXT NOT NULL,
    unit_no         TEXT NOT NULL,
    unit_normal     TEXT NOT NULL,
    unit_type       TEXT NOT NULL DEFAULT '',
    route_seq       INTEGER NOT NULL DEFAULT 0,
    access_note     TEXT NOT NULL DEFAULT '',
    -- The same number may stand in two buildings, not twice in one.
    CONSTRAINT unit_number_once UNIQUE (property_id, building_normal, unit_normal)
) STRICT;

CREATE TABLE meter_point (
    id            INTEGER PRIMARY KEY,
    unit_id       INTEGER NOT NULL REFERENCES unit (id),
    utility       TEXT NOT NULL,
    point         TEXT NOT NULL DEFAULT '',
    point_normal  TEXT NOT NULL DEFAULT '',
    -- Why the office asks for a new reading; absent when it does not.
    reread_reason TEXT,
    removed_at    INTEGER,
    -- Change number of the last edit of the point, its unit, meters, tenancies or labels: the phones' list is cut by it.
    changed_seq   INTEGER NOT NULL DEFAULT 0,
    -- What is read is told apart by utility and point inside its unit.
    CONSTRAINT meter_point_once UNIQUE (unit_id, utility, point_normal),
    CONSTRAINT meter_point_utility_known CHECK (utility IN ('electricity', 'water', 'gas'))
) STRICT;
CREATE INDEX meter_point_changed ON meter_point (changed_seq);

CREATE TABLE meter (
    id               INTEGER PRIMARY KEY,
    meter_point_id   INTEGER NOT NULL REFERENCES meter_point (id),
    serial           TEXT NOT NULL,
    serial_normal    TEXT NOT NULL,
    dials            INTEGER NOT NULL,
    decimals         INTEGER NOT NULL DEFAULT 0,
    multiplier_micro INTEGER NOT NULL DEFAULT 1000000,
    installed_on     TEXT NOT NULL,
    initial_micro    INTEGER NOT NULL DEFAULT 0,
    removed_on       TEXT,
    final_micro      INTEGER,
    -- The serial is the meter's identity: a removed reading is official once per serial.
    CONSTRAINT meter_serial_once UNIQUE (serial_normal),
    -- Values are millionths in 63 bits: twelve digits before and six behind the point fit.
    CONSTRAINT meter_register_fits CHECK (dials BETWEEN 1 AND 12 AND decimals BETWEEN 0 AND 6),
    CONSTRAINT meter_multiplier_positive CHECK (multiplier_micro > 0)
) STRICT;
CREATE INDEX meter_of_point ON meter (meter_point_id, installed_on);

CREATE TABLE tenancy (
    id           INTEGER PRIMARY KEY,
    unit_id      INTEGER NOT NULL REFERENCES unit (id),
    tenant_code  TEXT NOT NULL,
    tenant_normal TEXT NOT NULL,
    tenant_name  TEXT NOT NULL,
    move_in      TEXT NOT NULL,
    move_out     TEXT,
    -- The tenant's code is the tenancy's identity: importing a file twice changes nothing.
    CONSTRAINT tenancy_code_once UNIQUE (tenant_normal),
    CONSTRAINT tenancy_ends_after_start CHECK (move_out IS NULL OR move_out >= move_in)
) STRICT;
CREATE INDEX tenancy_of_unit ON tenancy (unit_id, move_in);

CREATE TABLE label (
    -- What the printed code says, in upper case.
    code           TEXT NOT NULL PRIMARY KEY,
    meter_point_id INTEGER NOT NULL REFERENCES meter_point (id),
    issued_at      INTEGER NOT NULL,
    revoked_at     INTEGER
) STRICT;
CREATE INDEX label_of_point ON label (meter_point_id);

-- A period without a row is open.
CREATE TABLE period_state (
    property_id INTEGER NOT NULL REFERENCES property (id),
    period      TEXT NOT NULL,
    state       TEXT NOT NULL,
    changed_at  INTEGER NOT NULL,
    changed_by  TEXT NOT NULL,
    PRIMARY KEY (property_id, period),
    CONSTRAINT period_state_known CHECK (state IN ('open', 'closed'))
) STRICT;

CREATE TABLE account (
    id             INTEGER PRIMARY KEY,
    name           TEXT NOT NULL,
    name_normal    TEXT NOT NULL,
    password_hash  TEXT NOT NULL,
    role           TEXT NOT NULL,
    -- 1: every property, also one that is added later; then account_property has no say.
    all_properties INTEGER NOT NULL DEFAULT 0,
    created_at     INTEGER NOT NULL,
    disabled_at    INTEGER,
    -- Two people can't sign in under one name.
    CONSTRAINT account_name_once UNIQUE (name_normal),
    CONSTRAINT account_role_known CHECK (role IN ('technician', 'reviewer', 'admin')),
    CONSTRAINT account_all_properties_flag CHECK (all_properties IN (0, 1))
) STRICT;

CREATE TABLE account_property (
    account_id  INTEGER NOT NULL REFERENCES account (id),
    property_id INTEGER NOT NULL REFERENCES property (id),
    PRIMARY KEY (account_id, property_id)
) STRICT;

CREATE TABLE session (
    id         TEXT NOT NULL PRIMARY KEY,
    -- Whose it is, so that "sign out everywhere" can find it; absent before the sign-in.
    account_id INTEGER REFERENCES account (id),
    data       TEXT NOT NULL,
    -- Seconds since the epoch, as the session layer counts.
    expires    INTEGER NOT NULL
) STRICT;
CREATE INDEX session_of_account ON session (account_id);
CREATE INDEX session_expiry ON session (expires);

CREATE TABLE device (
    id          TEXT NOT NULL PRIMARY KEY,
    -- Who enrolled it by signing in on it first.
    account_id  INTEGER NOT NULL REFERENCES account (id),
    enrolled_at INTEGER NOT NULL,
    revoked_at  INTEGER
) STRICT;

-- What a phone last said of one person's queue: two people can share a phone, their queues stay apart.
CREATE TABLE device_queue (
    device_id       TEXT NOT NULL REFERENCES device (id),
    account_id      INTEGER NOT NULL REFERENCES account (id),
    last_contact_at INTEGER NOT NULL,
    device_total    INTEGER NOT NULL,
    waiting         INTEGER NOT NULL,
    oldest_read_at  INTEGER,
    app_version     TEXT NOT NULL,
    storage         TEXT NOT NULL,
    PRIMARY KEY (device_id, account_id)
) STRICT;

-- Every revision of everything that ever arrived; nothing is overwritten but what the office decided about it.
CREATE TABLE item (
    -- One number a row, in commit order; an item's receipt is the number of its part 0.
    receipt_seq      INTEGER PRIMARY KEY,
    id               TEXT NOT NULL,
    revision         INTEGER NOT NULL,
    -- 0 for the content that came first under this id and revision, one more for each rival content.
    variant          INTEGER NOT NULL DEFAULT 0,
    -- Readings of an exchange count from 0; everything else has part 0 only.
    part             INTEGER NOT NULL DEFAULT 0,
    hash             TEXT NOT NULL,
    shape            TEXT NOT NULL,
    source           TEXT NOT NULL,
    state            TEXT NOT NULL,
    -- The verdict that was given with the receipt.
    verdict          TEXT NOT NULL,
    code             TEXT,
    received_at      INTEGER NOT NULL,
    -- Change number of the last change of this row.
    updated_seq      INTEGER NOT NULL,
    -- The key that it holds: there it is the official value, or the skip in its stead. Absent when it holds none.
    official_key     TEXT,
    -- Absent for an unknown label or a unit that is not in the books.
    meter_point_id   INTEGER REFERENCES meter_point (id),
    meter_id         INTEGER REFERENCES meter (id),
    -- As the books write them where the meter point is known, otherwise as sent.
    property_code    TEXT NOT NULL DEFAULT '',
    property_normal  TEXT NOT NULL DEFAULT '',
    building         TEXT NOT NULL DEFAULT '',
    unit_no          TEXT NOT NULL DEFAULT '',
    unit_normal      TEXT NOT NULL DEFAULT '',
    utility          TEXT NOT NULL DEFAULT '',
    point            TEXT NOT NULL DEFAULT '',
    meter_serial     TEXT NOT NULL DEFAULT '',
    label_text       TEXT,
    -- Booked period; empty where none could be booked.
    period           TEXT NOT NULL DEFAULT '',
    kind             TEXT NOT NULL DEFAULT 'regular',
    value_micro      INTEGER,
    skip_reason      TEXT,
    previous_micro   INTEGER,
    consumption_micro INTEGER,
    -- The phone's clock, and the moment that was reckoned with after its correction.
    read_at          INTEGER NOT NULL,
    read_offset_s    INTEGER NOT NULL,
    corrected_at     INTEGER NOT NULL,
    -- 1: that moment is sure, so it bounds its neighbours in the phone's running numbers.
    time_certain     INTEGER NOT NULL DEFAULT 0,
    -- Normalised name of the account.
    captured_by      TEXT NOT NULL,
    device_id        TEXT,
    device_seq       INTEGER,
    identified_by    TEXT NOT NULL DEFAULT '',
    -- Names in a JSON list.
    flags            TEXT NOT NULL DEFAULT '[]',
    remarks          TEXT NOT NULL DEFAULT '',
    -- The office's last decision.
    decided_by       TEXT,
    decided_at       INTEGER,
    decision_reason  TEXT,
    -- One row for one content: a replay adds nothing.
    CONSTRAINT item_once UNIQUE (id, revision, variant, part),
    CONSTRAINT item_revision_from_one CHECK (revision >= 1),
    CONSTRAINT item_shape_known CHECK (shape IN ('reading', 'skip', 'void', 'exchange', 'unreadable')),
    CONSTRAINT item_verdict_known CHECK (verdict IN ('accepted', 'duplicate', 'conflict', 'held', 'rejected')),
    CONSTRAINT item_source_known CHECK (source IN ('phone', 'office', 'import'))
) STRICT;

-- One official value (or skip) a key, held by the database and not by a look-up before the insert.
CREATE UNIQUE INDEX item_official_once ON item (official_key)
    WHERE official_key IS NOT NULL AND state IN ('received', 'approved', 'estimated');
-- The phone's check and the technician's own list.
CREATE INDEX item_of_device ON item (captured_by, device_id, device_seq);
-- A meter point's history: previous value, statistics, official values.
CREATE INDEX item_of_meter_point ON item (meter_point_id, period);
-- What changed since a cursor.
CREATE INDEX item_updated ON item (updated_seq);
-- The office's filters, newest arrival first.
CREATE INDEX item_of_property ON item (property_normal, receipt_seq);
CREATE INDEX item_of_period ON item (period, receipt_seq);
CREATE INDEX item_of_state ON item (state, receipt_seq);

-- The text that was sent, byte for byte: evidence, kept apart so that lists don't drag it along.
CREATE TABLE sent_item (
    receipt_seq INTEGER PRIMARY KEY REFERENCES item (receipt_seq),
    body        TEXT NOT NULL
) STRICT;

CREATE TABLE audit (
    seq     INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    actor   TEXT NOT NULL,
    action  TEXT NOT NULL,
    subject TEXT NOT NULL,
    -- JSON.
    detail  TEXT NOT NULL DEFAULT '{}'
) STRICT;

-- Nothing in the audit can be changed, nor can what was sent or the fact that it came.
CREATE TRIGGER audit_never_updated BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_never_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER sent_item_never_updated BEFORE UPDATE ON sent_item BEGIN SELECT RAISE(ABORT, 'sent_item is append-only'); END;
CREATE TRIGGER sent_item_never_deleted BEFORE DELETE ON sent_item BEGIN SELECT RAISE(ABORT, 'sent_item is append-only'); END;
CREATE TRIGGER item_never_deleted BEFORE DELETE ON item BEGIN SELECT RAISE(ABORT, 'items stay readable'); END;
